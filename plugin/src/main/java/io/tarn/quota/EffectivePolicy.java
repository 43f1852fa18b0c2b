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
import java.util.Optional;

/**
 * What holds for a query: the policy's word, and what administrators have changed of it.
 */
final class EffectivePolicy
{
    private EffectivePolicy() {}

    static boolean isEnabled(Workgroup workgroup, Changes changes)
    {
        return changes.workgroups().stream()
                .filter(change -> change.workgroup().equals(workgroup.name()))
                .findFirst()
                .map(WorkgroupChange::enabled)
                .orElse(workgroup.enabled());
    }

    /**
     * The accounts that a query counts for, at the moment it came in.
     */
    static List<Account> accounts(Workgroup workgroup, QueryAttributes query, Instant moment, Changes changes)
    {
        ImmutableList.Builder<Account> accounts = ImmutableList.builder();
        for (Budget budget : workgroup.budgets()) {
            Window window = budget.window(moment);
            Optional<BudgetChange> change = changes.budgets().stream()
                    .filter(candidate -> candidate.workgroup().equals(workgroup.name()) && candidate.budget().equals(budget.name()))
                    .findFirst();
            for (String subject : budget.subjects(query)) {
                accounts.add(new Account(
                        new AccountKey(workgroup.name(), budget.name(), subject, window.start(), window.end()),
                        change.map(BudgetChange::bytes).filter(bytes -> bytes.isPresent()).orElse(budget.bytes()),
                        change.map(BudgetChange::price).filter(price -> price.isPresent()).orElse(budget.price()),
                        budget.thresholds()));
            }
        }
        return accounts.build();
    }
}
