package io.tarn.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.ledger.Account;
import io.tarn.quota.ledger.AccountKey;
import io.tarn.quota.ledger.BudgetChange;
import io.tarn.quota.ledger.Changes;
import io.tarn.quota.ledger.WorkgroupChange;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.QueryAttributes;
import io.tarn.quota.policy.Window;
import io.tarn.quota.policy.Workgroup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * The policy's figures, and in their place those that administrators have set.
 */
public final class EffectivePolicy
{
    private final Map<BudgetName, BudgetChange> budgets;
    private final Map<String, WorkgroupChange> workgroups;

    public EffectivePolicy(Changes changes)
    {
        budgets = changes.budgets().stream()
                .collect(toImmutableMap(change -> new BudgetName(change.workgroup(), change.budget()), identity(), (first, _) -> first));
        workgroups = changes.workgroups().stream()
                .collect(toImmutableMap(WorkgroupChange::workgroup, identity(), (first, _) -> first));
    }

    public boolean isEnabled(Workgroup workgroup)
    {
        WorkgroupChange change = workgroups.get(workgroup.name());
        return change == null ? workgroup.enabled() : change.enabled();
    }

    public OptionalLong bytes(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::bytes).filter(OptionalLong::isPresent).orElse(budget.bytes());
    }

    public OptionalLong price(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::price).filter(OptionalLong::isPresent).orElse(budget.price());
    }

    public Optional<String> changedBy(Workgroup workgroup, Budget budget)
    {
        return change(workgroup, budget).map(BudgetChange::changedBy);
    }

    /**
     * The accounts that a query counts for, at the moment it came in.
     */
    List<Account> accounts(Workgroup workgroup, QueryAttributes query, Instant moment)
    {
        ImmutableList.Builder<Account> accounts = ImmutableList.builder();
        for (Budget budget : workgroup.budgets()) {
            Window window = budget.window(moment);
            for (String subject : budget.subjects(query)) {
                accounts.add(new Account(
                        new AccountKey(workgroup.name(), budget.name(), subject, window.start(), window.end()),
                        bytes(workgroup, budget),
                        price(workgroup, budget),
                        budget.thresholds()));
            }
        }
        return accounts.build();
    }

    private Optional<BudgetChange> change(Workgroup workgroup, Budget budget)
    {
        return Optional.ofNullable(budgets.get(new BudgetName(workgroup.name(), budget.name())));
    }

    private record BudgetName(String workgroup, String budget) {}
}
