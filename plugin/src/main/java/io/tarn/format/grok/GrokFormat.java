package io.tarn.format.grok;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.grok.GrokExpression.Captures;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.tarn.format.regex.MatchedLines;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;

/**
 * Text that a Grok expression takes apart, as Athena's Grok SerDe reads it. Its properties: {@code input.format}, the
 * expression, and {@code input.grokCustomPatterns}, patterns beside those of Logstash. A column is the field of its
 * name, letter case aside. A line in which the expression is not found is a row of nulls; so is a column that no field
 * has the name of, and a value that does not fit its column. An expression that takes too many steps over a line is an
 * error.
 */
public class GrokFormat
        extends LineFormat
{
    static final String EXPRESSION = "input.format";
    static final String CUSTOM_PATTERNS = "input.grokCustomPatterns";

    public GrokFormat()
    {
        super("GROK", ImmutableSet.of("com.amazonaws.glue.serde.GrokSerDe"));
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        String expression = schema.properties().get(EXPRESSION);
        checkArgument(expression != null, "property '%s' is missing", EXPRESSION);
        Captures captures = GrokExpression.compile(
                expression,
                GrokPatterns.of(schema.properties().getOrDefault(CUSTOM_PATTERNS, "")),
                columns.stream().map(GrokFormat::field).collect(toImmutableSet()));
        return new LineDecoder(new MatchedLines(
                captures.pattern(),
                false,
                columns,
                columns.stream().map(column -> captures.groups().get(field(column))).collect(toImmutableList())));
    }

    private static String field(FileColumn column)
    {
        return column.name().toLowerCase(ENGLISH);
    }

    @Override
    protected String malformedRemedy()
    {
        return "Check the property 'input.format' of the table; the column \"$line\" shows the lines as they are.";
    }
}
