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

    // of the rows that a database sends at once, where it would else send all
    private static final int FETCH_SIZE = 1000;

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
        Filling<T> page = new Filling<>(limit);
        page.read(query, wanted, reader, row -> row.getString(1));
        return page.page();
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

    /**
     * Tells where the next page begins when this row is the last one.
     */
    interface KeyReader
    {
        String key(ResultSet row)
                throws SQLException;
    }

    /**
     * A page that rows of several queries come into.
     */
    static final class Filling<T>
    {
        private final int limit;
        private final ImmutableList.Builder<T> rows = ImmutableList.builder();
        private int count;
        private long characters;
        private String lastKey;
        private boolean full;

        Filling(int limit)
        {
            this.limit = limit;
        }

        /**
         * @param query gives what tells whether a row is wanted, and its definition
         * @return false where there was a row too much: the page is finished
         */
        boolean read(Query query, Predicate<String> wanted, RowReader<T> reader, KeyReader keys)
        {
            query.setFetchSize(FETCH_SIZE);
            return query.scanResultSet((results, _) -> {
                try (ResultSet row = results.get()) {
                    while (row.next()) {
                        String key = row.getString(1);
                        if (!wanted.test(key)) {
                            continue;
                        }
                        if (isFull()) {
                            full = true;
                            return false;
                        }
                        String definition = row.getString(2);
                        add(keys.key(row), reader.read(key, definition, row), definition.length());
                    }
                    return true;
                }
            });
        }

        /**
         * @param key where the next page begins when this row is the last one
         * @param length of the row's definition, in characters
         * @return false where there was no place for it: the page is finished
         */
        boolean add(String key, T row, int length)
        {
            if (isFull()) {
                full = true;
                return false;
            }
            rows.add(row);
            lastKey = key;
            count++;
            characters += length;
            return true;
        }

        private boolean isFull()
        {
            return count == limit || characters >= MAX_CHARACTERS;
        }

        Page<T> page()
        {
            return new Page<>(rows.build(), full ? Optional.of(lastKey) : Optional.empty());
        }
    }
}
