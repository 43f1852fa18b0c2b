package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.airlift.units.DataSize;
import io.tarn.scan.FileSchemas;
import io.tarn.write.ExistingPartitions;
import io.tarn.write.TablePublisher;
import io.tarn.write.TableWrite;
import io.tarn.write.WrittenFile;
import io.tarn.writelog.WriteFileName;
import io.trino.filesystem.Location;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.BeginTableExecuteResult;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.connector.TableProcedureMetadata;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.spi.connector.TableProcedureExecutionMode.distributedWithFilteringAndRepartitioning;
import static io.trino.spi.type.BigintType.BIGINT;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE … EXECUTE optimize}: the rows of small files are written into larger ones, which take their place
 * by one change of the table. Where one of the small files was replaced meanwhile, nothing is changed.
 */
final class OptimizeStatements
{
    static final String NAME = "OPTIMIZE";
    private static final String FILE_SIZE_THRESHOLD = "file_size_threshold";

    static final TableProcedureMetadata PROCEDURE = new TableProcedureMetadata(
            NAME,
            distributedWithFilteringAndRepartitioning(),
            ImmutableList.of(dataSizeProperty(FILE_SIZE_THRESHOLD, "Files that are smaller are written together", DataSize.of(100, MEGABYTE), false)));

    private final HiveMetastore metastore;
    private final WriteTools tools;
    private final WriteStatements writes;
    private final UndoLog undo;

    OptimizeStatements(HiveMetastore metastore, WriteTools tools, WriteStatements writes, UndoLog undo)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.tools = requireNonNull(tools, "tools is null");
        this.writes = requireNonNull(writes, "writes is null");
        this.undo = requireNonNull(undo, "undo is null");
    }

    static TarnOptimizeHandle handle(TarnTableHandle table, Map<String, Object> properties)
    {
        return new TarnOptimizeHandle(table, ((DataSize) properties.get(FILE_SIZE_THRESHOLD)).toBytes(), Optional.empty());
    }

    BeginTableExecuteResult<ConnectorTableExecuteHandle, ConnectorTableHandle> begin(ConnectorSession session, TarnOptimizeHandle handle, TarnTableHandle source)
    {
        Table table = table(source);
        // what cannot be written is told before anything begins
        tools.writers().require(FileSchemas.of(table)).check(FileSchemas.of(table));
        BucketedWrites.bucketing(table);
        WriteFileName file = tools.publisher(session, table).begin(table, session.getQueryId());
        new FailedWrite(undo, tools, session, table, file).undoFiles();
        List<String> columns = TableColumns.all(table).stream()
                .filter(column -> column.kind() != TarnColumnHandle.Kind.HIDDEN)
                .map(TarnColumnHandle::name)
                .toList();
        TableWrite write = writes.write(session, table, columns, file, false, ExistingPartitions.APPEND);
        TupleDomain<TarnColumnHandle> small = TupleDomain.withColumnDomains(ImmutableMap.of(
                HiddenColumn.FILE_SIZE.handle(), Domain.create(ValueSet.ofRanges(Range.lessThan(BIGINT, handle.thresholdBytes())), false)));
        return new BeginTableExecuteResult<>(
                new TarnOptimizeHandle(source, handle.thresholdBytes(), Optional.of(write)),
                source.withConstraints(source.partitionConstraint(), source.fileConstraint().intersect(small)).withScannedFiles());
    }

    Map<String, Long> finish(ConnectorSession session, TarnOptimizeHandle handle, Collection<Slice> fragments, List<Object> scanned)
    {
        TableWrite write = handle.write().orElseThrow();
        Table table = table(handle.table());
        TablePublisher publisher = tools.publisher(session, table);
        Set<Location> replaced = scanned.stream().map(location -> Location.of((String) location)).collect(toImmutableSet());
        List<WrittenFile> written = writes.files(fragments);
        new FailedWrite(undo, tools, session, table, write.file()).undoPublishing(() -> {});
        if (replaced.isEmpty()) {
            publisher.publish(write.file());
        }
        else {
            publisher.publishInPlaceOf(write.file(), replaced, replaced.stream().map(Location::parentDirectory).collect(toImmutableSet()));
        }
        undo.clear();
        return ImmutableMap.of(
                "rewritten_data_files_count", (long) replaced.size(),
                "added_data_files_count", (long) written.size());
    }

    private Table table(TarnTableHandle handle)
    {
        return metastore.getTable(handle.name().getSchemaName(), handle.name().getTableName())
                .orElseThrow(() -> new TableNotFoundException(handle.name()));
    }
}
