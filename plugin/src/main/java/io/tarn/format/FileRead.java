package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static java.util.Objects.requireNonNull;

/**
 * A request to read a slice of a file.
 *
 * @param session gives a format its own session properties
 * @param fileSystem opens {@code slice.location()}
 * @param slice which bytes; a record or row group belongs to the slice in which it starts
 * @param schema what the catalogue says about the file
 * @param columns what to give back, in this order; may be empty, then pages carry only a position count
 * @param predicate rows that do not satisfy it may be left out, none need be; never {@code NONE}
 * @param limit where fewer rows than the slice's are enough
 * @param memoryContext where the reader reports what it holds
 */
public record FileRead(
        ConnectorSession session,
        TrinoFileSystem fileSystem,
        FileSlice slice,
        FileSchema schema,
        List<FileColumn> columns,
        TupleDomain<FileColumn> predicate,
        Optional<ReadLimit> limit,
        MemoryContext memoryContext)
{
    public FileRead
    {
        requireNonNull(session, "session is null");
        requireNonNull(fileSystem, "fileSystem is null");
        requireNonNull(slice, "slice is null");
        requireNonNull(schema, "schema is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(predicate, "predicate is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(memoryContext, "memoryContext is null");
    }

    /**
     * A read of all rows.
     */
    public FileRead(
            ConnectorSession session,
            TrinoFileSystem fileSystem,
            FileSlice slice,
            FileSchema schema,
            List<FileColumn> columns,
            TupleDomain<FileColumn> predicate,
            MemoryContext memoryContext)
    {
        this(session, fileSystem, slice, schema, columns, predicate, Optional.empty(), memoryContext);
    }

    /**
     * The same read of other columns.
     */
    public FileRead withColumns(List<FileColumn> columns)
    {
        return new FileRead(session, fileSystem, slice, schema, columns, predicate, limit, memoryContext);
    }

    /**
     * How many rows are enough.
     */
    public long maxRows()
    {
        return limit.map(ReadLimit::rows).orElse(Long.MAX_VALUE);
    }

    /**
     * @param kind of the file, which has no lines
     * @throws TrinoException {@code TARN_UNSUPPORTED_FORMAT} where its lines, or what is made of them, are asked for
     */
    public void requireNoLines(String kind)
    {
        for (FileColumn column : columns) {
            if (column.isOfRecord()) {
                throw new TrinoException(TARN_UNSUPPORTED_FORMAT, "%s file %s has no lines, so column '%s' cannot be read from it. Leave the column out of the query."
                        .formatted(kind, slice.location(), column.name()));
            }
        }
    }
}
