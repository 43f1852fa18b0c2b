package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.quota.policy.BudgetReader.optionalLong;
import static io.tarn.quota.policy.QuotaPolicy.PRIMARY;

/**
 * Reads a workgroup.
 */
final class WorkgroupReader
{
    private static final int MAX_ELEMENTS = 1000;
    private static final String TABLE = "schema.table, where * stands for any characters, such as \"weblogs.*\"";

    private final Pricing pricing;
    private final BudgetReader budgets;
    private final PatternReader patterns = new PatternReader();

    WorkgroupReader(Pricing pricing, BudgetReader budgets)
    {
        this.pricing = pricing;
        this.budgets = budgets;
    }

    /**
     * @return empty where the workgroup has a problem
     */
    Optional<Workgroup> read(PolicyNode node)
    {
        if (!node.isObject("name", "enabled", "selectors", "action", "limits", "budgets", "pricing", "upperBound", "partitionFilterRequired")) {
            return Optional.empty();
        }
        Optional<String> name = node.required("name", Names.ALLOWED).flatMap(Names::read);
        boolean enabled = node.member("enabled").flatMap(PolicyNode::flag).orElse(true);
        List<Selector> selectors = node.member("selectors").map(this::selectors).orElse(ImmutableList.of(Selector.EVERYBODY));
        Action action = node.member("action").flatMap(value -> value.choice(Action.class)).orElse(Action.REJECT);
        QueryLimits limits = node.member("limits").map(WorkgroupReader::limits).orElse(QueryLimits.NONE);
        List<Budget> readBudgets = node.member("budgets").map(this::budgets).orElse(ImmutableList.of());
        Pricing ownPricing = node.member("pricing").map(value -> PricingReader.read(value, pricing)).orElse(pricing);
        UpperBound upperBound = node.member("upperBound").flatMap(value -> value.choice(UpperBound.class)).orElse(UpperBound.LEASE);
        List<TablePattern> tables = node.member("partitionFilterRequired").map(WorkgroupReader::tables).orElse(ImmutableList.of());
        if (name.isPresent() && name.get().equals(PRIMARY) && !selectors.equals(ImmutableList.of(Selector.EVERYBODY))) {
            node.member("selectors").orElseThrow().refuse("left out: primary takes every query that no other workgroup takes");
        }
        return name.map(value -> new Workgroup(value, enabled, selectors, action, limits, readBudgets, ownPricing, upperBound, tables));
    }

    private List<Selector> selectors(PolicyNode node)
    {
        List<PolicyNode> elements = node.elements(MAX_ELEMENTS);
        if (node.json().isArray() && node.json().isEmpty()) {
            node.refuse("left out where the workgroup takes everybody, or have at least one selector");
        }
        return elements.stream().map(this::selector).flatMap(Optional::stream).toList();
    }

    private Optional<Selector> selector(PolicyNode node)
    {
        if (!node.isObject("user", "group", "source", "clientTags", "resourceGroup", "named")) {
            return Optional.empty();
        }
        return Optional.of(new Selector(
                pattern(node, "user"),
                pattern(node, "group"),
                pattern(node, "source"),
                node.member("clientTags").map(WorkgroupReader::texts).orElse(ImmutableSet.of()),
                pattern(node, "resourceGroup"),
                node.member("named").flatMap(PolicyNode::flag).orElse(false)));
    }

    private Optional<Pattern> pattern(PolicyNode node, String name)
    {
        return node.member(name).flatMap(patterns::read);
    }

    private static Set<String> texts(PolicyNode node)
    {
        return node.elements(MAX_ELEMENTS).stream()
                .map(element -> element.text("a client tag"))
                .flatMap(Optional::stream)
                .collect(toImmutableSet());
    }

    private static QueryLimits limits(PolicyNode node)
    {
        if (!node.isObject("bytes", "rows", "price")) {
            return QueryLimits.NONE;
        }
        return new QueryLimits(
                optionalLong(node.member("bytes").flatMap(value -> value.bytes(Amounts::positiveBytes))),
                optionalLong(node.member("rows").flatMap(value -> value.whole(1, Long.MAX_VALUE))),
                optionalLong(node.member("price").flatMap(PolicyNode::price)));
    }

    private List<Budget> budgets(PolicyNode node)
    {
        Names names = new Names();
        List<PolicyNode> elements = node.elements(MAX_ELEMENTS);
        elements.forEach(names::take);
        return elements.stream().map(budgets::read).flatMap(Optional::stream).toList();
    }

    private static List<TablePattern> tables(PolicyNode node)
    {
        return node.elements(MAX_ELEMENTS).stream()
                .map(WorkgroupReader::table)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<TablePattern> table(PolicyNode node)
    {
        return node.convert(node.text(TABLE), text -> {
            try {
                return new TablePattern(text);
            }
            catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(TABLE, e);
            }
        });
    }
}
