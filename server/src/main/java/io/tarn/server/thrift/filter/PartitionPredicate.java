package io.tarn.server.thrift.filter;

import io.tarn.server.thrift.filter.Filter.Comparison;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static java.util.Objects.requireNonNull;

/**
 * A filter over a table's keys: what of it the catalogue can be asked, and the whole of it for what the catalogue
 * gives. A value that is none of its key's type is equal only to itself, and in no order; so is that of the partition
 * for rows without a value.
 */
public final class PartitionPredicate
        implements Predicate<List<String>>
{
    private final PartitionKeys keys;
    private final TupleDomain<String> weakened;
    private final Predicate<List<String>> predicate;

    private PartitionPredicate(PartitionKeys keys, Filter filter)
    {
        this.keys = requireNonNull(keys, "keys is null");
        this.weakened = new FilterWeakener(keys).weaken(filter);
        this.predicate = compile(filter);
    }

    /**
     * @throws FilterException where the filter cannot be understood
     */
    public static PartitionPredicate parse(String filter, PartitionKeys keys)
            throws FilterException
    {
        return new PartitionPredicate(keys, FilterParser.parse(filter, keys.names()));
    }

    /**
     * Selects by the first values.
     *
     * @param values from the first key on; an empty one, or none at all, is any
     */
    public static PartitionPredicate prefix(List<String> values, PartitionKeys keys)
    {
        List<Filter> parts = IntStream.range(0, values.size())
                .filter(index -> values.get(index) != null && !values.get(index).isEmpty())
                .<Filter>mapToObj(index -> new Comparison(keys.names().get(index), Filter.Operator.EQUAL, values.get(index)))
                .toList();
        return new PartitionPredicate(keys, new Filter.And(parts));
    }

    /**
     * Selects at least what the filter does.
     */
    public TupleDomain<String> weakened()
    {
        return weakened;
    }

    @Override
    public boolean test(List<String> values)
    {
        return predicate.test(values);
    }

    private Predicate<List<String>> compile(Filter filter)
    {
        return switch (filter) {
            case Filter.And and -> {
                List<Predicate<List<String>>> parts = and.parts().stream().map(this::compile).toList();
                yield values -> parts.stream().allMatch(part -> part.test(values));
            }
            case Filter.Or or -> {
                List<Predicate<List<String>>> parts = or.parts().stream().map(this::compile).toList();
                yield values -> parts.stream().anyMatch(part -> part.test(values));
            }
            case Filter.Not not -> compile(not.part()).negate();
            case Filter.In in -> compile(new Filter.Or(in.values().stream()
                    .<Filter>map(value -> new Comparison(in.key(), Filter.Operator.EQUAL, value))
                    .toList()));
            case Filter.Between between -> compile(new Filter.And(List.of(
                    new Comparison(between.key(), Filter.Operator.GREATER_OR_EQUAL, between.low()),
                    new Comparison(between.key(), Filter.Operator.LESS_OR_EQUAL, between.high()))));
            case Comparison comparison -> compile(comparison);
        };
    }

    private Predicate<List<String>> compile(Comparison comparison)
    {
        int index = keys.index(comparison.key());
        Predicate<String> predicate = compile(comparison.operator(), KeyKind.of(keys.type(comparison.key())), comparison.value());
        return values -> predicate.test(values.get(index));
    }

    private static Predicate<String> compile(Filter.Operator operator, KeyKind kind, String text)
    {
        Optional<Comparable<?>> literal = kind.value(text);
        return switch (operator) {
            case EQUAL -> value -> value.equals(text) || order(kind, value, literal, order -> order == 0);
            case NOT_EQUAL -> compile(Filter.Operator.EQUAL, kind, text).negate();
            case LESS -> value -> order(kind, value, literal, order -> order < 0);
            case LESS_OR_EQUAL -> value -> order(kind, value, literal, order -> order <= 0);
            case GREATER -> value -> order(kind, value, literal, order -> order > 0);
            case GREATER_OR_EQUAL -> value -> order(kind, value, literal, order -> order >= 0);
            case LIKE -> LikePattern.compile(text);
        };
    }

    // both sides are of the kind
    @SuppressWarnings("unchecked")
    private static boolean order(KeyKind kind, String value, Optional<Comparable<?>> literal, IntPredicate predicate)
    {
        if (literal.isEmpty() || value.equals(HIVE_DEFAULT_DYNAMIC_PARTITION)) {
            return false;
        }
        return kind.value(value)
                .filter(parsed -> predicate.test(((Comparable<Object>) parsed).compareTo(literal.get())))
                .isPresent();
    }
}
