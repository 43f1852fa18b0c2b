package io.tarn.maintenance;

import com.google.inject.Inject;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.partition.PartitionValues;
import io.tarn.storage.FileLister;
import io.tarn.write.PartitionRegistrar;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_PARTITION_CONFLICT;
import static io.tarn.error.TarnErrorCode.TARN_TARGET_NOT_EMPTY;
import static io.tarn.storage.StorageErrors.storageFailure;
import static io.trino.metastore.Partitions.makePartName;
import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static java.util.Objects.requireNonNull;

/**
 * Registers and drops single partitions in the catalogue; files are neither written nor deleted.
 * <p>
 * All of it throws {@link io.trino.spi.connector.TableNotFoundException} where there is no such table, and
 * {@code INVALID_PROCEDURE_ARGUMENT} where the table is a view, another connector's or without partitions, where the
 * columns are not its partition keys in their order, and where a value is none of its key's type.
 */
public class PartitionRegistration
{
    private final MaintainedTables tables;
    private final LiveTables liveTables;
    private final QueryMetastores metastores;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final FileLister lister;

    @Inject
    public PartitionRegistration(MaintainedTables tables, LiveTables liveTables, QueryMetastores metastores, TrinoFileSystemFactory fileSystemFactory, FileLister lister)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.lister = requireNonNull(lister, "lister is null");
    }

    /**
     * @param folder that is there; where it is not given, the one that an insert would take
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where the partition is registered,
     *         {@code INVALID_PROCEDURE_ARGUMENT} where the folder is not there
     */
    public void register(ConnectorSession session, SchemaTableName tableName, List<String> columns, List<String> values, Optional<String> folder)
    {
        Table table = tables.partitioned(tableName);
        String name = checkedName(table, columns, values);
        Location location = folder.map(PartitionRegistration::location).orElseGet(() -> folder(table, name));
        requireNotRegistered(table, name, values);
        requireFolder(session, location);
        register(session, table, name, values, location);
    }

    /**
     * Registers a partition without rows, at the folder that an insert would take.
     *
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where the partition is registered,
     *         {@code TARN_TARGET_NOT_EMPTY} where its folder has files
     */
    public void createEmpty(ConnectorSession session, SchemaTableName tableName, List<String> columns, List<String> values)
    {
        Table table = tables.partitioned(tableName);
        String name = checkedName(table, columns, values);
        Location location = folder(table, name);
        requireNotRegistered(table, name, values);
        lister.list(fileSystemFactory.create(session), location).forEachRemaining(file -> {
            throw new TrinoException(TARN_TARGET_NOT_EMPTY, "Partition %s of table %s would not be empty: there are files at %s, as %s. Call register_partition to make them part of the table, or delete them."
                    .formatted(name, tableName, location, file.location().fileName()));
        });
        register(session, table, name, values, location);
    }

    /**
     * Drops a partition from the catalogue, and leaves its files.
     *
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where the partition is not registered
     */
    public void unregister(SchemaTableName tableName, List<String> columns, List<String> values)
    {
        Table table = tables.partitioned(tableName);
        String name = checkedName(table, columns, values);
        if (metastores.forQuery().getPartition(table, values).isEmpty()) {
            throw new TrinoException(TARN_PARTITION_CONFLICT, "Partition %s of table %s does not exist. SELECT * FROM \"%s$partitions\" lists those that do.".formatted(name, tableName, tableName.getTableName()));
        }
        liveTables.dropPartitions(tableName, List.of(values));
    }

    private static String checkedName(Table table, List<String> columns, List<String> values)
    {
        List<String> keys = PartitionKeys.names(table);
        if (!columns.equals(keys)) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Provided partition column names do not match actual partition column names: " + keys);
        }
        if (values.size() != keys.size()) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "partition_values has %s values, but table %s has the partition keys %s".formatted(values.size(), table.getSchemaTableName(), keys));
        }
        for (int i = 0; i < keys.size(); i++) {
            if (values.get(i) == null || values.get(i).isEmpty()) {
                throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "The value of partition key '%s' is null or empty; the partition of the rows where it is NULL has the value '__HIVE_DEFAULT_PARTITION__'".formatted(keys.get(i)));
            }
        }
        try {
            PartitionValues.parse(table.getSchemaTableName(), PartitionKeys.of(table), values);
        }
        catch (TrinoException e) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, e.getMessage(), e);
        }
        return makePartName(keys, values);
    }

    private static Location location(String text)
    {
        try {
            return Location.of(text);
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "location is no location of the storage: %s (%s)".formatted(text, e.getMessage()), e);
        }
    }

    private static Location folder(Table table, String name)
    {
        return Location.of(table.getStorage().getLocation()).appendPath(name);
    }

    private void requireFolder(ConnectorSession session, Location location)
    {
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        try {
            if (!fileSystem.directoryExists(location).orElse(true)) {
                throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "Partition location does not exist: " + location);
            }
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, "location is no location of the storage: %s (%s)".formatted(location, e.getMessage()), e);
        }
        catch (IOException e) {
            throw storageFailure("look for", location, e);
        }
    }

    private void requireNotRegistered(Table table, String name, List<String> values)
    {
        metastores.forQuery().getPartition(table, values).ifPresent(existing -> {
            throw alreadyRegistered(table, name, Optional.of(existing));
        });
    }

    private void register(ConnectorSession session, Table table, String name, List<String> values, Location location)
    {
        List<String> registered = new PartitionRegistrar(metastores::forQuery, table, session.getQueryId()).register(Map.of(name, location.toString()), Map.of());
        if (registered.isEmpty()) {
            throw alreadyRegistered(table, name, metastores.forQuery().getPartition(table, values));
        }
    }

    private static TrinoException alreadyRegistered(Table table, String name, Optional<Partition> existing)
    {
        return new TrinoException(TARN_PARTITION_CONFLICT, "Partition %s of table %s is already registered%s. Call unregister_partition first to register it anew."
                .formatted(name, table.getSchemaTableName(), existing.map(partition -> " with location " + partition.getStorage().getLocation()).orElse("")));
    }
}
