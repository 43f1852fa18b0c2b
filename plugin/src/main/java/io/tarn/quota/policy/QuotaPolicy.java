package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.QUOTA_WORKGROUP_UNAVAILABLE;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Workgroups in the order in which they are tried; the last one is always {@code primary}, which takes every query that
 * no other one takes.
 * <p>
 * A session may name a workgroup of which a selector matches the query, also where one before it would take the query;
 * it may not name {@code primary} to get away from a workgroup that takes it.
 */
public record QuotaPolicy(List<Workgroup> workgroups, Administrators administrators)
{
    public static final String PRIMARY = "primary";

    public QuotaPolicy
    {
        workgroups = ImmutableList.copyOf(workgroups);
        requireNonNull(administrators, "administrators is null");
        checkArgument(!workgroups.isEmpty() && workgroups.getLast().name().equals(PRIMARY), "the last workgroup is not primary");
        checkArgument(workgroups.stream().map(Workgroup::name).distinct().count() == workgroups.size(), "two workgroups have the same name");
    }

    public Optional<Workgroup> workgroup(String name)
    {
        return workgroups.stream().filter(workgroup -> workgroup.name().equals(name)).findFirst();
    }

    /**
     * The workgroup of a query: the one that its session names, provided that it takes the query; else the first that
     * does.
     *
     * @throws TrinoException with QUOTA_WORKGROUP_UNAVAILABLE where the session names a workgroup that does
     *         not exist ({@code WorkGroup x is not found.}) or does not take the query
     */
    public Workgroup select(QueryAttributes query)
    {
        if (query.workgroup().isEmpty()) {
            return workgroups.stream()
                    .filter(workgroup -> isPrimary(workgroup) || workgroup.takes(query))
                    .findFirst()
                    .orElseThrow();
        }
        String name = query.workgroup().get();
        Workgroup named = workgroup(name)
                .orElseThrow(() -> new TrinoException(QUOTA_WORKGROUP_UNAVAILABLE, "WorkGroup %s is not found.".formatted(name)));
        if (!mayName(named, query)) {
            throw new TrinoException(QUOTA_WORKGROUP_UNAVAILABLE, "WorkGroup %s does not take this query of user %s%s; it may name: %s, or leave the workgroup out".formatted(
                    name,
                    query.user(),
                    isPrimary(named) ? ", since it is only for queries that no other workgroup takes" : "",
                    workgroups.stream()
                            .filter(workgroup -> mayName(workgroup, query))
                            .map(Workgroup::name)
                            .collect(joining(", "))));
        }
        return named;
    }

    /**
     * The workgroup of every query of this user, where user and groups alone decide it: no session may name another
     * one, and no workgroup before it asks for more than these.
     */
    public Optional<Workgroup> selectByIdentity(String user, Set<String> groups)
    {
        List<Workgroup> possible = possibleFor(user, groups);
        return possible.size() == 1 ? Optional.of(possible.getFirst()) : Optional.empty();
    }

    /**
     * The workgroups that some query of this user can come to, be it by naming one, in the order in which they are tried.
     */
    public List<Workgroup> possibleFor(String user, Set<String> groups)
    {
        boolean alwaysTaken = workgroups.stream()
                .filter(workgroup -> !isPrimary(workgroup))
                .anyMatch(workgroup -> workgroup.selectors().stream().anyMatch(selector -> selector.isIdentityOnly() && selector.matchesIdentity(user, groups)));
        return workgroups.stream()
                .filter(workgroup -> isPrimary(workgroup)
                        ? !alwaysTaken
                        : workgroup.selectors().stream().anyMatch(selector -> selector.matchesIdentity(user, groups)))
                .collect(toImmutableList());
    }

    /**
     * What is probably not meant as it is written: workgroups that take the same queries, so that their order decides,
     * and workgroups that no query comes to. Only what can be proved is said.
     */
    public List<PolicyWarning> warnings()
    {
        return PolicyWarnings.of(workgroups);
    }

    private boolean mayName(Workgroup workgroup, QueryAttributes query)
    {
        QueryAttributes naming = withWorkgroup(query, Optional.of(workgroup.name()));
        if (!isPrimary(workgroup)) {
            return workgroup.takes(naming);
        }
        QueryAttributes unnamed = withWorkgroup(query, Optional.empty());
        return workgroups.stream().noneMatch(other -> !isPrimary(other) && other.takes(unnamed));
    }

    private static QueryAttributes withWorkgroup(QueryAttributes query, Optional<String> workgroup)
    {
        return new QueryAttributes(query.user(), ImmutableSet.copyOf(query.groups()), query.source(), query.clientTags(), query.resourceGroup(), workgroup);
    }

    private static boolean isPrimary(Workgroup workgroup)
    {
        return workgroup.name().equals(PRIMARY);
    }
}
