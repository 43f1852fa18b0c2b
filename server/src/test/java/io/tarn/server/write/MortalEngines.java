package io.tarn.server.write;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.supplyAsync;

/**
 * One engine to die after the other. The next one starts while what the last one left is looked at.
 */
final class MortalEngines
        implements AutoCloseable
{
    private final WrittenLake lake;
    private final Path folder;
    private final Executor executor;
    private CompletableFuture<MortalEngine> next;

    MortalEngines(WrittenLake lake, Path folder, Executor executor)
    {
        this.lake = requireNonNull(lake, "lake is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.executor = requireNonNull(executor, "executor is null");
        replace();
    }

    MortalEngine current()
    {
        return next.join();
    }

    /**
     * In place of one that is dead.
     */
    void replace()
    {
        next = supplyAsync(() -> MortalEngine.start(lake, folder), executor);
    }

    @Override
    public void close()
            throws IOException
    {
        current().close();
    }
}
