package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.storage.DataFile;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ColumnChunkMetadata;
import io.trino.parquet.metadata.PrunedBlockMetadata;
import io.trino.parquet.predicate.TupleDomainParquetPredicate;
import io.trino.parquet.reader.ParquetReader;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.predicate.Domain;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.tarn.format.parquet.ParquetFormat.byName;
import static io.tarn.format.parquet.ParquetSessionProperties.readerOptions;
import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static io.trino.parquet.ParquetTypeUtils.getDescriptors;
import static io.trino.parquet.metadata.PrunedBlockMetadata.createPrunedColumnsMetadata;
import static java.util.Objects.requireNonNull;

/**
 * What files say of themselves: where a plan needs to know what a read would cost, and what it would find.
 */
public class ParquetFooters
{
    private final ParquetReadConfig config;

    @Inject
    public ParquetFooters(ParquetReadConfig config)
    {
        this.config = requireNonNull(config, "config is null");
    }

    /**
     * Reads a file's footer, with one request where the end of the file that {@code parquet.footer-read-size} names
     * holds it, with two otherwise.
     *
     * @param schema as for a read of the file
     * @param columns the columns whose chunks are told of; columns that the file lacks have none
     * @throws TrinoException as {@link ParquetFormat#open} throws it
     */
    public ParquetFooter read(ConnectorSession session, TrinoFileSystem fileSystem, DataFile file, FileSchema schema, List<FileColumn> columns)
    {
        ParquetErrors errors = new ParquetErrors(file.location(), file.length());
        ParquetReaderOptions options = readerOptions(session, config.options());
        TrinoInputFile inputFile = fileSystem.newInputFile(file.location(), file.length(), file.modified());
        try (RangedDataSource source = new RangedDataSource(inputFile, file.length(), options, errors)) {
            Footer footer = FooterReader.read(source, options, errors);
            FileColumns fileColumns = new FileColumns(footer.schema(), byName(session, schema), errors);
            MessageType pruned = fileColumns.prune(columns);
            Map<List<String>, ColumnDescriptor> descriptors = getDescriptors(footer.schema(), pruned);
            MessageColumnIO fields = getColumnIO(footer.schema(), pruned);
            List<PrimitiveField> leaves = ParquetReader.getPrimitiveFields(fileColumns.project(columns, fields, new TypeFit(config.dateTimeZone(), options)).read().stream()
                    .map(Column::field)
                    .toList());
            ImmutableList.Builder<ParquetRowGroup> rowGroups = ImmutableList.builder();
            for (BlockMetadata block : footer.metadata().getBlocks()) {
                rowGroups.add(rowGroup(source.getId(), block, createPrunedColumnsMetadata(block, source.getId(), descriptors), leaves));
            }
            return new ParquetFooter(file.length(), footer.size(), rowGroups.build());
        }
        catch (IOException | RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ParquetRowGroup rowGroup(ParquetDataSourceId id, BlockMetadata block, PrunedBlockMetadata chosen, List<PrimitiveField> leaves)
            throws IOException
    {
        long totalBytes = 0;
        for (ColumnChunkMetadata column : block.columns()) {
            totalBytes += column.getTotalSize();
        }
        ImmutableList.Builder<ParquetColumnChunk> chunks = ImmutableList.builder();
        for (PrimitiveField leaf : leaves) {
            chunks.add(chunk(id, chosen.getColumnChunkMetaData(leaf.getDescriptor()), leaf));
        }
        return new ParquetRowGroup(block.columns().getFirst().getStartingPos(), totalBytes, block.rowCount(), chunks.build());
    }

    private ParquetColumnChunk chunk(ParquetDataSourceId id, ColumnChunkMetadata column, PrimitiveField leaf)
            throws IOException
    {
        Statistics<?> statistics = column.getStatistics();
        boolean nullsCounted = statistics != null && statistics.isNumNullsSet();
        Domain all = Domain.all(leaf.getType());
        boolean comparable = leaf.getType().isOrderable() && PrunableDomain.isPrunable(all, leaf.getDescriptor().getPrimitiveType(), config.dateTimeZone());
        Domain values = comparable
                ? TupleDomainParquetPredicate.getDomain(leaf.getDescriptor(), leaf.getType(), column.getValueCount(), statistics, id, config.dateTimeZone())
                : all;
        return new ParquetColumnChunk(
                ImmutableList.copyOf(leaf.getDescriptor().getPath()),
                column.getTotalSize(),
                nullsCounted ? OptionalLong.of(statistics.getNumNulls()) : OptionalLong.empty(),
                values);
    }
}
