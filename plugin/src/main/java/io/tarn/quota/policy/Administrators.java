package io.tarn.quota.policy;

import com.google.common.collect.ImmutableSet;

import java.util.Collections;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Who sees everybody's queries and may change budgets.
 */
public record Administrators(Set<String> users, Set<String> groups)
{
    public static final Administrators NONE = new Administrators(ImmutableSet.of(), ImmutableSet.of());

    public Administrators
    {
        users = ImmutableSet.copyOf(users);
        groups = ImmutableSet.copyOf(groups);
    }

    public boolean includes(String user, Set<String> userGroups)
    {
        requireNonNull(user, "user is null");
        return users.contains(user) || !Collections.disjoint(groups, userGroups);
    }
}
