package io.tarn.maintenance;

import com.google.common.collect.AbstractIterator;
import com.google.inject.Inject;
import io.airlift.units.Duration;
import io.tarn.metastore.QueryMetastores;
import io.tarn.write.WriteConfig;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static io.tarn.storage.StorageErrors.storageFailure;
import static java.util.Objects.requireNonNull;

/**
 * Finds what writes have left below tables.
 */
public class OrphanFiles
{
    private final TrinoFileSystemFactory fileSystemFactory;
    private final QueryMetastores metastores;
    private final Duration shortestRetention;

    @Inject
    public OrphanFiles(TrinoFileSystemFactory fileSystemFactory, QueryMetastores metastores, WriteConfig config)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.shortestRetention = config.getMinOrphanRetention();
    }

    /**
     * The retention below which nothing is removed to which a retention applies.
     */
    public Duration shortestRetention()
    {
        return shortestRetention;
    }

    /**
     * The files at a table's location and those of its partitions that are no part of it, those of writes that are under
     * way among them; pages of the storage's listing are fetched as the iterator advances. None where there is nothing in
     * the table's log to tell of, other than lists.
     *
     * @throws io.trino.spi.TrinoException where the storage or the catalogue is at fault; also from the iterator
     */
    public Iterator<OrphanFile> of(ConnectorSession session, Table table)
    {
        Optional<WriteLog> log = WriteLog.of(table.getSchemaTableName(), table.getParameters());
        if (log.isEmpty()) {
            return Collections.emptyIterator();
        }
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        return in(fileSystem, OrphanClassifier.of(fileSystem, table, log.get()), TableFolders.of(metastores.forQuery(), table));
    }

    static Iterator<OrphanFile> in(TrinoFileSystem fileSystem, OrphanClassifier classifier, List<Location> folders)
    {
        Iterator<Location> remaining = folders.iterator();
        return new AbstractIterator<>()
        {
            private Location folder;
            private FileIterator files = FileIterator.empty();

            @Override
            protected OrphanFile computeNext()
            {
                try {
                    while (true) {
                        while (files.hasNext()) {
                            Optional<OrphanFile> orphan = classifier.classify(files.next());
                            if (orphan.isPresent()) {
                                return orphan.get();
                            }
                        }
                        if (!remaining.hasNext()) {
                            return endOfData();
                        }
                        folder = remaining.next();
                        files = fileSystem.listFiles(folder);
                    }
                }
                catch (IOException | RuntimeException e) {
                    throw storageFailure("list", folder, e);
                }
            }
        };
    }
}
