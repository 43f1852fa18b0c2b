package io.tarn.format.parquet;

import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.predicate.TupleDomainParquetPredicate;
import io.trino.spi.predicate.Domain;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static io.trino.parquet.ParquetTypeUtils.getDescriptors;
import static io.trino.parquet.predicate.PredicateUtils.buildPredicate;
import static java.util.Objects.requireNonNull;

/**
 * What a request takes of one file, found out from the footer alone.
 *
 * @param projection the columns to read
 * @param predicate the filter, in terms of the file's columns
 * @param parquetPredicate the filter, as the library asks row groups with it
 * @param descriptors the leaves that the columns and the filter name
 * @param excludesFile whether no row of the file can satisfy the filter
 */
record ReadPlan(
        Projection projection,
        FilePredicate predicate,
        TupleDomainParquetPredicate parquetPredicate,
        Map<List<String>, ColumnDescriptor> descriptors,
        boolean excludesFile)
{
    ReadPlan
    {
        requireNonNull(projection, "projection is null");
        requireNonNull(predicate, "predicate is null");
        requireNonNull(parquetPredicate, "parquetPredicate is null");
        requireNonNull(descriptors, "descriptors is null");
    }

    /**
     * @param filterable columns for which a filter may yet arrive
     * @throws io.trino.spi.TrinoException {@code TARN_SCHEMA_MISMATCH} where a declared type does not fit the file's
     */
    static ReadPlan create(FileRead read, Set<FileColumn> filterable, FileColumns columns, MessageType fileSchema, ParquetReaderOptions options, DateTimeZone timeZone)
    {
        Map<FileColumn, Domain> candidates = options.isIgnoreStatistics() ? Map.of() : FilePredicate.candidates(read.predicate(), columns, timeZone);
        Set<FileColumn> needed = new LinkedHashSet<>(read.columns());
        needed.addAll(candidates.keySet());
        needed.addAll(filterable);
        MessageType schema = columns.prune(needed);
        MessageColumnIO fields = getColumnIO(fileSchema, schema);
        TypeFit fit = new TypeFit(timeZone, options);
        Projection projection = columns.project(read.columns(), fields, fit);
        FilePredicate predicate = FilePredicate.create(candidates, columns, fields.getLeaves(), fit);
        Map<List<String>, ColumnDescriptor> descriptors = getDescriptors(fileSchema, schema);
        return new ReadPlan(
                projection,
                predicate,
                buildPredicate(schema, predicate.domains(), descriptors, timeZone),
                descriptors,
                !options.isIgnoreStatistics() && FilePredicate.excludesFile(read.predicate(), columns));
    }
}
