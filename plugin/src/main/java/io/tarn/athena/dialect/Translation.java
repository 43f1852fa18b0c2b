package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A statement in the other dialect.
 *
 * @param before what is to be run first, one after the other, where one statement became several; a statement that fails
 *         leaves what those before it have done
 * @param statement the one whose result is the result; the very text that came in where nothing was to be changed
 */
public record Translation(List<String> before, String statement, List<TranslationNote> notes)
{
    public Translation
    {
        before = ImmutableList.copyOf(before);
        requireNonNull(statement, "statement is null");
        notes = ImmutableList.copyOf(notes);
    }

    public static Translation of(String statement, TranslationNote... notes)
    {
        return new Translation(ImmutableList.of(), statement, ImmutableList.copyOf(notes));
    }

    /**
     * @param statements at least one, in the order they are to be run in
     */
    static Translation of(List<String> statements, List<TranslationNote> notes)
    {
        return new Translation(statements.subList(0, statements.size() - 1), statements.getLast(), notes);
    }

    /**
     * All statements, in the order they are to be run in.
     */
    public List<String> statements()
    {
        return ImmutableList.<String>builder().addAll(before).add(statement).build();
    }

    /**
     * Each note once.
     */
    Translation withNotes(List<TranslationNote> more)
    {
        return new Translation(before, statement, ImmutableSet.<TranslationNote>builder().addAll(notes).addAll(more).build().asList());
    }
}
