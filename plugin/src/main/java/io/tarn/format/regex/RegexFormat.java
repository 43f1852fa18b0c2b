package io.tarn.format.regex;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.trino.hive.formats.line.regex.RegexDeserializerFactory;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.VarbinaryType;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.hive.formats.HiveClassNames.REGEX_SERDE_CLASS;

/**
 * Text that a regular expression takes apart, one group a column, as RegexSerDe reads it. Its properties:
 * {@code input.regex}, {@code input.regex.case.insensitive}. A line that does not match as a whole is a row of nulls; so
 * is a column beyond the last group, and a value that does not fit its column.
 */
public class RegexFormat
        extends LineFormat
{
    public RegexFormat()
    {
        super("REGEX", ImmutableSet.of(REGEX_SERDE_CLASS));
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        for (FileColumn column : columns) {
            boolean holdsText = switch (column.type()) {
                case ArrayType _, MapType _, RowType _, VarbinaryType _ -> false;
                default -> true;
            };
            checkArgument(holdsText, "a group cannot be read as column '%s' of type '%s'", column.name(), column.hiveType());
        }
        return new LineDecoder(new RegexDeserializerFactory().create(libraryColumns(columns), schema.properties()));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Check the property 'input.regex' of the table; the column \"$line\" shows the lines as they are.";
    }
}
