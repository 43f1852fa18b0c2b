package io.tarn.quota;

import java.util.OptionalLong;

import static java.lang.Math.addExact;
import static java.util.Objects.requireNonNull;

/**
 * What a scan is expected to read.
 *
 * @param partitions one for a table without partition keys
 * @param rows empty where one of the formats does not tell
 */
public record ScanTotals(long files, long partitions, long bytes, OptionalLong rows)
{
    public static final ScanTotals NONE = new ScanTotals(0, 0, 0, OptionalLong.of(0));

    public ScanTotals
    {
        requireNonNull(rows, "rows is null");
    }

    public ScanTotals plus(ScanTotals other)
    {
        return new ScanTotals(
                addExact(files, other.files),
                addExact(partitions, other.partitions),
                addExact(bytes, other.bytes),
                rows.isPresent() && other.rows.isPresent() ? OptionalLong.of(addExact(rows.getAsLong(), other.rows.getAsLong())) : OptionalLong.empty());
    }
}
