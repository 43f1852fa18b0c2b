package io.tarn.connector;

import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.tarn.ddl.TableDeclaration;
import io.tarn.ddl.TableLocations;
import io.tarn.ddl.UnloadDeclaration;
import io.tarn.format.FileFormats;
import io.tarn.format.FormatWriters;
import io.tarn.metastore.LiveTables;
import io.tarn.scan.TableScanner;
import io.tarn.storage.FileLister;
import io.tarn.write.TablePublisher;
import io.tarn.write.WrittenFile;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;

import static java.util.Objects.requireNonNull;

/**
 * What statements that write have in common.
 */
record WriteTools(
        TrinoFileSystemFactory fileSystemFactory,
        FileLister lister,
        LiveTables liveTables,
        QueryMetastoreFactory metastoreFactory,
        FileFormats formats,
        FormatWriters writers,
        TableScanner scanner,
        TableDeclaration declaration,
        TableLocations locations,
        UnloadDeclaration unloads,
        JsonCodec<WrittenFile> codec)
{
    @Inject
    WriteTools
    {
        requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        requireNonNull(lister, "lister is null");
        requireNonNull(liveTables, "liveTables is null");
        requireNonNull(metastoreFactory, "metastoreFactory is null");
        requireNonNull(formats, "formats is null");
        requireNonNull(writers, "writers is null");
        requireNonNull(scanner, "scanner is null");
        requireNonNull(declaration, "declaration is null");
        requireNonNull(locations, "locations is null");
        requireNonNull(unloads, "unloads is null");
        requireNonNull(codec, "codec is null");
    }

    TablePublisher publisher(ConnectorSession session, Table table)
    {
        return new TablePublisher(table.getSchemaTableName(), Location.of(table.getStorage().getLocation()), fileSystemFactory.create(session), lister, liveTables);
    }

    /**
     * A metastore that has not asked for anything yet.
     */
    HiveMetastore freshMetastore()
    {
        return metastoreFactory.forQuery();
    }
}
