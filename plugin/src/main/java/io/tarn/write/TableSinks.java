package io.tarn.write;

import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.tarn.bucket.Bucketing;
import io.tarn.format.FileFormats;
import io.tarn.format.FormatWriters;
import io.tarn.metastore.QueryMetastores;
import io.tarn.partition.PartitionKey;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.SortingColumn;
import io.trino.spi.PageIndexer;
import io.trino.spi.PageIndexerFactory;
import io.trino.spi.PageSorter;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.tarn.write.WriteSessionProperties.maxOpenPartitions;
import static io.tarn.write.WriteSessionProperties.targetMaxFileSize;
import static io.trino.spi.type.IntegerType.INTEGER;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Begins the part of a write that one writer of a worker does.
 */
public class TableSinks
{
    private final TrinoFileSystemFactory fileSystemFactory;
    private final QueryMetastores metastores;
    private final FileFormats formats;
    private final FormatWriters writers;
    private final PageIndexerFactory pageIndexerFactory;
    private final PageSorter pageSorter;
    private final long sortBufferBytes;
    private final JsonCodec<WrittenFile> codec;

    @Inject
    public TableSinks(
            TrinoFileSystemFactory fileSystemFactory,
            QueryMetastores metastores,
            FileFormats formats,
            FormatWriters writers,
            PageIndexerFactory pageIndexerFactory,
            PageSorter pageSorter,
            WriteConfig config,
            JsonCodec<WrittenFile> codec)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.writers = requireNonNull(writers, "writers is null");
        this.pageIndexerFactory = requireNonNull(pageIndexerFactory, "pageIndexerFactory is null");
        this.pageSorter = requireNonNull(pageSorter, "pageSorter is null");
        this.sortBufferBytes = config.getSortBufferSize().toBytes();
        this.codec = requireNonNull(codec, "codec is null");
    }

    /**
     * A sink whose fragments are {@link WrittenFile}s in JSON. None of its files is seen before the write is published.
     */
    public ConnectorPageSink sink(ConnectorSession session, TableWrite write)
    {
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        PartitionTargets targets = new PartitionTargets(write, metastores.forQuery(), formats);
        long targetBytes = targetMaxFileSize(session).toBytes();
        List<Type> fieldTypes = write.schema().fields().stream()
                .map(field -> HiveTypes.trinoType(field.type()).orElseThrow(() -> new IllegalArgumentException("no type to write: " + field.type())))
                .toList();
        Optional<SortedFiles.RowOrder> order = order(write, fieldTypes);
        SortBuffers sortBuffers = new SortBuffers(sortBufferBytes);
        return new TablePageSink(
                write,
                fieldTypes,
                fileSystem,
                (values, bucket) -> {
                    PartitionTarget target = targets.target(values);
                    RollingFiles files = new RollingFiles(session, fileSystem, writers.require(target.schema()), write, target, bucket, targetBytes);
                    return order.isEmpty() ? files : new SortedFiles(files, pageSorter, order.get(), sortBuffers);
                },
                indexer(write),
                maxOpenPartitions(session),
                codec);
    }

    /**
     * A sink for those whom nobody tells that their statement has failed.
     */
    public ForgettableSink forgettableSink(ConnectorSession session, TableWrite write)
    {
        return new ForgettableSink(sink(session, write), codec);
    }

    private Optional<PageIndexer> indexer(TableWrite write)
    {
        List<Type> types = new ArrayList<>(write.partitionKeys().stream().map(PartitionKey::type).toList());
        write.bucketing().ifPresent(_ -> types.add(INTEGER));
        return types.isEmpty() ? Optional.empty() : Optional.of(pageIndexerFactory.createPageIndexer(types));
    }

    private static Optional<SortedFiles.RowOrder> order(TableWrite write, List<Type> fieldTypes)
    {
        List<SortingColumn> sortedBy = write.bucketing().map(Bucketing::sortedBy).orElse(List.of());
        if (sortedBy.isEmpty()) {
            return Optional.empty();
        }
        List<String> fields = write.schema().fields().stream().map(field -> field.name().toLowerCase(ENGLISH)).toList();
        return Optional.of(new SortedFiles.RowOrder(
                fieldTypes,
                sortedBy.stream().map(column -> fields.indexOf(column.columnName().toLowerCase(ENGLISH))).toList(),
                sortedBy.stream().map(column -> column.order().getSortOrder()).toList()));
    }
}
