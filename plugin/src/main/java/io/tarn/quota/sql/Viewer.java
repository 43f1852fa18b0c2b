package io.tarn.quota.sql;

import com.google.common.collect.ImmutableSet;
import io.tarn.quota.policy.Budget;
import io.tarn.quota.policy.QuotaPolicy;
import io.tarn.quota.policy.Workgroup;
import io.trino.spi.connector.ConnectorSession;

import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Who asks, and what the policy lets them see: administrators everything, all others their own queries, the workgroups
 * that their queries can come to, and of these the budgets that their queries count for.
 */
record Viewer(String user, Set<String> groups, QuotaPolicy policy)
{
    Viewer
    {
        requireNonNull(user, "user is null");
        groups = ImmutableSet.copyOf(groups);
        requireNonNull(policy, "policy is null");
    }

    static Viewer of(ConnectorSession session, QuotaPolicy policy)
    {
        return new Viewer(session.getUser(), session.getIdentity().getGroups(), policy);
    }

    boolean isAdministrator()
    {
        return policy.administrators().includes(user, groups);
    }

    List<Workgroup> workgroups()
    {
        return isAdministrator() ? policy.workgroups() : policy.possibleFor(user, groups);
    }

    /**
     * The counters of a budget that the viewer's queries count for.
     */
    Set<String> ownSubjects(Budget budget)
    {
        return switch (budget.per()) {
            case USER -> ImmutableSet.of(user);
            case GROUP -> groups.isEmpty() ? ImmutableSet.of("") : groups;
            case WORKGROUP -> ImmutableSet.of("");
        };
    }
}
