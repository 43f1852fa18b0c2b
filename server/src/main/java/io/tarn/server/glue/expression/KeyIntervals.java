package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.tarn.server.glue.expression.Condition.And;
import io.tarn.server.glue.expression.Condition.Compare;
import io.tarn.server.glue.expression.Condition.In;
import io.tarn.server.glue.expression.Condition.IsNull;
import io.tarn.server.glue.expression.Condition.Like;
import io.tarn.server.glue.expression.Condition.Not;
import io.tarn.server.glue.expression.Condition.Or;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.tarn.server.glue.expression.Interval.BYTES;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Where the values of one key lie for which a condition may hold: intervals that are ordered and do not meet. They may
 * hold more than the condition does, never less.
 */
record KeyIntervals(List<Interval> intervals)
{
    static final KeyIntervals ALL = new KeyIntervals(ImmutableList.of(KeyPosition.EVERYTHING));

    private static final int MAX_INTERVALS = 1000;

    KeyIntervals
    {
        intervals = ImmutableList.copyOf(intervals);
    }

    /**
     * @param key its index among the table's partition keys
     */
    static KeyIntervals of(Condition condition, int key)
    {
        requireNonNull(condition, "condition is null");
        return switch (condition) {
            case And and -> and.terms().stream()
                    .map(term -> of(term, key))
                    .reduce(ALL, KeyIntervals::intersect);
            case Or or -> union(or.terms().stream().flatMap(term -> of(term, key).intervals().stream()));
            case Not(IsNull(KeyColumn column)) when column.index() == key -> single(KeyPosition.NOT_NULLS);
            case Compare compare when compare.column().index() == key -> of(compare);
            case In in when in.column().index() == key -> union(in.literals().stream().map(literal -> KeyPosition.point(KeyPosition.of(literal))));
            case Like like when like.column().index() == key -> single(KeyPosition.beginningWith(like.prefix()));
            case IsNull isNull when isNull.column().index() == key -> single(KeyPosition.NULLS);
            case Not _, Compare _, In _, Like _, IsNull _ -> ALL;
        };
    }

    private static KeyIntervals of(Compare compare)
    {
        Comparable<?> literal = compare.literal();
        return single(switch (compare.operator()) {
            case EQUAL -> KeyPosition.point(KeyPosition.of(literal));
            case NOT_EQUAL -> KeyPosition.VALUES;
            case LESS, LESS_OR_EQUAL -> KeyPosition.upTo(literal);
            case GREATER, GREATER_OR_EQUAL -> KeyPosition.from(literal);
        });
    }

    boolean isAll()
    {
        return equals(ALL);
    }

    /**
     * With the values that are not of the key's type: to look at one of them is an error that is not to be hidden.
     */
    KeyIntervals withInvalids()
    {
        return union(Streams.concat(intervals.stream(), Stream.of(KeyPosition.INVALIDS)));
    }

    private static KeyIntervals single(Interval interval)
    {
        return new KeyIntervals(ImmutableList.of(interval));
    }

    private static KeyIntervals union(Stream<Interval> all)
    {
        List<Interval> united = new ArrayList<>();
        for (Interval next : all.sorted(comparing(Interval::low, BYTES)).toList()) {
            int gap = united.isEmpty() ? 1 : BYTES.compare(next.low(), united.getLast().high());
            if (gap > 0 || (gap == 0 && next.point())) {
                united.add(next);
            }
            else if (BYTES.compare(united.getLast().high(), next.high()) < 0) {
                united.add(new Interval(united.removeLast().low(), next.high(), false));
            }
        }
        if (united.size() > MAX_INTERVALS) {
            return single(new Interval(united.getFirst().low(), united.getLast().high(), false));
        }
        return new KeyIntervals(united);
    }

    private KeyIntervals intersect(KeyIntervals other)
    {
        ImmutableList.Builder<Interval> common = ImmutableList.builder();
        int left = 0;
        int right = 0;
        while (left < intervals.size() && right < other.intervals().size()) {
            Interval mine = intervals.get(left);
            Interval theirs = other.intervals().get(right);
            String low = BYTES.compare(mine.low(), theirs.low()) < 0 ? theirs.low() : mine.low();
            String high = BYTES.compare(mine.high(), theirs.high()) < 0 ? mine.high() : theirs.high();
            if (BYTES.compare(low, high) < 0) {
                Interval whole = new Interval(low, high, true);
                common.add(mine.equals(whole) || theirs.equals(whole) ? whole : new Interval(low, high, false));
            }
            if (high.equals(mine.high())) {
                left++;
            }
            else {
                right++;
            }
        }
        return new KeyIntervals(common.build());
    }
}
