package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers notes, each once and not without end.
 */
final class Notes
{
    // a text of a megabyte can break a limit a thousand times
    private static final int MOST = 100;

    private static final int MOST_WRITTEN_PARTITIONS = 100;

    private final Set<TranslationNote> notes = new LinkedHashSet<>();

    void meaning(String text)
    {
        add(TranslationNote.meaning(text));
    }

    void limit(String text)
    {
        add(TranslationNote.limit(text));
    }

    /**
     * For a statement that writes files by partition: Trino writes as many as there are.
     */
    void writtenPartitions()
    {
        limit("Athena writes at most %s partitions and buckets with one statement; INSERT INTO adds others".formatted(MOST_WRITTEN_PARTITIONS));
    }

    private void add(TranslationNote note)
    {
        if (notes.size() < MOST) {
            notes.add(note);
        }
    }

    List<TranslationNote> list()
    {
        return ImmutableList.copyOf(notes);
    }

    void addAll(Notes more)
    {
        more.notes.forEach(this::add);
    }
}
