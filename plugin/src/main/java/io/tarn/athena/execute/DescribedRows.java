package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableList.Builder;

import java.util.Iterator;
import java.util.List;

/**
 * Rows of three cells as Athena prints them: filled up with blanks to twenty characters, and joined with tabs they are
 * the lines of its text.
 */
final class DescribedRows
{
    private static final int WIDTH = 20;
    // what Athena puts where Hive has nothing
    private static final String NOTHING = " ";

    private final Builder<List<String>> rows = ImmutableList.builder();

    void row(String first, String second, String third)
    {
        rows.add(ImmutableList.of(padded(first), padded(second), padded(third)));
    }

    void heading(String text)
    {
        rows.add(ImmutableList.of(text, NOTHING, NOTHING));
    }

    void emptyLine()
    {
        heading("");
    }

    void field(String name, String value)
    {
        rows.add(ImmutableList.of(padded(name), padded(value), NOTHING));
    }

    void parameter(String name, String value)
    {
        rows.add(ImmutableList.of("", padded(name), padded(value)));
    }

    void text(String name, String value)
    {
        rows.add(ImmutableList.of(name, value, ""));
    }

    Iterator<List<String>> iterator()
    {
        return rows.build().iterator();
    }

    private static String padded(String text)
    {
        return text.length() >= WIDTH ? text : text + " ".repeat(WIDTH - text.length());
    }
}
