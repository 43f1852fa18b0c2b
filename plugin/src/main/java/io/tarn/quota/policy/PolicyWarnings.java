package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import com.google.re2j.Pattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static io.tarn.quota.policy.QuotaPolicy.PRIMARY;

/**
 * Finds workgroups that lose queries to one before them, as far as the text of the selectors proves it.
 */
final class PolicyWarnings
{
    // pairs of workgroups grow with their square
    private static final int MAX_WARNINGS = 100;
    private static final int MAX_NAMES = 10;

    private PolicyWarnings() {}

    static List<PolicyWarning> of(List<Workgroup> workgroups)
    {
        List<PolicyWarning> warnings = new ArrayList<>();
        for (int later = 1; later < workgroups.size(); later++) {
            for (Workgroup earlier : workgroups.subList(0, later)) {
                if (warnings.size() == MAX_WARNINGS) {
                    return ImmutableList.copyOf(warnings);
                }
                String name = workgroups.get(later).name();
                between(earlier, workgroups.get(later)).ifPresent(text -> warnings.add(new PolicyWarning(name, text)));
                if (takesEverybody(earlier)) {
                    // nothing comes past it, which has been said
                    break;
                }
            }
        }
        return ImmutableList.copyOf(warnings);
    }

    private static Optional<String> between(Workgroup earlier, Workgroup later)
    {
        if (later.name().equals(PRIMARY)) {
            return takesEverybody(earlier) && limitsAnything(later)
                    ? Optional.of("Workgroup %s takes every query, so that none comes to workgroup %s".formatted(earlier.name(), later.name()))
                    : Optional.empty();
        }
        if (later.selectors().stream().allMatch(Selector::named)) {
            return Optional.empty();
        }
        if (takesEverybody(earlier)) {
            return Optional.of("Workgroup %s takes every query, so that none comes to workgroup %s after it unless its session names it".formatted(
                    earlier.name(),
                    later.name()));
        }
        if (new HashSet<>(earlier.selectors()).equals(new HashSet<>(later.selectors()))) {
            return Optional.of("Workgroups %s and %s have the same selectors: %s comes first and takes the queries, unless a session names %s".formatted(
                    earlier.name(),
                    later.name(),
                    earlier.name(),
                    later.name()));
        }
        List<String> shared = new ArrayList<>();
        Set<String> users = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        addSharedNames(earlier, later, users, groups);
        describe("user", users).ifPresent(shared::add);
        describe("group", groups).ifPresent(shared::add);
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Workgroups %s and %s both take the queries of %s: %s comes first and takes them, unless a session names %s".formatted(
                earlier.name(),
                later.name(),
                String.join(" and of ", shared),
                earlier.name(),
                later.name()));
    }

    private static void addSharedNames(Workgroup earlier, Workgroup later, Set<String> users, Set<String> groups)
    {
        for (Selector first : earlier.selectors()) {
            for (Selector second : later.selectors()) {
                if (first.named() || second.named() || !asksForLess(first, second)) {
                    continue;
                }
                if (first.group().equals(second.group())) {
                    users.addAll(sharedNames(first.user(), second.user()));
                }
                if (first.user().equals(second.user())) {
                    groups.addAll(sharedNames(first.group(), second.group()));
                }
            }
        }
    }

    /**
     * Whether of queries by the same user, the first matches all that the second matches.
     */
    private static boolean asksForLess(Selector first, Selector second)
    {
        return (first.source().isEmpty() || first.source().equals(second.source()))
                && (first.resourceGroup().isEmpty() || first.resourceGroup().equals(second.resourceGroup()))
                && second.clientTags().containsAll(first.clientTags());
    }

    private static Set<String> sharedNames(Optional<Pattern> first, Optional<Pattern> second)
    {
        Optional<Set<String>> firstNames = first.flatMap(LiteralNames::of);
        Optional<Set<String>> secondNames = second.flatMap(LiteralNames::of);
        if (firstNames.isEmpty() || secondNames.isEmpty()) {
            return Set.of();
        }
        return Sets.intersection(firstNames.get(), secondNames.get());
    }

    private static boolean takesEverybody(Workgroup workgroup)
    {
        return workgroup.selectors().contains(Selector.EVERYBODY);
    }

    private static boolean limitsAnything(Workgroup workgroup)
    {
        QueryLimits limits = workgroup.limits();
        return !workgroup.enabled() || !workgroup.budgets().isEmpty() || limits.bytes().isPresent() || limits.rows().isPresent() || limits.price().isPresent();
    }

    private static Optional<String> describe(String kind, Set<String> names)
    {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String shown = String.join(", ", names.stream().limit(MAX_NAMES).toList());
        return Optional.of(kind + " " + shown + (names.size() > MAX_NAMES ? " and %s more".formatted(names.size() - MAX_NAMES) : ""));
    }
}
