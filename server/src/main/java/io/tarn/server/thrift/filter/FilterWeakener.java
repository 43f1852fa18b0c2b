package io.tarn.server.thrift.filter;

import io.tarn.server.thrift.filter.Filter.Comparison;
import io.tarn.type.HiveTypes;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static java.util.Objects.requireNonNull;

/**
 * What the catalogue can be asked of a filter: the conditions on single keys that all must hold.
 */
final class FilterWeakener
{
    // the catalogue's expressions are bounded, and a long list is no longer an expression
    private static final int MAX_VALUES = 100;

    private final PartitionKeys keys;

    FilterWeakener(PartitionKeys keys)
    {
        this.keys = requireNonNull(keys, "keys is null");
    }

    TupleDomain<String> weaken(Filter filter)
    {
        return switch (filter) {
            case Filter.And and -> and.parts().stream()
                    .map(this::weaken)
                    .reduce(TupleDomain.all(), TupleDomain::intersect);
            case Comparison comparison -> weaken(comparison);
            case Filter.Between between -> weaken(new Comparison(between.key(), Filter.Operator.GREATER_OR_EQUAL, between.low()))
                    .intersect(weaken(new Comparison(between.key(), Filter.Operator.LESS_OR_EQUAL, between.high())));
            case Filter.In in -> weaken(in);
            case Filter.Or _, Filter.Not _ -> TupleDomain.all();
        };
    }

    private TupleDomain<String> weaken(Comparison comparison)
    {
        Optional<Type> type = type(comparison.key());
        Optional<Object> value = type.flatMap(known -> value(known, comparison.value()));
        if (value.isEmpty()) {
            return TupleDomain.all();
        }
        Optional<Range> range = range(type.get(), comparison.operator(), value.get());
        return range.isEmpty() ? TupleDomain.all() : domain(comparison.key(), ValueSet.ofRanges(range.get()));
    }

    private TupleDomain<String> weaken(Filter.In in)
    {
        Optional<Type> type = type(in.key());
        if (type.isEmpty() || in.values().size() > MAX_VALUES) {
            return TupleDomain.all();
        }
        List<Object> values = new ArrayList<>();
        for (String text : in.values()) {
            Optional<Object> value = value(type.get(), text);
            if (value.isEmpty()) {
                return TupleDomain.all();
            }
            values.add(value.get());
        }
        return domain(in.key(), ValueSet.copyOf(type.get(), values));
    }

    private static Optional<Range> range(Type type, Filter.Operator operator, Object value)
    {
        return switch (operator) {
            case EQUAL -> Optional.of(Range.equal(type, value));
            case LESS -> Optional.of(Range.lessThan(type, value));
            case LESS_OR_EQUAL -> Optional.of(Range.lessThanOrEqual(type, value));
            case GREATER -> Optional.of(Range.greaterThan(type, value));
            case GREATER_OR_EQUAL -> Optional.of(Range.greaterThanOrEqual(type, value));
            case NOT_EQUAL, LIKE -> Optional.empty();
        };
    }

    private static TupleDomain<String> domain(String key, ValueSet values)
    {
        return TupleDomain.withColumnDomains(Map.of(key, Domain.create(values, false)));
    }

    private Optional<Type> type(String key)
    {
        return HiveTypes.trinoType(keys.type(key));
    }

    private static Optional<Object> value(Type type, String text)
    {
        if (text.equals(HIVE_DEFAULT_DYNAMIC_PARTITION)) {
            return Optional.empty();
        }
        try {
            return switch (type) {
                // one longer than the type is no value of it
                case VarcharType varchar when varchar.isUnbounded() -> Optional.of(utf8Slice(text));
                case TinyintType _ -> Optional.of((long) Byte.parseByte(text));
                case SmallintType _ -> Optional.of((long) Short.parseShort(text));
                case IntegerType _ -> Optional.of((long) Integer.parseInt(text));
                case BigintType _ -> Optional.of(Long.parseLong(text));
                case DateType _ -> Optional.of(LocalDate.parse(text).toEpochDay());
                default -> Optional.empty();
            };
        }
        catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
