package io.tarn.athena.grammar;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One statement of a list.
 *
 * @param text with the comments in it and around it, without blanks around it and without the semicolon
 * @param offset where it begins in the whole text, in {@code char}s
 * @param line in which it begins, the first is 1
 * @param column at which it begins, in characters, the first is 1
 */
public record StatementText(String text, int offset, int line, int column)
{
    public StatementText
    {
        requireNonNull(text, "text is null");
        checkArgument(offset >= 0, "offset is negative");
        checkArgument(line >= 1 && column >= 1, "lines and columns are counted from 1");
    }
}
