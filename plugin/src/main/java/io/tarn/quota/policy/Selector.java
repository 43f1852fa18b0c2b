package io.tarn.quota.policy;

import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Matches a query that satisfies all that is given. Patterns match the whole value, in time linear to its length.
 *
 * @param group matches when one of the user's groups does
 * @param clientTags all of which the query must have
 * @param named matches only a query whose session names the workgroup
 */
public record Selector(
        Optional<Pattern> user,
        Optional<Pattern> group,
        Optional<Pattern> source,
        Set<String> clientTags,
        Optional<Pattern> resourceGroup,
        boolean named)
{
    public static final Selector EVERYBODY = new Selector(Optional.empty(), Optional.empty(), Optional.empty(), ImmutableSet.of(), Optional.empty(), false);

    public Selector
    {
        requireNonNull(user, "user is null");
        requireNonNull(group, "group is null");
        requireNonNull(source, "source is null");
        clientTags = ImmutableSet.copyOf(clientTags);
        requireNonNull(resourceGroup, "resourceGroup is null");
    }

    /**
     * @param namesWorkgroup whether the session names the workgroup that this is a selector of
     */
    public boolean matches(QueryAttributes query, boolean namesWorkgroup)
    {
        return (namesWorkgroup || !named)
                && matchesIdentity(query.user(), query.groups())
                && source.map(pattern -> query.source().filter(pattern::matches).isPresent()).orElse(true)
                && query.clientTags().containsAll(clientTags)
                && resourceGroup.map(pattern -> query.resourceGroup().filter(pattern::matches).isPresent()).orElse(true);
    }

    /**
     * Whether this matches some query of the user.
     */
    boolean matchesIdentity(String name, Set<String> groups)
    {
        return user.map(pattern -> pattern.matches(name)).orElse(true)
                && group.map(pattern -> groups.stream().anyMatch(pattern::matches)).orElse(true);
    }

    /**
     * Whether user and groups alone decide.
     */
    boolean isIdentityOnly()
    {
        return source.isEmpty() && clientTags.isEmpty() && resourceGroup.isEmpty() && !named;
    }
}
