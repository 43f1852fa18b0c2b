package io.tarn.connector.system;

import io.airlift.log.Logger;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.tarn.scan.TableFile;
import io.tarn.storage.DataFile;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

import static io.trino.spi.StandardErrorCode.GENERIC_INTERNAL_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * Asks files what they say of themselves, several at once. For one thread at a time.
 */
final class FileDescriber
{
    private static final Logger log = Logger.get(FileDescriber.class);

    private final FileFormats formats;
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final Set<String> visibleColumns;
    private final FooterAllowance allowance;
    private final Executor executor;
    private boolean granted;
    private long bytesRead;

    /**
     * @param visibleColumns lower-case names of the columns that may be described
     * @param executor asks the files, and bounds how many at once
     */
    FileDescriber(FileFormats formats, ConnectorSession session, TrinoFileSystem fileSystem, Set<String> visibleColumns, FooterAllowance allowance, Executor executor)
    {
        this.formats = requireNonNull(formats, "formats is null");
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.visibleColumns = requireNonNull(visibleColumns, "visibleColumns is null");
        this.allowance = requireNonNull(allowance, "allowance is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    /**
     * In the order of the files. What is wrong with a file is told in its description.
     *
     * @throws TrinoException where the quota does not allow it
     */
    List<FileDescription> describe(List<TableFile> files)
    {
        if (!granted) {
            allowance.await();
            granted = true;
        }
        long taken = allowance.take(files);
        List<CompletableFuture<FileDescription>> running = files.stream()
                .map(file -> CompletableFuture.supplyAsync(() -> describe(file), executor))
                .toList();
        List<FileDescription> descriptions = new ArrayList<>(files.size());
        try {
            for (CompletableFuture<FileDescription> description : running) {
                descriptions.add(description.get());
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrinoException(GENERIC_INTERNAL_ERROR, "Interrupted while files were asked what they hold", e);
        }
        catch (ExecutionException e) {
            throw new TrinoException(GENERIC_INTERNAL_ERROR, e.getCause());
        }
        finally {
            running.forEach(description -> description.cancel(true));
        }
        bytesRead += descriptions.stream().mapToLong(FileDescription::bytesRead).sum();
        allowance.settle(taken, descriptions);
        return descriptions;
    }

    long bytesRead()
    {
        return bytesRead;
    }

    private FileDescription describe(TableFile file)
    {
        try {
            List<FileColumn> columns = DescribedColumns.of(file.schema(), visibleColumns);
            return formats.require(file.schema()).statistics(read(file, columns))
                    .map(statistics -> FileDescription.of(statistics, columns))
                    .orElseGet(FileDescription::ofUndescribed);
        }
        catch (TrinoException e) {
            return FileDescription.ofBroken(e.getMessage());
        }
        catch (RuntimeException e) {
            log.warn(e, "What %s holds cannot be told", file.file().location());
            return FileDescription.ofBroken("%s cannot be understood: %s".formatted(file.file().location(), e));
        }
    }

    private FileRead read(TableFile tableFile, List<FileColumn> columns)
    {
        DataFile file = tableFile.file();
        return new FileRead(
                session,
                fileSystem,
                new FileSlice(file.location(), 0, file.length(), file.length(), file.modified()),
                tableFile.schema(),
                columns,
                TupleDomain.all(),
                MemoryContext.NO_LIMIT);
    }
}
