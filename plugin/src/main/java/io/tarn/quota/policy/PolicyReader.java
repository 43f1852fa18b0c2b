package io.tarn.quota.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.quota.policy.QuotaPolicy.PRIMARY;

/**
 * Reads a policy from the JSON of its file.
 */
final class PolicyReader
{
    // as many as Athena has in a region
    private static final int MAX_WORKGROUPS = 1000;
    private static final int MAX_ADMINISTRATORS = 10_000;

    private PolicyReader() {}

    /**
     * @throws IllegalArgumentException with all that is wrong
     */
    static QuotaPolicy read(byte[] bytes)
    {
        Problems problems = new Problems();
        JsonNode json = JsonTree.read(bytes, problems);
        QuotaPolicy policy = read(new PolicyNode(json, "", problems));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("has " + problems.describe());
        }
        return policy;
    }

    private static QuotaPolicy read(PolicyNode node)
    {
        if (!node.isObject("administrators", "timeZone", "pricing", "workgroups")) {
            return new QuotaPolicy(ImmutableList.of(primary(Pricing.DEFAULT)), Administrators.NONE);
        }
        Administrators administrators = node.member("administrators").map(PolicyReader::administrators).orElse(Administrators.NONE);
        ZoneId zone = node.member("timeZone").flatMap(BudgetReader::zone).orElse(ZoneId.of("UTC"));
        Pricing pricing = node.member("pricing").map(value -> PricingReader.read(value, Pricing.DEFAULT)).orElse(Pricing.DEFAULT);
        WorkgroupReader reader = new WorkgroupReader(pricing, new BudgetReader(zone));
        List<PolicyNode> elements = node.member("workgroups").map(value -> value.elements(MAX_WORKGROUPS)).orElse(ImmutableList.of());
        Names names = new Names();
        elements.forEach(names::take);
        return new QuotaPolicy(primaryLast(elements.stream().map(reader::read).flatMap(Optional::stream).toList(), pricing), administrators);
    }

    private static List<Workgroup> primaryLast(List<Workgroup> workgroups, Pricing pricing)
    {
        // two of one name are a problem that was noted, and no policy is made of them
        Set<String> names = workgroups.stream().map(Workgroup::name).collect(toImmutableSet());
        List<Workgroup> ordered = new ArrayList<>();
        names.stream()
                .filter(name -> !name.equals(PRIMARY))
                .map(name -> first(workgroups, name).orElseThrow())
                .forEach(ordered::add);
        ordered.add(first(workgroups, PRIMARY).orElse(primary(pricing)));
        return ordered;
    }

    private static Optional<Workgroup> first(List<Workgroup> workgroups, String name)
    {
        return workgroups.stream().filter(workgroup -> workgroup.name().equals(name)).findFirst();
    }

    private static Workgroup primary(Pricing pricing)
    {
        return new Workgroup(
                PRIMARY,
                true,
                ImmutableList.of(Selector.EVERYBODY),
                Action.REJECT,
                QueryLimits.NONE,
                ImmutableList.of(),
                pricing,
                UpperBound.LEASE,
                ImmutableList.of());
    }

    private static Administrators administrators(PolicyNode node)
    {
        if (!node.isObject("users", "groups")) {
            return Administrators.NONE;
        }
        return new Administrators(
                node.member("users").map(value -> names(value, "a user's name")).orElse(ImmutableSet.of()),
                node.member("groups").map(value -> names(value, "a group's name")).orElse(ImmutableSet.of()));
    }

    private static Set<String> names(PolicyNode node, String allowed)
    {
        return node.elements(MAX_ADMINISTRATORS).stream()
                .map(element -> element.text(allowed))
                .flatMap(Optional::stream)
                .collect(toImmutableSet());
    }
}
