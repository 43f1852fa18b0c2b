package io.tarn.format.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.trino.hive.formats.line.Column;
import io.trino.hive.formats.line.csv.CsvDeserializerFactory;
import io.trino.spi.TrinoException;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * CSV as OpenCSVSerde reads it. Its properties: {@code separatorChar}, {@code quoteChar}, {@code escapeChar}. As in
 * Athena a field has no line ends in it, and columns are read as what they are declared (see {@link CsvValues}), where
 * Hive and Trino make every column a string. A field that a line lacks is null.
 */
public class CsvFormat
        extends LineFormat
{
    private static final List<String> CHARACTER_PROPERTIES = ImmutableList.of("separatorChar", "quoteChar", "escapeChar");

    public CsvFormat()
    {
        super("CSV", ImmutableSet.of(OPENCSV_SERDE_CLASS));
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        for (String property : CHARACTER_PROPERTIES) {
            checkArgument(!schema.properties().getOrDefault(property, "x").isEmpty(), "property '%s' is empty", property);
        }
        List<Column> textColumns = columns.stream()
                .map(column -> new Column(column.name(), VARCHAR, column.ordinal()))
                .collect(toImmutableList());
        try {
            return new LineDecoder(
                    new CsvDeserializerFactory().create(textColumns, schema.properties()),
                    columns.stream()
                            .map(CsvValues::decoder)
                            .collect(toImmutableList()));
        }
        catch (TrinoException e) {
            // the library says no more than "CSV not supported"; the reason is in the cause
            throw new IllegalArgumentException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    @Override
    protected String malformedRemedy()
    {
        return "Check the separator, quote and escape characters of the table; the column \"$line\" shows the lines as they are.";
    }
}
