package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What the queries of one subject may take together in one run of a period.
 *
 * @param bytes scanned
 * @param price billionths of the currency
 * @param thresholds percent of the budget, ascending, at which something is said once
 */
public record Budget(
        String name,
        Per per,
        Period period,
        ZoneId zone,
        OptionalLong bytes,
        OptionalLong price,
        List<Integer> thresholds)
{
    public Budget
    {
        requireNonNull(name, "name is null");
        requireNonNull(per, "per is null");
        requireNonNull(period, "period is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(bytes, "bytes is null");
        requireNonNull(price, "price is null");
        thresholds = ImmutableList.copyOf(thresholds);
    }

    /**
     * The run of the period that a moment falls into. Runs follow each other without gap or overlap also where the
     * zone's clock is put forward or back: a day, week or month is as long as the zone makes it, an hour has 60 minutes,
     * so that one that the clock shows twice is two runs.
     */
    public Window window(Instant moment)
    {
        return Windows.of(period, zone, moment);
    }

    /**
     * The counters that a query counts for: the user, each of the groups (the empty string where there is none), or
     * the empty string for the whole workgroup.
     */
    public List<String> subjects(QueryAttributes query)
    {
        return switch (per) {
            case USER -> ImmutableList.of(query.user());
            case GROUP -> query.groups().isEmpty() ? ImmutableList.of("") : ImmutableList.sortedCopyOf(query.groups());
            case WORKGROUP -> ImmutableList.of("");
        };
    }
}
