package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import io.tarn.testdata.Facts;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The questions of the story, with the answers that the lake's generator knows.
 */
public final class Questions
{
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST = Map.Entry.<String, Long>comparingByValue().reversed()
            .thenComparing(Map.Entry.comparingByKey());

    private Questions() {}

    public static List<Question> about(Facts facts)
    {
        return ImmutableList.of(
                new Question(
                        "How many requests were there for dog pages?",
                        """
                        SELECT count(*) AS requests
                        FROM workshop.useractivity
                        WHERE request LIKE '%/petstore/Dogs/%'
                        """,
                        List.of(List.of(facts.requestsForPages("Dogs/")))),
                new Question(
                        "Who asked most for each page?",
                        """
                        SELECT
                          "page",
                          "max_by"("username", ROW("requests", "username")) AS "username",
                          "max"("requests") AS "requests"
                        FROM (
                          SELECT "split_part"("request", '/petstore/', 2) AS "page", "username", "count"(*) AS "requests"
                          FROM "workshop"."useractivity"
                          GROUP BY 1, 2
                        )
                        GROUP BY 1
                        ORDER BY 1
                        """,
                        facts.topUserByPage().entrySet().stream()
                                .map(entry -> row(entry.getKey(), entry.getValue().username(), entry.getValue().requests()))
                                .collect(toImmutableList())),
                new Question(
                        "How many requests failed, and how many did not?",
                        """
                        SELECT http, "count"(*) AS requests
                        FROM "AwsDataCatalog"."workshop"."useractivity"
                        GROUP BY http
                        ORDER BY http
                        """,
                        rows(facts.requestsByStatus())),
                new Question(
                        "How many requests came from women, and how many from men?",
                        """
                        SELECT p.gender, count(*) AS requests
                        FROM workshop.useractivity a
                        JOIN workshop.userprofile p ON a.username = p.username
                        GROUP BY p.gender
                        ORDER BY p.gender
                        """,
                        rows(facts.requestsByGender())),
                new Question(
                        "In which states do most of the active customers live?",
                        """
                        SELECT z.state, count(DISTINCT a.username) AS users
                        FROM workshop.useractivity a
                        JOIN workshop.userprofile p ON a.username = p.username
                        JOIN workshop.zipcodes z ON p.zip = z.zipcode
                        GROUP BY z.state
                        ORDER BY users DESC, z.state
                        """,
                        mostFirst(facts.usersByState())),
                new Question(
                        "How many customers are there of each age? (an old-style comma join, to those whose zip code is known)",
                        """
                        SELECT CAST(p.age AS integer) AS age, count(*) AS customers
                        FROM workshop.userprofile p, workshop.zipcodes z
                        WHERE p.zip = z.zipcode
                        GROUP BY 1
                        ORDER BY 1
                        """,
                        rows(facts.profilesByAge())),
                new Question(
                        "Which pages are asked for most? (a view as Athena writes it into Glue, without an owner)",
                        """
                        SELECT page, requests
                        FROM workshop.activity_by_page
                        ORDER BY requests DESC, page
                        """,
                        mostFirst(facts.requestsByPage())));
    }

    private static List<List<Object>> mostFirst(SortedMap<String, Long> counts)
    {
        return counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(toImmutableList());
    }

    private static List<List<Object>> rows(SortedMap<?, Long> counts)
    {
        return counts.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(toImmutableList());
    }

    private static List<Object> row(Object... values)
    {
        return ImmutableList.copyOf(values);
    }
}
