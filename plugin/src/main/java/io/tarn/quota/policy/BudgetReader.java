package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the budgets of a workgroup.
 */
final class BudgetReader
{
    private static final int MAX_THRESHOLDS = 100;
    private static final int MAX_THRESHOLD = 1000;
    private static final List<Integer> DEFAULT_THRESHOLDS = ImmutableList.of(50, 80, 100);

    private final ZoneId defaultZone;

    BudgetReader(ZoneId defaultZone)
    {
        this.defaultZone = defaultZone;
    }

    /**
     * @return empty where the budget has a problem
     */
    Optional<Budget> read(PolicyNode node)
    {
        if (!node.isObject("name", "per", "period", "timeZone", "bytes", "price", "thresholds")) {
            return Optional.empty();
        }
        Optional<String> name = node.required("name", Names.ALLOWED).flatMap(Names::read);
        Optional<Per> per = node.required("per", "one of user, group, workgroup").flatMap(value -> value.choice(Per.class));
        Optional<Period> period = node.required("period", "one of hour, day, week, month").flatMap(value -> value.choice(Period.class));
        Optional<ZoneId> zone = node.member("timeZone").map(BudgetReader::zone).orElse(Optional.of(defaultZone));
        Optional<PolicyNode> bytesNode = node.member("bytes");
        Optional<PolicyNode> priceNode = node.member("price");
        if (bytesNode.isEmpty() && priceNode.isEmpty()) {
            node.problems().add(node.path(), "has neither bytes nor price; it must have one of them or both");
            return Optional.empty();
        }
        Optional<Long> bytes = bytesNode.flatMap(value -> value.bytes(Amounts::positiveBytes));
        Optional<Long> price = priceNode.flatMap(PolicyNode::price);
        List<Integer> thresholds = node.member("thresholds").map(BudgetReader::thresholds).orElse(DEFAULT_THRESHOLDS);
        if (name.isEmpty() || per.isEmpty() || period.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Budget(name.get(), per.get(), period.get(), zone.get(), optionalLong(bytes), optionalLong(price), thresholds));
    }

    static Optional<ZoneId> zone(PolicyNode node)
    {
        Optional<String> text = node.text("a time zone, such as \"Europe/Berlin\"");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.get()));
        }
        catch (DateTimeException e) {
            node.refuse("a time zone that exists" + NearestName.of(text.get(), ZoneId.getAvailableZoneIds())
                    .map("; did you mean %s?"::formatted)
                    .orElse(", such as \"Europe/Berlin\""));
            return Optional.empty();
        }
    }

    static OptionalLong optionalLong(Optional<Long> value)
    {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static List<Integer> thresholds(PolicyNode node)
    {
        List<Integer> thresholds = new ArrayList<>();
        for (PolicyNode element : node.elements(MAX_THRESHOLDS)) {
            element.whole(1, MAX_THRESHOLD).map(Long::intValue).ifPresent(threshold -> {
                if (thresholds.contains(threshold)) {
                    element.problems().add(element.path(), "is %s, which is there already".formatted(threshold));
                }
                thresholds.add(threshold);
            });
        }
        return ImmutableList.sortedCopyOf(thresholds);
    }
}
