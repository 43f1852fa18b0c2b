package io.tarn.connector;

import io.tarn.ddl.TableDeclaration;
import io.tarn.ddl.UnloadDeclaration;
import io.tarn.ddl.UnloadProperties;
import io.tarn.ddl.UnloadRequest;
import io.tarn.write.TableWrite;
import io.tarn.write.UnpublishedFiles;
import io.tarn.write.WritePermit;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.RetryMode;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE TABLE system.unload WITH (external_location = …) AS}: a query's rows are written as those of a table
 * would be, by the same writers, and nothing comes into the catalogue.
 */
final class UnloadStatements
{
    private final WriteTools tools;
    private final UndoLog undo;

    UnloadStatements(WriteTools tools, UndoLog undo)
    {
        this.tools = requireNonNull(tools, "tools is null");
        this.undo = requireNonNull(undo, "undo is null");
    }

    static boolean isUnload(ConnectorTableMetadata metadata)
    {
        return metadata.getTable().equals(UnloadDeclaration.NAME);
    }

    /**
     * Comes before anything is written, and for {@code EXPLAIN} alone: what cannot be meant so is refused here.
     */
    Optional<ConnectorTableLayout> layout(ConnectorSession session, ConnectorTableMetadata metadata)
    {
        TableWrite write = write(session, metadata);
        tools.locations().requireEmptyForUnload(session, Location.of(write.location()), write.file());
        return BucketedWrites.layout(Optional.empty(), TableDeclaration.partitionedBy(metadata.getProperties()));
    }

    TarnWriteHandle begin(ConnectorSession session, ConnectorTableMetadata metadata, RetryMode retryMode, boolean replace)
    {
        WriteStatements.requireNoRetries(retryMode);
        if (replace) {
            throw new TrinoException(NOT_SUPPORTED, "UNLOAD replaces no files: leave OR REPLACE out");
        }
        TableWrite write = write(session, metadata);
        Location location = Location.of(write.location());
        // the statement may have waited since it was analyzed
        tools.locations().requireEmptyForUnload(session, location, write.file());
        TrinoFileSystem fileSystem = tools.fileSystemFactory().create(session);
        WritePermit permit = new WritePermit(fileSystem, write);
        undo.add(() -> new UnpublishedFiles(fileSystem).delete(List.of(location), write.file()));
        // before them
        undo.addUnlessFinished(permit::revoke);
        permit.grant();
        return new TarnWriteHandle(write, Optional.empty());
    }

    void finish(ConnectorSession session, TableWrite write)
    {
        // where several statements write to one folder at the same time
        tools.locations().requireEmptyForUnload(session, Location.of(write.location()), write.file());
        undo.clear();
        new WritePermit(tools.fileSystemFactory().create(session), write).discard();
    }

    private TableWrite write(ConnectorSession session, ConnectorTableMetadata metadata)
    {
        UnloadRequest request = UnloadProperties.request(metadata);
        return tools.unloads().write(session, request, tools.locations().unload(session, request.location())).asRevocable();
    }
}
