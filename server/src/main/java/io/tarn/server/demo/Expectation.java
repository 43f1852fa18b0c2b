package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What must come back from a question of a script.
 *
 * @param rows as {@link Question#expectation()} has them
 * @param scan what it may read; empty for SHOW and DESCRIBE, which Athena asks no money for, and whose rows have no order
 */
record Expectation(List<List<Object>> rows, Optional<ScanBound> scan)
{
    Expectation
    {
        rows = ImmutableList.copyOf(rows);
        requireNonNull(scan, "scan is null");
    }

    static Expectation rows(List<List<Object>> rows)
    {
        return new Expectation(rows, Optional.of(ScanBound.none()));
    }

    static Expectation number(long number)
    {
        return rows(List.of(List.of(number)));
    }

    static Expectation shown(List<String> values)
    {
        return new Expectation(values.stream().map(value -> List.<Object>of(value)).toList(), Optional.empty());
    }

    Expectation reading(ScanBound bound)
    {
        return new Expectation(rows, Optional.of(bound));
    }
}
