package io.tarn.format.csv;

import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.write.LineEncoder;
import io.tarn.format.line.write.LineFormatWriter;

import java.util.List;

import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static java.util.Objects.requireNonNull;

/**
 * CSV as OpenCSVSerde reads it, with the properties and the types that {@link CsvFormat} reads. Every field is quoted.
 * Quotes and escape characters are escaped by {@code escapeChar}, a backslash where the table names none: OpenCSVSerde
 * writes others than it reads. There are no nulls in CSV, and a write of one fails.
 */
public class CsvFormatWriter
        extends LineFormatWriter
{
    private final CsvFormat format;

    @Inject
    public CsvFormatWriter(CsvFormat format)
    {
        super(format, OPENCSV_SERDE_CLASS);
        this.format = requireNonNull(format, "format is null");
    }

    @Override
    protected LineEncoder createEncoder(FileSchema schema)
    {
        return new CsvEncoder(schema);
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        return format.createDecoder(columns, schema);
    }
}
