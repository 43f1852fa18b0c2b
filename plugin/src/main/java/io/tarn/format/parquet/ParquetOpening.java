package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.DerivedPageSource;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.tarn.format.RowCountPageSource;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.ChunkKey;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.reader.ParquetReader;
import io.trino.parquet.reader.RowGroupInfo;
import io.trino.spi.connector.ConnectorPageSource;
import org.apache.parquet.format.RowGroup;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.parquet.predicate.PredicateUtils.getFilteredRowGroups;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The way from a request to a page source: footer, columns, filter, row groups, reader.
 */
final class ParquetOpening
{
    private final FileRead read;
    private final ParquetReaderOptions options;
    private final ParquetReadConfig config;
    private final boolean byName;
    private final ParquetErrors errors;
    private final AggregatedMemoryContext memoryContext;

    ParquetOpening(FileRead read, ParquetReaderOptions options, ParquetReadConfig config, boolean byName)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.config = requireNonNull(config, "config is null");
        this.byName = byName;
        errors = new ParquetErrors(read.slice().location(), read.slice().fileLength());
        memoryContext = newAggregatedMemoryContext(read.memoryContext());
    }

    ConnectorPageSource open()
    {
        VerifyingDataSource source = null;
        try {
            source = new VerifyingDataSource(openFile(), options.getMaxPageReadSize().toBytes(), config.isVerifyChecksums(), errors);
            return open(source);
        }
        catch (IOException | RuntimeException e) {
            if (source != null) {
                closeAllSuppress(e, source);
            }
            memoryContext.close();
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ChunkedDataSource openFile()
    {
        FileSlice slice = read.slice();
        TrinoInputFile file = read.fileSystem().newInputFile(slice.location(), slice.fileLength(), slice.modified());
        if (isFetchedWhole(read, options)) {
            return new BufferedDataSource(file, toIntExact(slice.fileLength()), memoryContext, errors);
        }
        return new RangedDataSource(file, slice.fileLength(), options, errors);
    }

    /**
     * Where no values are asked for, the footer alone is.
     */
    static boolean isFetchedWhole(FileRead read, ParquetReaderOptions options)
    {
        long length = read.slice().fileLength();
        return !read.columns().isEmpty() && length > 0 && length <= options.getSmallFileThreshold().toBytes();
    }

    private ConnectorPageSource open(VerifyingDataSource source)
            throws IOException
    {
        Footer footer = FooterReader.read(source, options, errors);
        memoryContext.newLocalMemoryContext(Footer.class.getSimpleName()).setBytes(footer.retainedSize());
        List<RowGroup> inSlice = footer.rowGroups(read.slice().start(), read.slice().length());
        source.expectChunks(Footer.chunks(inSlice));
        Lz4RawFraming.relabel(inSlice);

        DateTimeZone timeZone = config.dateTimeZone();
        FileColumns columns = new FileColumns(footer.schema(), byName, errors);
        ReadPlan plan = ReadPlan.create(read, ImmutableSet.of(), columns, footer.schema(), options, timeZone);
        ParquetReaderOptions pruning = ParquetReaderOptions.builder(options)
                .withBloomFilter(options.useBloomFilter() && plan.predicate().bloomFilterUsable())
                .build();
        List<RowGroupInfo> filtered = plan.excludesFile()
                ? ImmutableList.of()
                : getFilteredRowGroups(
                read.slice().start(),
                read.slice().length(),
                source,
                footer.metadata(),
                ImmutableList.of(plan.predicate().domains()),
                ImmutableList.of(plan.parquetPredicate()),
                plan.descriptors(),
                timeZone,
                config.getDomainCompactionThreshold(),
                pruning);
        List<RowGroupInfo> rowGroups = RowLimit.of(read, plan.predicate()).rowGroups(filtered, rowGroup -> rowGroup.prunedBlockMetadata().getRowCount());
        ReadCounts counts = new ReadCounts(1, rowGroups.size(), inSlice.size() - filtered.size());
        if (plan.projection().sources().isEmpty()) {
            return countRows(source, rowGroups, counts);
        }
        CodecCheck.check(rowGroups, plan.projection().read(), errors);
        ParquetReader reader = reader(source, footer, plan, rowGroups);
        List<CheckedColumn> checked = plan.projection().sources().stream()
                .map(column -> new CheckedColumn(column, errors))
                .collect(toImmutableList());
        return new DerivedPageSource(new FilePageSource(new ParquetPages(reader, source, counts), memoryContext, errors, read.maxRows()), checked);
    }

    private ConnectorPageSource countRows(VerifyingDataSource source, List<RowGroupInfo> rowGroups, ReadCounts counts)
            throws IOException
    {
        long rows = 0;
        for (RowGroupInfo rowGroup : rowGroups) {
            rows = Math.addExact(rows, rowGroup.prunedBlockMetadata().getRowCount());
        }
        source.close();
        memoryContext.close();
        return new RowCountPageSource(min(rows, read.maxRows()), source.getReadBytes(), source.getReadTimeNanos(), counts.metrics());
    }

    private ParquetReader reader(VerifyingDataSource source, Footer footer, ReadPlan plan, List<RowGroupInfo> rowGroups)
            throws IOException
    {
        List<Column> read = new ArrayList<>(plan.projection().read());
        Set<Integer> projected = ParquetReader.getPrimitiveFields(read.stream().map(Column::field).toList()).stream()
                .map(PrimitiveField::getId)
                .collect(toImmutableSet());
        // the reader takes pages out by the filter's columns only where it believes to read them; their values stay where they are
        Set<ChunkKey> unread = new HashSet<>();
        for (PrimitiveField field : plan.predicate().fields()) {
            if (!projected.contains(field.getId())) {
                read.add(new Column(String.join(".", field.getDescriptor().getPath()), field));
                for (int rowGroup = 0; rowGroup < rowGroups.size(); rowGroup++) {
                    unread.add(new ChunkKey(field.getId(), rowGroup));
                }
            }
        }
        source.leaveUnread(unread);
        return new ParquetReader(
                Optional.ofNullable(footer.metadata().getFileMetaData().getCreatedBy()),
                read,
                false,
                rowGroups,
                source,
                config.dateTimeZone(),
                memoryContext,
                options,
                failure -> errors.reading(Optional.empty(), failure),
                Optional.of(plan.parquetPredicate()),
                Optional.empty(),
                Optional.empty());
    }
}
