package io.tarn.athena.dialect;

import static java.util.Objects.requireNonNull;

/**
 * Something to know about a translated statement, in one sentence for the user.
 */
public record TranslationNote(Kind kind, String text)
{
    public enum Kind
    {
        /**
         * The statement means something else than it did.
         */
        MEANING,
        /**
         * Athena itself has a limit here that Trino does not have.
         */
        LIMIT,
        /**/
    }

    public TranslationNote
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
    }

    public static TranslationNote meaning(String text)
    {
        return new TranslationNote(Kind.MEANING, text);
    }

    public static TranslationNote limit(String text)
    {
        return new TranslationNote(Kind.LIMIT, text);
    }
}
