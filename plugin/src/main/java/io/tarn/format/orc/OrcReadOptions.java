package io.tarn.format.orc;

import io.airlift.units.DataSize;
import org.joda.time.DateTimeZone;

import static java.util.Objects.requireNonNull;

/**
 * How one read is done: the configuration, and what the session sets over it.
 *
 * @param byName whether columns are found by name where the file has any
 * @param timeZone of timestamps in files that do not name the zone of their writer
 */
record OrcReadOptions(
        boolean byName,
        boolean bloomFilters,
        StreamRanges ranges,
        DataSize maxReadBlockSize,
        DataSize smallFileThreshold,
        DataSize maxFooterSize,
        int domainCompactionThreshold,
        DateTimeZone timeZone)
{
    OrcReadOptions
    {
        requireNonNull(ranges, "ranges is null");
        requireNonNull(maxReadBlockSize, "maxReadBlockSize is null");
        requireNonNull(smallFileThreshold, "smallFileThreshold is null");
        requireNonNull(maxFooterSize, "maxFooterSize is null");
        requireNonNull(timeZone, "timeZone is null");
    }
}
