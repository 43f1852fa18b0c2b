package io.tarn.bench.quota;

import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;

/**
 * Workgroups of two budgets each, which never refuse.
 */
final class BenchPolicy
{
    static final int TEAMS = 10;

    private BenchPolicy() {}

    static String user(int number)
    {
        return "user-" + number;
    }

    /**
     * The workgroup of a user.
     */
    static String team(int user)
    {
        return "team-" + user % TEAMS;
    }

    /**
     * The properties of an access control by this policy.
     *
     * @param ledger name of the ledger's file in the folder
     */
    static Map<String, String> properties(Path folder, String ledger)
            throws IOException
    {
        return ImmutableMap.of(
                "quota.policy-file", write(folder).toString(),
                "quota.ledger.url", "jdbc:sqlite:" + folder.resolve(ledger));
    }

    static Path write(Path folder)
            throws IOException
    {
        String workgroups = IntStream.range(0, TEAMS)
                .mapToObj("""
                          {
                            "name": "team-%1$s",
                            "selectors": [{"user": "user-[0-9]*%1$s"}],
                            "limits": {"bytes": "1PB", "price": 1000000},
                            "budgets": [
                              {"name": "daily", "per": "user", "period": "day", "bytes": "100PB"},
                              {"name": "monthly", "per": "workgroup", "period": "month", "price": 1000000}
                            ]
                          }"""::formatted)
                .collect(joining(",\n"));
        return Files.writeString(folder.resolve("quotas.json"), "{\"workgroups\": [\n%s\n]}\n".formatted(workgroups));
    }
}
