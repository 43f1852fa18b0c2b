package io.tarn.connector;

import io.airlift.log.Logger;
import io.tarn.write.TablePublisher;
import io.tarn.write.UnpublishedFiles;
import io.tarn.write.WriteFate;
import io.tarn.writelog.WriteFileName;
import io.trino.filesystem.Location;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What is undone of a write whose statement fails.
 */
final class FailedWrite
{
    private static final Logger log = Logger.get(FailedWrite.class);

    private final UndoLog undo;
    private final WriteTools tools;
    private final ConnectorSession session;
    private final Table table;
    private final WriteFileName write;

    /**
     * @param table that is written to, or created
     */
    FailedWrite(UndoLog undo, WriteTools tools, ConnectorSession session, Table table, WriteFileName write)
    {
        this.undo = requireNonNull(undo, "undo is null");
        this.tools = requireNonNull(tools, "tools is null");
        this.session = requireNonNull(session, "session is null");
        this.table = requireNonNull(table, "table is null");
        this.write = requireNonNull(write, "write is null");
    }

    /**
     * As long as nobody has been asked to publish the write, its files can be deleted.
     */
    void undoFiles()
    {
        undo.add(this::deleteFiles);
    }

    /**
     * From now on a failure does not tell whether the write is published, or will be by a request that is under way. So
     * that is made certain first.
     *
     * @param drop takes away what the statement has created in the catalogue
     */
    void undoPublishing(Runnable drop)
    {
        undo.clear();
        undo.add(() -> {
            TablePublisher publisher = tools.publisher(session, table);
            WriteFate fate = publisher.giveUp(write);
            switch (fate) {
                case PUBLISHED -> log.warn("Query %s failed, but what it wrote to table %s is published", session.getQueryId(), table.getSchemaTableName());
                case TABLE_GONE -> deleteFiles();
                case GIVEN_UP -> {
                    drop.run();
                    deleteFiles();
                }
            }
        });
    }

    private void deleteFiles()
    {
        new UnpublishedFiles(tools.fileSystemFactory().create(session)).delete(List.of(Location.of(table.getStorage().getLocation())), write);
    }
}
