package io.tarn.format.text;

import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.write.LineEncoder;
import io.tarn.format.line.write.LineFormatWriter;

import java.util.List;

import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static java.util.Objects.requireNonNull;

/**
 * Delimited text as LazySimpleSerDe writes it, with the properties that {@link TextFormat} reads. Refused are texts
 * that have a delimiter in them where the table has no {@code escape.delim}, or in arrays and maps, where readers take
 * escapes apart wrongly; what looks like a null; and what lists and maps cannot tell apart, as an array of one empty
 * text from an empty one.
 */
public class TextFormatWriter
        extends LineFormatWriter
{
    private final TextFormat format;

    @Inject
    public TextFormatWriter(TextFormat format)
    {
        super(format, LAZY_SIMPLE_SERDE_CLASS);
        this.format = requireNonNull(format, "format is null");
    }

    @Override
    protected LineEncoder createEncoder(FileSchema schema)
    {
        return new TextEncoder(schema);
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        return format.createDecoder(columns, schema);
    }
}
