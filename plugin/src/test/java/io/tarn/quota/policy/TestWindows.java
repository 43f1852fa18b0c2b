package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import static io.tarn.quota.policy.Period.DAY;
import static io.tarn.quota.policy.Period.HOUR;
import static io.tarn.quota.policy.Period.MONTH;
import static io.tarn.quota.policy.Period.WEEK;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

class TestWindows
{
    private static final Instant FIRST = Instant.parse("2009-12-28T17:43:21.123456789Z");
    private static final Instant LAST = Instant.parse("2027-03-02T00:00:00Z");

    @Test
    void daysOfBerlin()
    {
        assertThat(window(DAY, "Europe/Berlin", "2026-07-01T12:00:00Z")).isEqualTo(between("2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z"));
        assertThat(window(DAY, "Europe/Berlin", "2026-06-30T22:00:00Z")).isEqualTo(between("2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z"));
        assertThat(window(DAY, "Europe/Berlin", "2026-06-30T21:59:59.999999999Z")).isEqualTo(between("2026-06-29T22:00:00Z", "2026-06-30T22:00:00Z"));
        // the clock goes forward
        assertThat(window(DAY, "Europe/Berlin", "2026-03-29T12:00:00Z")).isEqualTo(between("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
        assertThat(length(DAY, "Europe/Berlin", "2026-03-29T12:00:00Z")).isEqualTo(Duration.ofHours(23));
        // and back
        assertThat(window(DAY, "Europe/Berlin", "2026-10-25T00:30:00Z")).isEqualTo(between("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
        assertThat(window(DAY, "Europe/Berlin", "2026-10-25T01:30:00Z")).isEqualTo(between("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
        assertThat(length(DAY, "Europe/Berlin", "2026-10-25T12:00:00Z")).isEqualTo(Duration.ofHours(25));
    }

    @Test
    void weeksAndMonthsWithAChangeOfTheClock()
    {
        assertThat(window(WEEK, "Europe/Berlin", "2026-03-29T12:00:00Z")).isEqualTo(between("2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"));
        assertThat(window(MONTH, "Europe/Berlin", "2026-03-05T12:00:00Z")).isEqualTo(between("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"));
        assertThat(length(MONTH, "Europe/Berlin", "2026-10-05T12:00:00Z")).isEqualTo(Duration.ofDays(31).plusHours(1));
        assertThat(length(MONTH, "America/New_York", "2026-03-05T12:00:00Z")).isEqualTo(Duration.ofDays(31).minusHours(1));
        assertThat(length(MONTH, "UTC", "2028-02-05T12:00:00Z")).isEqualTo(Duration.ofDays(29));
        // 2026 has 53 ISO weeks
        assertThat(window(WEEK, "UTC", "2027-01-01T00:00:00Z")).isEqualTo(between("2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"));
    }

    @Test
    void daysOfNewYork()
    {
        assertThat(window(DAY, "America/New_York", "2026-03-08T12:00:00Z")).isEqualTo(between("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"));
        assertThat(window(DAY, "America/New_York", "2026-11-01T05:30:00Z")).isEqualTo(between("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"));
    }

    @Test
    void anHourThatTheClockShowsTwiceIsTwoWindows()
    {
        assertThat(window(HOUR, "Europe/Berlin", "2026-10-25T00:30:00Z")).isEqualTo(between("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"));
        assertThat(window(HOUR, "Europe/Berlin", "2026-10-25T01:30:00Z")).isEqualTo(between("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
        assertThat(window(HOUR, "Europe/Berlin", "2026-03-29T00:59:59Z")).isEqualTo(between("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"));
        assertThat(window(HOUR, "Europe/Berlin", "2026-03-29T01:00:00Z")).isEqualTo(between("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
    }

    @Test
    void hoursOfIndiaAndNepalStartOnTheirClock()
    {
        assertThat(window(HOUR, "Asia/Kolkata", "2026-05-01T10:45:00Z")).isEqualTo(between("2026-05-01T10:30:00Z", "2026-05-01T11:30:00Z"));
        assertThat(window(HOUR, "Asia/Kathmandu", "2026-05-01T10:14:59Z")).isEqualTo(between("2026-05-01T09:15:00Z", "2026-05-01T10:15:00Z"));
        assertThat(window(HOUR, "UTC", "1969-12-31T23:59:59Z")).isEqualTo(between("1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z"));
    }

    @Test
    void aClockThatMovesHalfAnHourCutsOneWindow()
    {
        // 02:00 becomes 01:30
        assertThat(window(HOUR, "Australia/Lord_Howe", "2026-04-04T14:59:59Z")).isEqualTo(between("2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z"));
        assertThat(window(HOUR, "Australia/Lord_Howe", "2026-04-04T15:00:00Z")).isEqualTo(between("2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"));
        assertThat(window(HOUR, "Australia/Lord_Howe", "2026-04-04T15:30:00Z")).isEqualTo(between("2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z"));
        // 02:00 becomes 02:30
        assertThat(window(HOUR, "Australia/Lord_Howe", "2026-10-03T15:30:00Z")).isEqualTo(between("2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"));
    }

    @Test
    void aDayWhoseMidnightDoesNotExistBeginsLater()
    {
        // 00:00 became 01:00
        assertThat(window(DAY, "America/Sao_Paulo", "2018-11-04T03:00:00Z")).isEqualTo(between("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"));
        assertThat(window(DAY, "America/Sao_Paulo", "2018-11-04T02:59:59Z")).isEqualTo(between("2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"));
        assertThat(window(DAY, "Asia/Beirut", "2022-03-27T12:00:00Z")).isEqualTo(between("2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"));
        // 00:00 became 23:00 of the day before
        assertThat(length(DAY, "America/Sao_Paulo", "2018-02-17T12:00:00Z")).isEqualTo(Duration.ofHours(25));
        assertThat(window(DAY, "America/Sao_Paulo", "2018-02-18T02:30:00Z")).isEqualTo(window(DAY, "America/Sao_Paulo", "2018-02-17T12:00:00Z"));
    }

    @Test
    void aDayThatBeganOnceDoesNotBeginAgain()
    {
        // 00:01 became 23:01 of the day before
        Window second = between("2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
        assertThat(window(DAY, "America/St_Johns", "2010-11-07T02:29:59Z")).isEqualTo(between("2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z"));
        assertThat(window(DAY, "America/St_Johns", "2010-11-07T02:30:30Z")).isEqualTo(second);
        assertThat(LocalDate.ofInstant(Instant.parse("2010-11-07T03:00:00Z"), ZoneId.of("America/St_Johns"))).isEqualTo("2010-11-06");
        assertThat(window(DAY, "America/St_Johns", "2010-11-07T03:00:00Z")).isEqualTo(second);
        assertThat(window(DAY, "America/St_Johns", "2010-11-07T03:30:00Z")).isEqualTo(second);
    }

    @Test
    void aDayThatAZoneLeftOutIsNoWindow()
    {
        assertThat(window(DAY, "Pacific/Apia", "2011-12-30T09:59:59Z")).isEqualTo(between("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"));
        assertThat(window(DAY, "Pacific/Apia", "2011-12-30T10:00:00Z")).isEqualTo(between("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(value = Period.class, mode = EnumSource.Mode.EXCLUDE, names = "HOUR")
    void datesTileTheTimeLineOfEveryZone(Period period)
    {
        for (ZoneId zone : zones()) {
            Instant moment = FIRST;
            Window window = Windows.of(period, zone, moment);
            while (window.end().isBefore(LAST)) {
                Window next = Windows.of(period, zone, window.end());
                assertThat(window.start()).isBeforeOrEqualTo(moment);
                assertThat(next.start()).as("%s of %s at %s", period, zone, window.end()).isEqualTo(window.end());
                assertThat(next.end()).isAfter(next.start());
                assertThat(Windows.of(period, zone, window.end().minusNanos(1))).as("%s of %s before %s", period, zone, window.end()).isEqualTo(window);
                moment = window.end();
                window = next;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void windowsTileTheTimeLineAroundEveryChangeOfEveryZone(Period period)
    {
        for (ZoneId zone : zones()) {
            for (ZoneOffsetTransition transition : zone.getRules().getTransitions()) {
                Instant end = transition.getInstant().plus(Duration.ofHours(50));
                Window window = Windows.of(period, zone, transition.getInstant().minus(Duration.ofHours(50)));
                while (!window.end().isAfter(end)) {
                    Window next = Windows.of(period, zone, window.end());
                    Duration length = Duration.between(window.start(), window.end());
                    assertThat(next.start()).as("%s of %s at %s", period, zone, window.end()).isEqualTo(window.end());
                    for (Instant moment : List.of(window.start(), window.start().plus(length.dividedBy(3)), window.start().plus(length.dividedBy(2)), window.end().minusNanos(1))) {
                        assertThat(Windows.of(period, zone, moment)).as("%s of %s at %s", period, zone, moment).isEqualTo(window);
                    }
                    window = next;
                }
                assertThat(Windows.of(period, zone, transition.getInstant()).start()).isBeforeOrEqualTo(transition.getInstant());
                assertThat(Windows.of(period, zone, transition.getInstant()).end()).isAfter(transition.getInstant());
            }
        }
    }

    @Test
    void hoursTileYearsOfZonesOfManyKinds()
    {
        for (String name : List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "America/Caracas", "+05:45")) {
            ZoneId zone = ZoneId.of(name);
            Window window = Windows.of(HOUR, zone, Instant.parse("2014-06-01T00:00:00Z"));
            while (window.end().isBefore(Instant.parse("2019-06-01T00:00:00Z"))) {
                Window next = Windows.of(HOUR, zone, window.end());
                assertThat(next.start()).isEqualTo(window.end());
                assertThat(Duration.between(next.start(), next.end())).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
                window = next;
            }
        }
    }

    @Test
    void windowsStartWhereTheClockSaysSo()
    {
        for (ZoneId zone : zones()) {
            for (Instant moment = FIRST; moment.isBefore(LAST); moment = moment.plus(Duration.ofHours(1237))) {
                LocalDateTime hour = LocalDateTime.ofInstant(Windows.of(HOUR, zone, moment).start(), zone);
                assertThat(hour.getHour()).isEqualTo(LocalDateTime.ofInstant(moment, zone).getHour());
                LocalDate week = LocalDate.ofInstant(Windows.of(WEEK, zone, moment).start(), zone);
                assertThat(week.getDayOfWeek()).isEqualTo(MONDAY);
                assertThat(LocalDate.ofInstant(Windows.of(MONTH, zone, moment).start(), zone).getDayOfMonth()).isEqualTo(1);
            }
        }
    }

    private static List<ZoneId> zones()
    {
        // many names are aliases of one another
        List<ZoneId> zones = new ArrayList<>();
        Set<Integer> rules = new TreeSet<>();
        for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(name);
            if (rules.add(zone.getRules().hashCode())) {
                zones.add(zone);
            }
        }
        assertThat(zones).hasSizeGreaterThan(200);
        return ImmutableList.copyOf(zones);
    }

    private static Duration length(Period period, String zone, String moment)
    {
        Window window = window(period, zone, moment);
        return Duration.between(window.start(), window.end());
    }

    private static Window window(Period period, String zone, String moment)
    {
        return new Budget("budget", Per.USER, period, ZoneId.of(zone), OptionalLong.of(1), OptionalLong.empty(), List.of()).window(Instant.parse(moment));
    }

    private static Window between(String start, String end)
    {
        return new Window(Instant.parse(start), Instant.parse(end));
    }
}
