package io.tarn.quota.sql;

import io.tarn.quota.ledger.BudgetChange;
import io.tarn.quota.ledger.Changes;
import io.tarn.quota.ledger.WorkgroupChange;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.Workgroup;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * The policy's figures, and in their place those that administrators have set.
 */
final class EffectiveQuotas
{
    private final Map<BudgetName, BudgetChange> budgets;
    private final Map<String, WorkgroupChange> workgroups;

    EffectiveQuotas(Changes changes)
    {
        budgets = changes.budgets().stream()
                .collect(toImmutableMap(change -> new BudgetName(change.workgroup(), change.budget()), identity()));
        workgroups = changes.workgroups().stream()
                .collect(toImmutableMap(WorkgroupChange::workgroup, identity()));
    }

    boolean enabled(Workgroup workgroup)
    {
        WorkgroupChange change = workgroups.get(workgroup.name());
        return change == null ? workgroup.enabled() : change.enabled();
    }

    OptionalLong bytes(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::bytes).filter(OptionalLong::isPresent).orElse(budget.bytes());
    }

    OptionalLong price(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::price).filter(OptionalLong::isPresent).orElse(budget.price());
    }

    Optional<String> changedBy(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::changedBy);
    }

    private Optional<BudgetChange> change(Workgroup workgroup, Budget budget)
    {
        return Optional.ofNullable(budgets.get(new BudgetName(workgroup.name(), budget.name())));
    }

    private record BudgetName(String workgroup, String budget) {}
}
