package io.tarn.ddl;

import com.google.inject.Inject;
import io.tarn.writelog.WriteFileName;
import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Database;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

import static io.tarn.error.TarnErrorCode.TARN_TARGET_NOT_EMPTY;
import static io.tarn.storage.StorageErrors.storageFailure;
import static io.trino.metastore.Partitions.escapePathName;
import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.StandardErrorCode.INVALID_SCHEMA_PROPERTY;
import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;
import static java.util.Objects.requireNonNull;

/**
 * Where tables are.
 */
public class TableLocations
{
    private final TrinoFileSystemFactory fileSystemFactory;

    @Inject
    public TableLocations(TrinoFileSystemFactory fileSystemFactory)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
    }

    /**
     * A folder of its own for a table that owns its files. The name ends with the write log's, so that it is nobody
     * else's: not that of a table that is created at the same time, nor of one that had the name before.
     *
     * @throws TrinoException {@code INVALID_SCHEMA_PROPERTY} where the schema has no location
     */
    public Location managed(Database schema, SchemaTableName table, String logId)
    {
        String location = schema.getLocation()
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new TrinoException(INVALID_SCHEMA_PROPERTY, "Schema %s has no location in the catalogue, so table %s needs the property external_location".formatted(schema.getDatabaseName(), table.getTableName())));
        return Location.of(location).appendPath("%s-%s".formatted(escapePathName(table.getTableName()), logId));
    }

    /**
     * @throws TrinoException {@code INVALID_TABLE_PROPERTY} where the text is no location of the storage
     */
    public Location external(ConnectorSession session, String text)
    {
        try {
            return known(session, text);
        }
        catch (IllegalArgumentException | IOException e) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "External location is not a valid file system URI: %s (%s)".formatted(text, e.getMessage()), e);
        }
    }

    /**
     * Where the files of {@code UNLOAD} are to be.
     *
     * @throws TrinoException {@code INVALID_FUNCTION_ARGUMENT} where the text is no location of the storage
     */
    public Location unload(ConnectorSession session, String text)
    {
        try {
            return known(session, text);
        }
        catch (IllegalArgumentException | IOException e) {
            throw new TrinoException(INVALID_FUNCTION_ARGUMENT, "UNLOAD: location is '%s', which is no folder of the storage: %s. Write it as s3://bucket/folder/".formatted(text, e.getMessage()), e);
        }
    }

    private Location known(ConnectorSession session, String text)
            throws IOException
    {
        Location location = Location.of(text);
        // whether the storage knows such locations
        fileSystemFactory.create(session).directoryExists(location);
        return location;
    }

    /**
     * @param ours files that may be there
     * @throws TrinoException {@code TARN_TARGET_NOT_EMPTY} where there are others
     */
    public void requireEmpty(ConnectorSession session, Location location, SchemaTableName table, Predicate<String> ours)
    {
        Optional<FileEntry> found = firstOther(fileSystemFactory.create(session), location, ours);
        if (found.isPresent()) {
            throw new TrinoException(TARN_TARGET_NOT_EMPTY, "Table %s cannot be created from a query at %s, for there are files already, as %s. Choose another external_location, or delete them."
                    .formatted(table, location, found.get().location()));
        }
    }

    /**
     * @param ours the write whose files may be there
     * @throws TrinoException {@code TARN_TARGET_NOT_EMPTY} where there are others
     */
    public void requireEmptyForUnload(ConnectorSession session, Location location, WriteFileName ours)
    {
        Optional<FileEntry> found = firstOther(fileSystemFactory.create(session), location, name -> WriteFileName.of(name).filter(ours::equals).isPresent());
        if (found.isPresent()) {
            throw new TrinoException(TARN_TARGET_NOT_EMPTY, "UNLOAD: target directory %s already exists and is not empty, for instance there is %s (Athena's HIVE_PATH_ALREADY_EXISTS). Choose another location, or delete its files."
                    .formatted(location, found.get().location()));
        }
    }

    private static Optional<FileEntry> firstOther(TrinoFileSystem fileSystem, Location location, Predicate<String> ours)
    {
        try {
            FileIterator files = fileSystem.listFiles(location);
            while (files.hasNext()) {
                FileEntry file = files.next();
                if (file.length() > 0 && !ours.test(file.location().fileName())) {
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        }
        catch (IOException | RuntimeException e) {
            throw storageFailure("list", location, e);
        }
    }
}
