package io.tarn.server.glue;

import com.google.common.collect.ImmutableList;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * A part of a listing.
 *
 * @param lastKey where the next part begins after; empty where there is none
 */
record Page<T>(List<T> rows, Optional<String> lastKey)
{
    /**
     * A page ends early when its definitions are this long: columns may be many, and answers are held in memory.
     */
    static final int MAX_CHARACTERS = 4 << 20;

    Page
    {
        rows = ImmutableList.copyOf(rows);
        requireNonNull(lastKey, "lastKey is null");
    }

    /**
     * Runs a query whose first column is the key that it is ordered by and whose second is a definition, until the page
     * is full. Rows whose key is not wanted cost no more than reading it.
     */
    static <T> Page<T> read(Query query, int limit, Predicate<String> wanted, RowReader<T> reader)
    {
        return query.scanResultSet((results, _) -> {
            try (ResultSet rows = results.get()) {
                ImmutableList.Builder<T> page = ImmutableList.builder();
                String lastKey = null;
                int count = 0;
                long characters = 0;
                while (rows.next()) {
                    String key = rows.getString(1);
                    if (!wanted.test(key)) {
                        continue;
                    }
                    if (count == limit || characters >= MAX_CHARACTERS) {
                        return new Page<>(page.build(), Optional.of(lastKey));
                    }
                    String definition = rows.getString(2);
                    page.add(reader.read(key, definition, rows));
                    lastKey = key;
                    count++;
                    characters += definition.length();
                }
                return new Page<>(page.build(), Optional.empty());
            }
        });
    }

    <R> List<R> map(Function<T, R> function)
    {
        return rows.stream().map(function).toList();
    }

    interface RowReader<T>
    {
        T read(String key, String definition, ResultSet row)
                throws SQLException;
    }
}
