package io.tarn.format.regex;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;

import java.util.List;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.hive.formats.HiveClassNames.REGEX_SERDE_CLASS;
import static java.util.regex.Pattern.DOTALL;

/**
 * Text that a regular expression takes apart, one group a column, as RegexSerDe reads it. Its properties:
 * {@code input.regex}, {@code input.regex.case.insensitive}. A line that does not match as a whole is a row of nulls; so
 * is a column beyond the last group, and a value that does not fit its column. An expression that takes too many steps
 * over a line is an error.
 */
public class RegexFormat
        extends LineFormat
{
    private static final String EXPRESSION = "input.regex";
    private static final String CASE_INSENSITIVE = "input.regex.case.insensitive";

    public RegexFormat()
    {
        super("REGEX", ImmutableSet.of(REGEX_SERDE_CLASS));
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        String regex = schema.properties().get(EXPRESSION);
        checkArgument(regex != null, "property '%s' is missing", EXPRESSION);
        boolean caseInsensitive = Boolean.parseBoolean(schema.properties().get(CASE_INSENSITIVE));
        Pattern pattern = Pattern.compile(regex, DOTALL | (caseInsensitive ? Pattern.CASE_INSENSITIVE : 0));
        int groups = pattern.matcher("").groupCount();
        return new LineDecoder(new MatchedLines(
                pattern,
                true,
                columns,
                columns.stream()
                        .map(column -> column.ordinal() < groups ? ImmutableList.of(column.ordinal() + 1) : ImmutableList.<Integer>of())
                        .collect(toImmutableList())));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Check the property 'input.regex' of the table; the column \"$line\" shows the lines as they are.";
    }
}
