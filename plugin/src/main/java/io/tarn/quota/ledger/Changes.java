package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * What administrators have changed, and the ledger keeps over a restart.
 */
public record Changes(List<BudgetChange> budgets, List<WorkgroupChange> workgroups)
{
    public static final Changes NONE = new Changes(ImmutableList.of(), ImmutableList.of());

    public Changes
    {
        budgets = ImmutableList.copyOf(budgets);
        workgroups = ImmutableList.copyOf(workgroups);
    }
}
