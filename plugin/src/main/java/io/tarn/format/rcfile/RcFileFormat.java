package io.tarn.format.rcfile;

import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.NestedFields;
import io.tarn.format.ReadEstimate;
import io.tarn.format.line.source.WholeFile;
import io.trino.hive.formats.encodings.ColumnEncoding;
import io.trino.hive.formats.encodings.ColumnEncodingFactory;
import io.trino.hive.formats.encodings.binary.BinaryColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.HiveClassNames.COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_BINARY_COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.RCFILE_INPUT_FORMAT_CLASS;
import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;

/**
 * RC files, whose values are texts with ColumnarSerDe and binary with LazyBinaryColumnarSerDe. Columns are those of the
 * file by their position; what a file lacks is null. A file is read from its start to its end: columns that are not
 * asked for are fetched, and not decoded.
 */
public class RcFileFormat
        implements FileFormat
{
    private static final Set<String> SERDES = Set.of(COLUMNAR_SERDE_CLASS, LAZY_BINARY_COLUMNAR_SERDE_CLASS);

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
    public boolean splittable(FileSchema schema, String fileName)
    {
        return false;
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return true;
    }

    @Override
    public boolean columnar()
    {
        return false;
    }

    @Override
    public ConnectorPageSource open(FileRead read)
    {
        read.requireNoLines("RC");
        return NestedFields.open(read, this::openFields);
    }

    /**
     * The file, also where few of its rows are asked for.
     */
    @Override
    public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines("RC");
        return new ReadEstimate(read.slice().fileLength(), OptionalLong.empty(), read.limit().isEmpty());
    }

    private ConnectorPageSource openFields(FileRead read)
    {
        FileSlice slice = read.slice();
        if (slice.isEmpty()) {
            return new EmptyPageSource();
        }
        List<ColumnEncoding> encodings = encodings(read);
        RcErrors errors = new RcErrors(slice.location(), slice.fileLength());
        AggregatedMemoryContext memoryContext = newAggregatedMemoryContext(read.memoryContext());
        try {
            RcPages pages = open(read, encodings, memoryContext.newLocalMemoryContext(RcPages.class.getSimpleName()));
            return new FilePageSource(pages, memoryContext, errors, read.maxRows());
        }
        catch (IOException | RuntimeException e) {
            memoryContext.close();
            throw errors.reading(Optional.empty(), e);
        }
    }

    private static RcPages open(FileRead read, List<ColumnEncoding> encodings, LocalMemoryContext memoryUsage)
            throws IOException
    {
        WholeFile file = WholeFile.open(read.fileSystem(), read.slice());
        try {
            return new RcPages(file, read.slice().fileLength(), read.columns(), encodings, memoryUsage);
        }
        catch (IOException | RuntimeException e) {
            closeAllSuppress(e, file);
            throw e;
        }
    }

    private static List<ColumnEncoding> encodings(FileRead read)
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
