package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;
import io.tarn.server.glue.expression.PartitionExpression.Key;

import java.util.Comparator;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static io.tarn.server.glue.expression.Interval.BYTES;
import static java.util.stream.Collectors.joining;

/**
 * The order that an index over some of a table's partition keys gives the partitions.
 */
public final class KeyOrder
{
    private static final int MAX_RANGES = 1000;

    /**
     * As a database compares positions that are ordered byte by byte in UTF-8.
     */
    public static final Comparator<String> POSITIONS = BYTES;

    private final List<KeyColumn> columns;

    /**
     * Positions from {@code low} to before {@code high}.
     */
    public record Range(String low, String high) {}

    /**
     * Where partitions lie that an expression may select.
     *
     * @param keys how many of the index's keys say so, from its first
     * @param ranges ordered, and apart from each other
     */
    public record Selection(int keys, List<Range> ranges)
    {
        public Selection
        {
            ranges = ImmutableList.copyOf(ranges);
        }
    }

    private KeyOrder(List<KeyColumn> columns)
    {
        this.columns = ImmutableList.copyOf(columns);
    }

    /**
     * @param keys of the table
     * @param indexed the names of those that the index is over, in its order
     */
    public static KeyOrder of(List<Key> keys, List<String> indexed)
    {
        List<String> names = keys.stream().map(Key::name).toList();
        return new KeyOrder(indexed.stream()
                .map(name -> {
                    int index = names.indexOf(name);
                    checkArgument(index >= 0, "%s is not one of the keys %s", name, names);
                    return new KeyColumn(name, index, KeyType.of(keys.get(index).type()));
                })
                .toList());
    }

    /**
     * Where a partition stands; several may stand in one place.
     *
     * @param values of all the table's keys
     */
    public String position(List<String> values)
    {
        return columns.stream()
                .map(column -> KeyPosition.of(column.type(), values.get(column.index())))
                .collect(joining());
    }

    /**
     * Where partitions stand that the expression may select; others stand there, too.
     */
    public Selection select(PartitionExpression expression)
    {
        List<String> prefixes = ImmutableList.of("");
        int keys = 0;
        for (KeyColumn column : columns) {
            KeyIntervals found = KeyIntervals.of(expression.condition(), column.index());
            if (found.isAll()) {
                break;
            }
            List<Interval> intervals = found.withInvalids().intervals();
            if ((long) prefixes.size() * intervals.size() > MAX_RANGES) {
                break;
            }
            keys++;
            if (!intervals.stream().allMatch(Interval::point)) {
                return new Selection(keys, prefixes.stream()
                        .flatMap(prefix -> intervals.stream().map(interval -> new Range(prefix + interval.low(), prefix + interval.high())))
                        .toList());
            }
            prefixes = prefixes.stream()
                    .flatMap(prefix -> intervals.stream().map(interval -> prefix + interval.low()))
                    .toList();
        }
        if (keys == 0) {
            return new Selection(0, ImmutableList.of(new Range(KeyPosition.EVERYTHING.low(), KeyPosition.EVERYTHING.high())));
        }
        return new Selection(keys, prefixes.stream().map(prefix -> new Range(prefix, KeyPosition.successor(prefix))).toList());
    }
}
