package io.tarn.quota.policy;

import static java.util.Objects.requireNonNull;

/**
 * @param workgroup the one that loses queries
 */
public record PolicyWarning(String workgroup, String text)
{
    public PolicyWarning
    {
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(text, "text is null");
    }
}
