package io.tarn.server.thrift.filter;

import io.tarn.server.thrift.filter.Filter.Comparison;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
        KeyKind kind = KeyKind.of(keys.type(comparison.key()));
        String literal = comparison.value();
        return switch (comparison.operator()) {
            case EQUAL -> values -> equal(kind, values.get(index), literal);
            case NOT_EQUAL -> values -> !equal(kind, values.get(index), literal);
            case LESS -> values -> order(kind, values.get(index), literal).filter(order -> order < 0).isPresent();
            case LESS_OR_EQUAL -> values -> order(kind, values.get(index), literal).filter(order -> order <= 0).isPresent();
            case GREATER -> values -> order(kind, values.get(index), literal).filter(order -> order > 0).isPresent();
            case GREATER_OR_EQUAL -> values -> order(kind, values.get(index), literal).filter(order -> order >= 0).isPresent();
            case LIKE -> {
                Pattern pattern = LikePattern.compile(literal);
                yield values -> pattern.matcher(values.get(index)).matches();
            }
        };
    }

    private static boolean equal(KeyKind kind, String value, String literal)
    {
        return value.equals(literal) || order(kind, value, literal).filter(order -> order == 0).isPresent();
    }

    private static Optional<Integer> order(KeyKind kind, String value, String literal)
    {
        return value.equals(HIVE_DEFAULT_DYNAMIC_PARTITION) ? Optional.empty() : kind.compare(value, literal);
    }
}
