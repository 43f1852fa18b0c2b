package io.tarn.quota.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.function.UnaryOperator;

import static java.lang.Math.floorMod;
import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

/**
 * Cuts the time line of a zone into periods without gap or overlap.
 * <p>
 * A day, week or month begins at the first moment at which the zone's clock shows its first midnight or anything later:
 * a day has 23 or 25 hours where the clock is changed in it, begins later where its midnight does not exist, begins
 * once where its midnight comes twice, and is no window at all where the zone left it out.
 * <p>
 * An hour lasts 60 minutes and begins where the zone's clock shows a whole hour; an hour that the clock shows twice is
 * two windows, since otherwise the second one would find the budget of the first spent. Only a change of the clock by
 * part of an hour (30 minutes on Lord Howe) cuts a shorter one.
 */
final class Windows
{
    private static final long SECONDS_PER_HOUR = Duration.ofHours(1).toSeconds();

    private Windows() {}

    static Window of(Period period, ZoneId zone, Instant moment)
    {
        return switch (period) {
            case HOUR -> hour(zone.getRules(), moment);
            case DAY -> dates(zone, moment, date -> date, date -> date.plusDays(1));
            case WEEK -> dates(zone, moment, date -> date.with(previousOrSame(MONDAY)), date -> date.plusWeeks(1));
            case MONTH -> dates(zone, moment, date -> date.withDayOfMonth(1), date -> date.plusMonths(1));
        };
    }

    private static Window dates(ZoneId zone, Instant moment, UnaryOperator<LocalDate> first, UnaryOperator<LocalDate> next)
    {
        LocalDate start = first.apply(LocalDate.ofInstant(moment, zone));
        Instant end = start(zone, next.apply(start));
        // the clock was put back from the next period into this one, or the zone left periods out
        while (!end.isAfter(moment)) {
            start = next.apply(start);
            end = start(zone, next.apply(start));
        }
        return new Window(start(zone, start), end);
    }

    private static Instant start(ZoneId zone, LocalDate date)
    {
        return date.atStartOfDay(zone).toInstant();
    }

    private static Window hour(ZoneRules rules, Instant moment)
    {
        int offset = rules.getOffset(moment).getTotalSeconds();
        long second = moment.getEpochSecond();
        Instant start = Instant.ofEpochSecond(second - floorMod(second + offset, SECONDS_PER_HOUR));
        Instant end = start.plusSeconds(SECONDS_PER_HOUR);
        // the moment of a transition belongs to what follows it
        ZoneOffsetTransition before = rules.previousTransition(moment.plusNanos(1));
        if (before != null && movesPartOfAnHour(before) && before.getInstant().isAfter(start)) {
            start = before.getInstant();
        }
        ZoneOffsetTransition after = rules.nextTransition(moment);
        if (after != null && movesPartOfAnHour(after) && after.getInstant().isBefore(end)) {
            end = after.getInstant();
        }
        return new Window(start, end);
    }

    private static boolean movesPartOfAnHour(ZoneOffsetTransition transition)
    {
        return transition.getDuration().toSeconds() % SECONDS_PER_HOUR != 0;
    }
}
