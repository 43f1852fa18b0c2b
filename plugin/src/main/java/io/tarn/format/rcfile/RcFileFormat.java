package io.tarn.format.rcfile;

import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.WholeFile;
import io.tarn.format.line.source.WholeFileFormat;
import io.trino.hive.formats.encodings.ColumnEncoding;
import io.trino.hive.formats.encodings.ColumnEncodingFactory;
import io.trino.hive.formats.encodings.binary.BinaryColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.TrinoException;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.HiveClassNames.COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_BINARY_COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.RCFILE_INPUT_FORMAT_CLASS;

/**
 * RC files, whose values are texts with ColumnarSerDe and binary with LazyBinaryColumnarSerDe. Columns are those of the
 * file by their position; what a file lacks is null. A file is read from its start to its end: columns that are not
 * asked for are fetched, and not decoded.
 */
public class RcFileFormat
        extends WholeFileFormat<List<ColumnEncoding>, RcPages>
{
    private static final Set<String> SERDES = Set.of(COLUMNAR_SERDE_CLASS, LAZY_BINARY_COLUMNAR_SERDE_CLASS);

    public RcFileFormat()
    {
        super("RC");
    }

    @Override
    public String name()
    {
        return "RCFILE";
    }

    @Override
    public boolean accepts(FileSchema schema)
    {
        return SERDES.contains(schema.serde()) && (schema.inputFormat().isEmpty() || schema.inputFormat().equals(RCFILE_INPUT_FORMAT_CLASS));
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return true;
    }

    @Override
    protected WholeFile openFile(FileRead read)
            throws IOException
    {
        return WholeFile.open(read.fileSystem(), read.slice());
    }

    @Override
    protected RcPages reader(FileRead read, WholeFile file, List<ColumnEncoding> decoding, LocalMemoryContext memoryUsage)
            throws IOException
    {
        return new RcPages(file, read.slice().fileLength(), read.columns(), decoding, memoryUsage);
    }

    @Override
    protected FileErrors errors(FileRead read, Optional<RcPages> reader)
    {
        return new RcErrors(read.slice().location(), read.slice().fileLength());
    }

    @Override
    protected List<ColumnEncoding> decoding(FileRead read)
    {
        try {
            ColumnEncodingFactory factory = read.schema().serde().equals(COLUMNAR_SERDE_CLASS)
                    ? new TextColumnEncodingFactory(TextEncodingOptions.fromSchema(read.schema().properties()))
                    : new BinaryColumnEncodingFactory(DateTimeZone.UTC);
            return read.columns().stream()
                    .map(column -> factory.getEncoding(column.type()))
                    .collect(toImmutableList());
        }
        catch (RuntimeException e) {
            throw new TrinoException(TARN_INVALID_METADATA, "The table or partition of %s cannot be read with SerDe '%s' as it is declared: %s. Correct its columns or properties."
                    .formatted(read.slice().location(), read.schema().serde(), e.getMessage()), e);
        }
    }
}
