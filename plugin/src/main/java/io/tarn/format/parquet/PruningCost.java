package io.tarn.format.parquet;

import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ColumnChunkMetadata;
import io.trino.parquet.metadata.IndexReference;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.Type;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.parquet.ParquetReaderUtils.isOnlyDictionaryEncodingPages;
import static java.util.Objects.requireNonNull;

/**
 * What a reader fetches, at most, to find out what it may leave out: page indexes, Bloom filters, and dictionaries,
 * which it fetches a second time when it reads the column.
 */
final class PruningCost
{
    // a header is fetched with a guess at its size
    private static final int BLOOM_FILTER_HEADER_SIZE = 4 * BlockSplitBloomFilter.HEADER_SIZE;

    private final ParquetReaderOptions options;
    private final boolean bloomFilters;
    private final Set<ColumnPath> columns;
    private final Set<ColumnPath> filtered;
    private final Set<ColumnPath> mayBeFiltered;
    private final NavigableSet<Long> structures;

    private PruningCost(
            ParquetReaderOptions options,
            boolean bloomFilters,
            Set<ColumnPath> columns,
            Set<ColumnPath> filtered,
            Set<ColumnPath> mayBeFiltered,
            NavigableSet<Long> structures)
    {
        this.options = requireNonNull(options, "options is null");
        this.bloomFilters = bloomFilters;
        this.columns = ImmutableSet.copyOf(columns);
        this.filtered = ImmutableSet.copyOf(filtered);
        this.mayBeFiltered = ImmutableSet.copyOf(mayBeFiltered);
        this.structures = requireNonNull(structures, "structures is null");
    }

    static PruningCost create(Footer footer, ReadPlan plan, FileColumns columns, Set<FileColumn> mayBeFiltered, long fileLength, ParquetReaderOptions options)
    {
        Set<ColumnPath> awaited = mayBeFiltered.stream()
                .map(column -> columns.path(column).orElseThrow().stream().map(Type::getName).toArray(String[]::new))
                .map(ColumnPath::get)
                .collect(toImmutableSet());
        Set<ColumnPath> filtered = new HashSet<>(awaited);
        plan.predicate().fields().forEach(field -> filtered.add(path(field.getDescriptor())));
        boolean bloomFilters = options.useBloomFilter() && (plan.predicate().bloomFilterUsable() || !awaited.isEmpty());
        return new PruningCost(
                options,
                bloomFilters,
                plan.descriptors().values().stream().map(PruningCost::path).collect(toImmutableSet()),
                filtered,
                awaited,
                filtered.isEmpty() || !bloomFilters ? new TreeSet<>() : structures(footer, fileLength));
    }

    /**
     * Whether there is, or may be, anything to leave out by.
     */
    boolean isPossible()
    {
        return !filtered.isEmpty();
    }

    /**
     * @param lookups the columns on which the statistics leave the filter undecided
     */
    long bytes(BlockMetadata rowGroup, List<ColumnDescriptor> lookups)
    {
        if (filtered.isEmpty()) {
            return 0;
        }
        Set<ColumnPath> undecided = new HashSet<>(mayBeFiltered);
        lookups.forEach(descriptor -> undecided.add(path(descriptor)));
        long bytes = options.isUseColumnIndex() ? indexBytes(rowGroup) : 0;
        for (ColumnChunkMetadata chunk : rowGroup.columns()) {
            if (undecided.contains(chunk.getPath())) {
                bytes += bloomFilterBytes(chunk) + dictionaryBytes(chunk);
            }
        }
        return bytes;
    }

    /**
     * The indexes of values are fetched together, those of offsets too.
     */
    private long indexBytes(BlockMetadata rowGroup)
    {
        ReadRanges values = new ReadRanges(options);
        ReadRanges offsets = new ReadRanges(options);
        boolean indexed = false;
        for (ColumnChunkMetadata chunk : rowGroup.columns()) {
            IndexReference valueIndex = chunk.getColumnIndexReference();
            IndexReference offsetIndex = chunk.getOffsetIndexReference();
            indexed |= valueIndex != null && offsetIndex != null;
            if (valueIndex != null && filtered.contains(chunk.getPath())) {
                values.add(valueIndex.getOffset(), valueIndex.getLength());
            }
            if (offsetIndex != null && columns.contains(chunk.getPath())) {
                offsets.add(offsetIndex.getOffset(), offsetIndex.getLength());
            }
        }
        return indexed ? values.bytesOfAnyParts() + offsets.bytesOfAnyParts() : 0;
    }

    private long bloomFilterBytes(ColumnChunkMetadata chunk)
    {
        long offset = chunk.getBloomFilterOffset();
        if (!bloomFilters || offset <= 0) {
            return 0;
        }
        // old writers do not say how large a filter is, but it ends where something else begins
        Long next = structures.higher(offset);
        return BLOOM_FILTER_HEADER_SIZE + (next == null ? 0 : next - offset);
    }

    private static long dictionaryBytes(ColumnChunkMetadata chunk)
    {
        if (!isOnlyDictionaryEncodingPages(chunk)) {
            return 0;
        }
        long dictionary = chunk.getDictionaryPageOffset();
        boolean told = dictionary != 0 && chunk.getFirstDataPageOffset() > dictionary;
        return told ? chunk.getFirstDataPageOffset() - dictionary : chunk.getTotalSize();
    }

    /**
     * Where the parts of a file begin.
     */
    private static NavigableSet<Long> structures(Footer footer, long fileLength)
    {
        NavigableSet<Long> structures = new TreeSet<>();
        structures.add(FooterReader.start(footer.size(), fileLength));
        for (RowGroup rowGroup : footer.raw().getRow_groups()) {
            for (ColumnChunk column : rowGroup.getColumns()) {
                ColumnMetaData metadata = column.getMeta_data();
                structures.add(FooterCheck.start(metadata));
                structures.add(metadata.getBloom_filter_offset());
                structures.add(column.getColumn_index_offset());
                structures.add(column.getOffset_index_offset());
            }
        }
        return structures;
    }

    private static ColumnPath path(ColumnDescriptor descriptor)
    {
        return ColumnPath.get(descriptor.getPath());
    }
}
