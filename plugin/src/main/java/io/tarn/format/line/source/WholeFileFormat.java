package io.tarn.format.line.source;

import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileFormat;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.NestedFields;
import io.tarn.format.PageReader;
import io.tarn.format.ReadEstimate;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.util.Objects.requireNonNull;

/**
 * A format whose files are read by one reader each, from the start to the end.
 *
 * @param <D> what a reader needs to know of the columns
 * @param <R> what reads a file
 */
public abstract class WholeFileFormat<D, R extends PageReader>
        implements FileFormat
{
    private final String kind;

    /**
     * @param kind of files, as messages call them
     */
    protected WholeFileFormat(String kind)
    {
        this.kind = requireNonNull(kind, "kind is null");
    }

    /**
     * Settles how the columns are read, before the file is opened.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_INVALID_METADATA} where they cannot be as they are declared
     */
    protected abstract D decoding(FileRead read);

    protected abstract WholeFile openFile(FileRead read)
            throws IOException;

    /**
     * @param file is closed here where this fails, and else by the reader
     */
    protected abstract R reader(FileRead read, WholeFile file, D decoding, LocalMemoryContext memoryUsage)
            throws IOException;

    /**
     * @param reader empty where the file could not be opened
     */
    protected abstract FileErrors errors(FileRead read, Optional<R> reader);

    @Override
    public final boolean splittable(FileSchema schema, String fileName)
    {
        return false;
    }

    @Override
    public final boolean columnar()
    {
        return false;
    }

    @Override
    public final ConnectorPageSource open(FileRead read)
    {
        read.requireNoLines(kind);
        return NestedFields.open(read, this::openFields);
    }

    /**
     * The file, also where few of its rows are asked for.
     */
    @Override
    public final ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
    {
        read.requireNoLines(kind);
        return new ReadEstimate(read.slice().fileLength(), OptionalLong.empty(), read.limit().isEmpty());
    }

    private ConnectorPageSource openFields(FileRead read)
    {
        if (read.slice().isEmpty()) {
            return new EmptyPageSource();
        }
        D decoding = decoding(read);
        AggregatedMemoryContext memoryContext = newAggregatedMemoryContext(read.memoryContext());
        try {
            R reader = reader(read, decoding, memoryContext.newLocalMemoryContext(kind));
            return new FilePageSource(reader, memoryContext, errors(read, Optional.of(reader)), read.maxRows());
        }
        catch (IOException | RuntimeException e) {
            memoryContext.close();
            throw errors(read, Optional.empty()).reading(Optional.empty(), e);
        }
    }

    private R reader(FileRead read, D decoding, LocalMemoryContext memoryUsage)
            throws IOException
    {
        WholeFile file = openFile(read);
        try {
            return reader(read, file, decoding, memoryUsage);
        }
        catch (IOException | RuntimeException e) {
            closeAllSuppress(e, file);
            throw e;
        }
    }
}
