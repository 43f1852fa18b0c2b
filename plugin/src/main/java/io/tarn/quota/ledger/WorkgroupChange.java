package io.tarn.quota.ledger;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A workgroup that an administrator has enabled or disabled, whatever the policy says.
 */
public record WorkgroupChange(String workgroup, boolean enabled, String changedBy, Instant changed)
{
    public WorkgroupChange
    {
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(changedBy, "changedBy is null");
        requireNonNull(changed, "changed is null");
    }
}
