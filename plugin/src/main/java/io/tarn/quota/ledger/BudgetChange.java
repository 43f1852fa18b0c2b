package io.tarn.quota.ledger;

import java.time.Instant;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What an administrator has set in place of the policy's figures.
 *
 * @param bytes empty leaves the policy's
 * @param price billionths of the currency; empty leaves the policy's
 */
public record BudgetChange(String workgroup, String budget, OptionalLong bytes, OptionalLong price, String changedBy, Instant changed)
{
    public BudgetChange
    {
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(budget, "budget is null");
        requireNonNull(bytes, "bytes is null");
        requireNonNull(price, "price is null");
        requireNonNull(changedBy, "changedBy is null");
        requireNonNull(changed, "changed is null");
    }
}
