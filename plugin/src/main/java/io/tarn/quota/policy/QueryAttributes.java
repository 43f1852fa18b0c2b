package io.tarn.quota.policy;

import com.google.common.collect.ImmutableSet;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What workgroups are chosen by.
 *
 * @param resourceGroup as Trino writes it, for instance {@code global.adhoc.ann}
 * @param workgroup the one that the session names
 */
public record QueryAttributes(
        String user,
        Set<String> groups,
        Optional<String> source,
        Set<String> clientTags,
        Optional<String> resourceGroup,
        Optional<String> workgroup)
{
    public QueryAttributes
    {
        requireNonNull(user, "user is null");
        groups = ImmutableSet.copyOf(groups);
        requireNonNull(source, "source is null");
        clientTags = ImmutableSet.copyOf(clientTags);
        requireNonNull(resourceGroup, "resourceGroup is null");
        requireNonNull(workgroup, "workgroup is null");
    }
}
