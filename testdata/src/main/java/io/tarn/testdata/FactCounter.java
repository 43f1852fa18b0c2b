package io.tarn.testdata;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Makes a lake's rows without writing them, and counts.
 */
final class FactCounter
{
    private static final Page[] PAGES = Page.values();
    private static final Method[] METHODS = Method.values();
    private static final int SECONDS_OF_DAY = 86_400;

    private final SampleLake lake;
    private final long[][] byUserAndPage;
    private final long[][] byDayAndPage = new long[Activity.DAYS][PAGES.length];
    private final long[][] byPageAndMethod = new long[PAGES.length][METHODS.length];
    private final SortedMap<Integer, Long> byStatus = new TreeMap<>();
    private long bytes;

    FactCounter(SampleLake lake)
    {
        this.lake = requireNonNull(lake, "lake is null");
        this.byUserAndPage = new long[lake.profiles()][PAGES.length];
    }

    Facts count()
    {
        long failures = 0;
        for (int file = 0; file < lake.activityFiles(); file++) {
            Activity activity = lake.activity(file);
            while (activity.advance()) {
                byUserAndPage[activity.user()][activity.page().ordinal()]++;
                byDayAndPage[(int) ((activity.second() - Activity.FIRST_SECOND) / SECONDS_OF_DAY)][activity.page().ordinal()]++;
                byPageAndMethod[activity.page().ordinal()][activity.method().ordinal()]++;
                failures += activity.status() == 500 ? 1 : 0;
                bytes += activity.bytes();
            }
        }
        add(byStatus, 200, lake.rows() - failures);
        add(byStatus, 500, failures);

        SortedMap<String, Long> byGender = new TreeMap<>();
        SortedMap<String, Facts.TopUser> topUserByPage = new TreeMap<>();
        SortedMap<String, Long> usersByState = new TreeMap<>();
        SortedMap<Integer, Long> profilesByAge = new TreeMap<>();
        long users = 0;
        for (int user = 0; user < lake.profiles(); user++) {
            Profile profile = lake.profile(user);
            add(profilesByAge, profile.age(), 1);
            long requests = 0;
            for (Page page : PAGES) {
                long count = byUserAndPage[user][page.ordinal()];
                requests += count;
                if (count > 0) {
                    topUserByPage.merge(page.path(), new Facts.TopUser(profile.username(), count), FactCounter::top);
                }
            }
            if (requests > 0) {
                users++;
                add(byGender, profile.gender(), requests);
                add(usersByState, stateOfZip(profile.zipIndex()), 1);
            }
        }

        return new Facts(
                lake.rows(),
                bytes,
                lake.profiles(),
                lake.zips(),
                users,
                byPage(),
                byMethod(),
                byPageAndMethod(),
                byStatus,
                byDayAndPage(),
                byGender,
                topUserByPage,
                usersByState,
                profilesByAge,
                zipCodesByState());
    }

    private SortedMap<String, Long> byPage()
    {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (long[] day : byDayAndPage) {
            for (Page page : PAGES) {
                add(counts, page.path(), day[page.ordinal()]);
            }
        }
        return counts;
    }

    private SortedMap<String, Long> byMethod()
    {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (long[] page : byPageAndMethod) {
            for (Method method : METHODS) {
                add(counts, method.name(), page[method.ordinal()]);
            }
        }
        return counts;
    }

    private SortedMap<String, SortedMap<String, Long>> byPageAndMethod()
    {
        SortedMap<String, SortedMap<String, Long>> pages = new TreeMap<>();
        for (Page page : PAGES) {
            SortedMap<String, Long> methods = new TreeMap<>();
            for (Method method : METHODS) {
                add(methods, method.name(), byPageAndMethod[page.ordinal()][method.ordinal()]);
            }
            if (!methods.isEmpty()) {
                pages.put(page.path(), methods);
            }
        }
        return pages;
    }

    private SortedMap<LocalDate, SortedMap<String, Long>> byDayAndPage()
    {
        SortedMap<LocalDate, SortedMap<String, Long>> days = new TreeMap<>();
        for (int day = 0; day < byDayAndPage.length; day++) {
            SortedMap<String, Long> pages = new TreeMap<>();
            for (Page page : PAGES) {
                add(pages, page.path(), byDayAndPage[day][page.ordinal()]);
            }
            if (!pages.isEmpty()) {
                days.put(LocalDate.ofEpochDay(Activity.FIRST_SECOND / SECONDS_OF_DAY + day), pages);
            }
        }
        return days;
    }

    private SortedMap<String, Long> zipCodesByState()
    {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int index = 0; index < lake.zips(); index++) {
            add(counts, stateOfZip(index), 1);
        }
        return counts;
    }

    private String stateOfZip(int index)
    {
        return State.ofZipCode(ZipCode.code(index, lake.zips())).name();
    }

    private static <K> void add(SortedMap<K, Long> counts, K key, long count)
    {
        if (count > 0) {
            counts.merge(key, count, Long::sum);
        }
    }

    private static Facts.TopUser top(Facts.TopUser left, Facts.TopUser right)
    {
        if (left.requests() != right.requests()) {
            return left.requests() > right.requests() ? left : right;
        }
        return left.username().compareTo(right.username()) > 0 ? left : right;
    }
}
