package io.tarn.format.text;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.hive.formats.line.simple.SimpleDeserializer;

import java.util.List;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;

/**
 * Delimited text as LazySimpleSerDe reads it, which is also what a table without a SerDe has. Its properties:
 * {@code field.delim} or {@code serialization.format}, {@code escape.delim}, {@code collection.delim} (also in Hive's
 * spelling {@code colelction.delim}), {@code mapkey.delim}, {@code serialization.null.format},
 * {@code serialization.last.column.takes.rest}, {@code timestamp.formats}. A value that does not fit its column is null.
 */
public class TextFormat
        extends LineFormat
{
    private static final String LINE_DELIMITER = "line.delim";
    private static final Set<String> LINE_ENDS = ImmutableSet.of("", "\n", "\\n", "10", "\r\n", "\\r\\n");

    public TextFormat()
    {
        super("TEXTFILE", ImmutableSet.of(LAZY_SIMPLE_SERDE_CLASS, ""));
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        String lineDelimiter = schema.properties().getOrDefault(LINE_DELIMITER, "\n");
        checkArgument(LINE_ENDS.contains(lineDelimiter), "property '%s' is '%s', but lines can only end with \\n", LINE_DELIMITER, lineDelimiter);
        return new LineDecoder(new SimpleDeserializer(libraryColumns(columns), TextEncodingOptions.fromSchema(schema.properties()), schema.fields().size()));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Check the delimiters of the table; the column \"$line\" shows the lines as they are.";
    }
}
