package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * A statement that Athena knows and refuses.
 *
 * @param text as it was written, without a closing semicolon
 */
public record RefusedStatement(RefusedKind kind, String text)
        implements AthenaStatement
{
    public RefusedStatement
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
    }

    /**
     * Why, and what to do instead, in one sentence for the user.
     */
    public String reason()
    {
        return kind.reason();
    }
}
