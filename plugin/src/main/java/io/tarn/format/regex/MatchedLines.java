package io.tarn.format.regex;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.regex.BoundedText.TooManyStepsException;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Takes lines apart by a regular expression whose groups are columns. A line that does not match is a row of nulls; a
 * column is null where none of its groups matched, and where what matched is no value of its type. An expression that
 * takes too many steps over a line fails.
 */
public final class MatchedLines
        implements LineDeserializer
{
    private final Pattern pattern;
    private final boolean whole;
    private final List<Type> types;
    private final List<TextValues> values;
    private final List<List<Integer>> groups;

    /**
     * @param whole whether the whole line must match, rather than any part of it
     * @param groups for each column the numbers of its groups, of which the first that matched counts
     * @throws IllegalArgumentException where a column's type is none that a text can be
     */
    public MatchedLines(Pattern pattern, boolean whole, List<FileColumn> columns, List<List<Integer>> groups)
    {
        this.pattern = requireNonNull(pattern, "pattern is null");
        this.whole = whole;
        this.types = columns.stream().map(FileColumn::type).collect(toImmutableList());
        this.values = columns.stream().map(TextValues::of).collect(toImmutableList());
        this.groups = groups.stream().map(ImmutableList::copyOf).collect(toImmutableList());
    }

    @Override
    public List<? extends Type> getTypes()
    {
        return types;
    }

    @Override
    public void deserialize(LineBuffer line, PageBuilder page)
            throws IOException
    {
        Matcher matcher = pattern.matcher(new BoundedText(new String(line.getBuffer(), 0, line.getLength(), UTF_8)));
        boolean matches;
        try {
            matches = whole ? matcher.matches() : matcher.find();
        }
        catch (TooManyStepsException e) {
            throw new IOException("its expression goes back and forth over the line without an end; repeat nothing in it that is itself repeated", e);
        }
        catch (StackOverflowError e) {
            throw new IOException("its expression is too deep for a line of this length; use possessive repetition, as in (?:…)*+", e);
        }
        page.declarePosition();
        for (int channel = 0; channel < types.size(); channel++) {
            BlockBuilder builder = page.getBlockBuilder(channel);
            String text = matches ? text(matcher, groups.get(channel)) : null;
            if (text == null || !written(values.get(channel), text, builder)) {
                builder.appendNull();
            }
        }
    }

    private static String text(Matcher matcher, List<Integer> groups)
    {
        for (int group : groups) {
            String text = matcher.group(group);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static boolean written(TextValues values, String text, BlockBuilder builder)
    {
        try {
            values.write(text, builder);
            return true;
        }
        catch (RuntimeException _) {
            // Hive has nulls for what does not fit
            return false;
        }
    }
}
