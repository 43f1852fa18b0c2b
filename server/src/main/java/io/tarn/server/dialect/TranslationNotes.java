package io.tarn.server.dialect;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import io.tarn.athena.dialect.TranslationNote;

import java.time.Duration;
import java.util.List;

/**
 * What is to be said of translated statements, from when they have become a query until Trino analyzes it. Queries that
 * wait longer for that are told nothing, as are those of which nobody asks how they go.
 */
final class TranslationNotes
{
    private static final int MOST_QUERIES = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Cache<String, List<TranslationNote>> notes = CacheBuilder.newBuilder()
            .maximumSize(MOST_QUERIES)
            .expireAfterWrite(LONGEST_WAIT)
            .build();

    void put(String queryId, List<TranslationNote> notes)
    {
        this.notes.put(queryId, ImmutableList.copyOf(notes));
    }

    /**
     * Returns them once.
     */
    List<TranslationNote> take(String queryId)
    {
        List<TranslationNote> taken = notes.asMap().remove(queryId);
        return taken == null ? ImmutableList.of() : taken;
    }
}
