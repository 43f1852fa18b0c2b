package io.tarn.testdata;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is true of a {@link SampleLake}: the answers that queries must give. A page is named as {@code Cats/Treats}, and
 * requests count whatever their method and status unless said otherwise. Names that never occur have no entry.
 *
 * @param requests rows of {@code useractivity}
 * @param bytes sum of {@code bytes}
 * @param profiles rows of {@code userprofile}
 * @param zipCodes rows of {@code zipcodes}
 * @param users distinct usernames in {@code useractivity}
 * @param requestsByPage by page
 * @param requestsByMethod by {@code GET}, {@code PUT}, {@code DELETE}
 * @param requestsByPageAndMethod by page, then method
 * @param requestsByStatus by {@code http}
 * @param requestsByDayAndPage by day in UTC, then page
 * @param requestsByGender by the {@code gender} of the customer who asked
 * @param topUserByPage who asked most for a page
 * @param usersByState distinct usernames in {@code useractivity} by the state of their profile's zip
 * @param profilesByAge customers by {@code age}, whether active or not
 * @param zipCodesByState rows of {@code zipcodes} by state
 */
public record Facts(
        long requests,
        long bytes,
        long profiles,
        long zipCodes,
        long users,
        SortedMap<String, Long> requestsByPage,
        SortedMap<String, Long> requestsByMethod,
        SortedMap<String, SortedMap<String, Long>> requestsByPageAndMethod,
        SortedMap<Integer, Long> requestsByStatus,
        SortedMap<LocalDate, SortedMap<String, Long>> requestsByDayAndPage,
        SortedMap<String, Long> requestsByGender,
        SortedMap<String, TopUser> topUserByPage,
        SortedMap<String, Long> usersByState,
        SortedMap<Integer, Long> profilesByAge,
        SortedMap<String, Long> zipCodesByState)
{
    public Facts
    {
        requestsByPage = copy(requestsByPage);
        requestsByMethod = copy(requestsByMethod);
        requestsByPageAndMethod = copy(requestsByPageAndMethod);
        requestsByStatus = copy(requestsByStatus);
        requestsByDayAndPage = copy(requestsByDayAndPage);
        requestsByGender = copy(requestsByGender);
        topUserByPage = copy(topUserByPage);
        usersByState = copy(usersByState);
        profilesByAge = copy(profilesByAge);
        zipCodesByState = copy(zipCodesByState);
    }

    /**
     * Requests for the pages that begin so.
     *
     * @param prefix as {@code Dogs/}, or the whole of a page
     */
    public long requestsForPages(String prefix)
    {
        return requestsByPage.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue())
                .sum();
    }

    private static <K, V> SortedMap<K, V> copy(SortedMap<K, V> map)
    {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /**
     * @param username where several asked equally often, the last of them in the order of their names
     */
    public record TopUser(String username, long requests) {}
}
