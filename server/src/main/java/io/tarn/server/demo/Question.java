package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Something to ask of the sample lake.
 *
 * @param title the question in words
 * @param expectation the rows that must come back, in order; values are strings, or numbers, which are the same when
 *         their values are, whatever their types
 */
public record Question(String title, String sql, List<List<Object>> expectation)
{
    public Question
    {
        requireNonNull(title, "title is null");
        requireNonNull(sql, "sql is null");
        expectation = expectation.stream().<List<Object>>map(ImmutableList::copyOf).collect(toImmutableList());
    }

    public boolean isAnsweredBy(Answer answer)
    {
        return normalized(expectation).equals(normalized(answer.rows()));
    }

    private static List<List<String>> normalized(List<List<Object>> rows)
    {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }
}
