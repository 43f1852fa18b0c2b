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

    private final Set<TranslationNote> notes = new LinkedHashSet<>();

    void meaning(String text)
    {
        add(TranslationNote.meaning(text));
    }

    void limit(String text)
    {
        add(TranslationNote.limit(text));
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
}
