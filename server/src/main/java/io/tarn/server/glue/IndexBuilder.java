package io.tarn.server.glue;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.aws.AwsException;
import io.tarn.server.glue.PartitionIndexRows.PartitionIndexRow;
import io.tarn.server.glue.PartitionIndexRows.Status;
import io.tarn.server.glue.TableRows.TableRow;
import io.tarn.server.glue.expression.KeyOrder;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * Fills new partition indexes and empties those that are deleted, a batch a transaction, so that nobody who writes waits
 * for long. What a process that ended left unfinished is gone on with by the next.
 */
final class IndexBuilder
        implements AutoCloseable
{
    private static final Logger log = Logger.getLogger(IndexBuilder.class.getName());
    private static final int BATCH = 1000;
    private static final int CLOSE_SECONDS = 10;

    private final GlueStore store;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("glue-partition-indexes").factory());
    private volatile boolean closed;

    IndexBuilder(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    /**
     * Says that there may be something to do.
     */
    void wake()
    {
        if (!closed) {
            executor.execute(this::work);
        }
    }

    private void work()
    {
        try {
            while (!closed && store.read(transaction -> transaction.partitionIndexes().unfinished()).isPresent() && store.write(IndexBuilder::step)) {
                // the next batch
            }
        }
        catch (AwsException e) {
            log.log(Level.WARNING, "A partition index is not finished; it is gone on with when the next one changes, or at the next start", e);
        }
    }

    /**
     * @return whether there was something to do
     */
    private static boolean step(GlueTransaction transaction)
    {
        PartitionIndexRows indexes = transaction.partitionIndexes();
        Optional<PartitionIndexRow> unfinished = indexes.unfinished();
        unfinished.ifPresent(index -> {
            switch (index.status()) {
                case CREATING -> fill(transaction, index);
                case DELETING -> {
                    if (indexes.deleteEntries(index, BATCH) == 0) {
                        indexes.delete(index);
                    }
                }
                case ACTIVE -> {}
            }
        });
        return unfinished.isPresent();
    }

    private static void fill(GlueTransaction transaction, PartitionIndexRow index)
    {
        TableRow table = transaction.tables().require(index.database(), index.table());
        KeyOrder order = KeyOrder.of(PartitionIndexes.keys(Tables.table(table)), index.keys());
        PartitionIndexRows indexes = transaction.partitionIndexes();
        Collection<String> keys = indexes.partitionKeys(index.database(), index.table(), index.filledTo(), BATCH);
        ImmutableMap<String, String> positions = keys.stream()
                .collect(toImmutableMap(identity(), key -> order.position(PartitionValues.values(key))));
        indexes.addEntries(index, positions);
        boolean last = keys.size() < BATCH;
        indexes.update(new PartitionIndexRow(
                index.database(),
                index.table(),
                index.name(),
                index.keys(),
                last ? Status.ACTIVE : Status.CREATING,
                last ? "" : positions.keySet().asList().getLast()));
    }

    @Override
    public void close()
    {
        closed = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
