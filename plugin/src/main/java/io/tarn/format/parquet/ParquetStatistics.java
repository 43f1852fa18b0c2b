package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.DistinctSample;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.tarn.format.parquet.ParquetFooters.FetchedFooter;
import io.trino.parquet.ParquetCorruptionException;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ColumnChunkMetadata;
import io.trino.parquet.predicate.TupleDomainParquetPredicate;
import io.trino.spi.TrinoException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.joda.time.DateTimeZone;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import static io.airlift.slice.Slices.wrappedBuffer;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static java.util.Objects.requireNonNull;

/**
 * What a file's footer tells of its rows.
 */
final class ParquetStatistics
{
    private final FileRead read;
    private final ParquetReaderOptions options;
    private final DateTimeZone timeZone;
    private final boolean byName;
    private final ParquetErrors errors;

    ParquetStatistics(FileRead read, ParquetReaderOptions options, DateTimeZone timeZone, boolean byName)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.timeZone = requireNonNull(timeZone, "timeZone is null");
        this.byName = byName;
        errors = new ParquetErrors(read.slice().location(), read.slice().fileLength());
    }

    /**
     * @throws TrinoException as {@link ParquetFormat#open} throws it
     */
    FileStatistics statistics(ParquetFooters footers)
    {
        FetchedFooter fetched = footers.fetch(read.fileSystem(), read.slice(), options, errors);
        try {
            return statistics(fetched.footer(), fetched.bytesRead());
        }
        catch (IOException | RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private FileStatistics statistics(Footer footer, long bytesRead)
            throws IOException
    {
        FileColumns columns = new FileColumns(footer.schema(), byName, errors);
        Set<FileColumn> absent = new HashSet<>();
        Map<FileColumn, List<String>> leaves = new LinkedHashMap<>();
        for (FileColumn column : read.columns()) {
            if (columns.path(column).isEmpty()) {
                absent.add(column);
            }
            else if (FilePredicate.isSingleValue(column, columns)) {
                leaves.put(column, columns.path(column).orElseThrow().stream().map(Type::getName).toList());
            }
            else if (column.type() instanceof ArrayType || column.type() instanceof MapType) {
                leaves.putAll(ElementColumns.of(column, columns.path(column).orElseThrow(), footer.schema()));
            }
        }
        Set<String> codecs = new TreeSet<>();
        List<BlockMetadata> blocks = footer.blocks();
        ImmutableList.Builder<RowGroupStatistics> rowGroups = ImmutableList.builderWithExpectedSize(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            rowGroups.add(rowGroup(footer.schema(), footer.raw().getRow_groups().get(i), blocks.get(i), leaves));
            blocks.get(i).columns().forEach(chunk -> codecs.add(chunk.getCodec().name()));
        }
        return new FileStatistics(rowGroups.build(), absent, codecs, bytesRead);
    }

    private RowGroupStatistics rowGroup(MessageType schema, RowGroup raw, BlockMetadata block, Map<FileColumn, List<String>> leaves)
            throws ParquetCorruptionException
    {
        Map<List<String>, Integer> ordinals = new HashMap<>();
        for (int i = 0; i < block.columns().size(); i++) {
            ordinals.put(List.of(block.columns().get(i).getPath().toArray()), i);
        }
        ImmutableMap.Builder<FileColumn, ColumnChunkStatistics> columns = ImmutableMap.builder();
        for (Map.Entry<FileColumn, List<String>> leaf : leaves.entrySet()) {
            Integer ordinal = ordinals.get(leaf.getValue());
            if (ordinal != null) {
                String[] path = leaf.getValue().toArray(String[]::new);
                ColumnDescriptor descriptor = schema.getColumnDescription(path);
                columns.put(leaf.getKey(), chunk(leaf.getKey(), descriptor, raw.getColumns().get(ordinal).getMeta_data(), block.columns().get(ordinal)));
            }
        }
        return new RowGroupStatistics(block.rowCount(), columns.buildOrThrow());
    }

    private ColumnChunkStatistics chunk(FileColumn column, ColumnDescriptor descriptor, ColumnMetaData raw, ColumnChunkMetadata metadata)
            throws ParquetCorruptionException
    {
        Statistics<?> statistics = metadata.getStatistics();
        OptionalLong nulls = statistics != null && statistics.isNumNullsSet() && statistics.getNumNulls() >= 0 && statistics.getNumNulls() <= metadata.getValueCount()
                ? OptionalLong.of(statistics.getNumNulls())
                : OptionalLong.empty();
        PrimitiveType fileType = descriptor.getPrimitiveType();
        Optional<Range> range = range(column, descriptor, metadata, statistics);
        OptionalDouble boundLength = boundLength(range);
        ChunkEncoding encoding = new ChunkEncoding(raw, fileType, metadata.getValueCount() - nulls.orElse(0), boundLength);
        double values = Math.max(0, metadata.getValueCount() - nulls.orElse(0));
        Optional<DistinctSample> repeated = range.filter(bounds -> bounds.isSingleValue() && values > 0).isPresent()
                ? Optional.of(new DistinctSample(1, values))
                : encoding.distinct();
        // without a dictionary, as far as can be told no value repeats
        boolean told = values > 0 || descriptor.getMaxRepetitionLevel() > 0;
        Optional<DistinctSample> distinct = repeated.or(() -> told ? Optional.of(new DistinctSample(values, values)) : Optional.empty());
        return new ColumnChunkStatistics(
                nulls,
                range.map(Range::getLowBoundedValue),
                range.map(Range::getHighBoundedValue),
                distinct,
                encoding.valueLength(repeated));
    }

    private Optional<Range> range(FileColumn column, ColumnDescriptor descriptor, ColumnChunkMetadata metadata, Statistics<?> statistics)
            throws ParquetCorruptionException
    {
        if (column.type().equals(VARBINARY) && isBytes(descriptor.getPrimitiveType()) && statistics instanceof BinaryStatistics bytes && bytes.hasNonNullValue()) {
            return Optional.of(Range.range(VARBINARY, wrappedBuffer(bytes.getMinBytes()), true, wrappedBuffer(bytes.getMaxBytes()), true));
        }
        // what a pruning reader must not compare a filter with is no bound of the values as they are read
        if (statistics == null || !PrunableDomain.isPrunable(Domain.all(column.type()), descriptor.getPrimitiveType(), timeZone)) {
            return Optional.empty();
        }
        Domain domain = TupleDomainParquetPredicate.getDomain(
                descriptor,
                column.type(),
                metadata.getValueCount(),
                statistics,
                new ParquetDataSourceId(read.slice().location().toString()),
                timeZone);
        if (domain.getValues().isAll() && column.type().equals(BOOLEAN) && statistics.hasNonNullValue()) {
            return Optional.of(Range.range(BOOLEAN, false, true, true, true));
        }
        if (domain.getValues().isNone() || domain.getValues().isAll()) {
            return Optional.empty();
        }
        Range span = domain.getValues().getRanges().getSpan();
        return span.isLowUnbounded() || span.isHighUnbounded() ? Optional.empty() : Optional.of(span);
    }

    private static boolean isBytes(PrimitiveType type)
    {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && (type.getLogicalTypeAnnotation() == null || type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation);
    }

    private static OptionalDouble boundLength(Optional<Range> range)
    {
        if (range.isPresent() && range.get().getLowBoundedValue() instanceof Slice low && range.get().getHighBoundedValue() instanceof Slice high) {
            return OptionalDouble.of((low.length() + high.length()) / 2.0);
        }
        return OptionalDouble.empty();
    }
}
