package io.tarn.write;

import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.tarn.format.FileFormats;
import io.tarn.format.FormatWriters;
import io.tarn.metastore.QueryMetastores;
import io.tarn.partition.PartitionKey;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.PageIndexerFactory;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

import static io.tarn.write.WriteSessionProperties.maxOpenPartitions;
import static io.tarn.write.WriteSessionProperties.targetMaxFileSize;
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
    private final JsonCodec<WrittenFile> codec;

    @Inject
    public TableSinks(
            TrinoFileSystemFactory fileSystemFactory,
            QueryMetastores metastores,
            FileFormats formats,
            FormatWriters writers,
            PageIndexerFactory pageIndexerFactory,
            JsonCodec<WrittenFile> codec)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.writers = requireNonNull(writers, "writers is null");
        this.pageIndexerFactory = requireNonNull(pageIndexerFactory, "pageIndexerFactory is null");
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
        return new TablePageSink(
                write,
                fieldTypes,
                fileSystem,
                values -> {
                    PartitionTarget target = targets.target(values);
                    return new RollingFiles(session, fileSystem, writers.require(target.schema()), write, target, targetBytes);
                },
                write.partitionKeys().isEmpty() ? Optional.empty() : Optional.of(pageIndexerFactory.createPageIndexer(write.partitionKeys().stream().map(PartitionKey::type).toList())),
                maxOpenPartitions(session),
                codec);
    }
}
