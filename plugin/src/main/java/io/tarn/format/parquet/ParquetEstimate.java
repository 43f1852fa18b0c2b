package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ColumnChunkMetadata;
import io.trino.parquet.metadata.PrunedBlockMetadata;
import io.trino.parquet.reader.ParquetReader;
import io.trino.spi.TrinoException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.parquet.metadata.PrunedBlockMetadata.createPrunedColumnsMetadata;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Follows {@link ParquetOpening} and the reader with the footer alone, and adds up what they would fetch.
 */
final class ParquetEstimate
{
    private final FileRead read;
    private final ParquetReaderOptions options;
    private final DateTimeZone timeZone;
    private final boolean byName;
    private final ParquetErrors errors;

    ParquetEstimate(FileRead read, ParquetReaderOptions options, DateTimeZone timeZone, boolean byName)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.timeZone = requireNonNull(timeZone, "timeZone is null");
        this.byName = byName;
        errors = new ParquetErrors(read.slice().location(), read.slice().fileLength());
    }

    /**
     * @param filterable columns for which a filter may yet arrive
     * @throws TrinoException as {@link ParquetFormat#open} throws it
     */
    ReadEstimate estimate(ParquetFooters footers, Set<FileColumn> filterable)
    {
        Footer footer = footers.footer(read.fileSystem(), read.slice(), options, errors);
        try {
            return estimate(footer, filterable);
        }
        catch (IOException | RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ReadEstimate estimate(Footer footer, Set<FileColumn> filterable)
            throws IOException
    {
        FileSlice slice = read.slice();
        FileColumns columns = new FileColumns(footer.schema(), byName, errors);
        Set<FileColumn> mayBeFiltered = options.isIgnoreStatistics() ? Set.of() : filterable.stream()
                                                                                  .filter(column -> FilePredicate.isSingleValue(column, columns))
                                                                                  .collect(toImmutableSet());
        ReadPlan plan = ReadPlan.create(read, mayBeFiltered, columns, footer.schema(), options, timeZone);
        PruningCost pruning = PruningCost.create(footer, plan, columns, mayBeFiltered, slice.fileLength(), options);

        List<PrunedBlockMetadata> left = new ArrayList<>();
        long pruningBytes = 0;
        List<BlockMetadata> inSlice = plan.excludesFile() ? ImmutableList.of() : footer.blocks(slice.start(), slice.length());
        for (BlockMetadata block : inSlice) {
            PrunedBlockMetadata rowGroup = createPrunedColumnsMetadata(block, id(), plan.descriptors());
            Optional<List<ColumnDescriptor>> lookups = lookups(rowGroup, plan);
            if (lookups.isPresent()) {
                left.add(rowGroup);
                pruningBytes += pruning.bytes(block, lookups.get());
            }
        }
        if (!pruning.isPossible()) {
            left = RowLimit.of(read, plan.predicate()).rowGroups(left, PrunedBlockMetadata::getRowCount);
        }
        long rows = 0;
        for (PrunedBlockMetadata rowGroup : left) {
            rows = Math.addExact(rows, rowGroup.getRowCount());
        }
        OptionalLong givenRows = OptionalLong.of(min(rows, read.maxRows()));
        if (ParquetOpening.isFetchedWhole(read, options)) {
            return new ReadEstimate(slice.fileLength(), givenRows, true);
        }
        long bytes = FooterReader.bytesRead(footer.size(), slice.fileLength(), options) + pruningBytes + chunkBytes(left, plan.projection(), pruning.isPossible());
        boolean exact = !pruning.isPossible() && (read.limit().isEmpty() || read.columns().isEmpty());
        return new ReadEstimate(bytes, givenRows, exact);
    }

    /**
     * The columns that may be looked up in the row group's indexes; empty where its statistics, or its having no rows,
     * leave it out.
     */
    private Optional<List<ColumnDescriptor>> lookups(PrunedBlockMetadata rowGroup, ReadPlan plan)
            throws IOException
    {
        if (rowGroup.getRowCount() == 0) {
            return Optional.empty();
        }
        Map<ColumnDescriptor, Statistics<?>> statistics = new HashMap<>();
        Map<ColumnDescriptor, Long> valueCounts = new HashMap<>();
        for (ColumnDescriptor descriptor : plan.descriptors().values()) {
            ColumnChunkMetadata chunk = rowGroup.getColumnChunkMetaData(descriptor);
            valueCounts.put(descriptor, chunk.getValueCount());
            if (chunk.getStatistics() != null) {
                statistics.put(descriptor, chunk.getStatistics());
            }
        }
        return plan.parquetPredicate().getIndexLookupCandidates(valueCounts, statistics, id());
    }

    private long chunkBytes(List<PrunedBlockMetadata> rowGroups, Projection projection, boolean pruningPossible)
            throws IOException
    {
        List<PrimitiveField> fields = ParquetReader.getPrimitiveFields(projection.read().stream().map(Column::field).toList());
        ReadRanges ranges = new ReadRanges(options);
        for (PrunedBlockMetadata rowGroup : rowGroups) {
            for (PrimitiveField field : fields) {
                ColumnChunkMetadata chunk = rowGroup.getColumnChunkMetaData(field.getDescriptor());
                ranges.add(chunk.getStartingPos(), chunk.getTotalSize());
            }
        }
        return pruningPossible ? ranges.bytesOfAnyParts() : ranges.bytes();
    }

    private ParquetDataSourceId id()
    {
        return new ParquetDataSourceId(read.slice().location().toString());
    }
}
