package io.tarn.ddl;

import com.google.common.collect.ImmutableList;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a statement says of files that are to be written of a query's rows; not checked yet.
 *
 * @param columns of the query, in its order
 * @param partitionedBy names of columns, as written
 */
public record UnloadRequest(
        List<Column> columns,
        String location,
        String format,
        Optional<String> compression,
        Optional<Long> compressionLevel,
        Optional<String> fieldDelimiter,
        List<String> partitionedBy)
{
    public UnloadRequest
    {
        columns = ImmutableList.copyOf(columns);
        requireNonNull(location, "location is null");
        requireNonNull(format, "format is null");
        requireNonNull(compression, "compression is null");
        requireNonNull(compressionLevel, "compressionLevel is null");
        requireNonNull(fieldDelimiter, "fieldDelimiter is null");
        partitionedBy = ImmutableList.copyOf(partitionedBy);
    }

    /**
     * @param name empty where the query gives it none
     */
    public record Column(Optional<String> name, Type type)
    {
        public Column
        {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
        }
    }
}
