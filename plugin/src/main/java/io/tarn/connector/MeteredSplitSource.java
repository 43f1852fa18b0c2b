package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.ScanQuota;
import io.tarn.quota.ScanTotals;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanPartition;
import io.tarn.scan.ScanUnit;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Hands out splits that the quota has granted. The scan is counted as soon as the source exists, beside the scans of
 * the query's other tables, and the first split waits until all of them are granted.
 * <p>
 * What is counted is kept, up to a bound; what comes behind it is taken batch by batch. So is everything of a scan that
 * runs on a lease: its batches start with one split and double, and under a limit there is a pause between them,
 * because the first split is likely to be enough.
 */
final class MeteredSplitSource
        implements ConnectorSplitSource
{
    private static final int LARGEST_BATCH = 100;
    /**
     * The default of the engine's {@code query.min-schedule-split-batch-size}; where it is set higher, a scan that runs
     * on a lease under a limit is refused.
     */
    private static final int ENGINE_BATCH = 100;
    private static final ScanGroup NOTHING = new ScanGroup(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
    /**
     * About a kilobyte each.
     */
    private static final int MAX_KEPT_GROUPS = 20_000;
    private static final long LEASE_PAUSE_MILLIS = 50;
    /**
     * How long a limited scan whose lease cannot grow gives the splits that run to be enough.
     */
    private static final long LEASE_GRACE_SECONDS = 10;

    private final ScanQuota quota;
    private final Supplier<EstimatedGroups> scan;
    private final DynamicPartitionFilter dynamicFilter;
    private final Predicate<ScanPartition> wanted;
    private final OptionalLong limit;
    private final SplitFactory splitFactory;
    private final long dynamicFilterWaitMillis;
    private final Executor executor;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean finished;
    // of the counting, and after it of the one request that the engine has outstanding
    private final Queue<EstimatedGroup> kept = new ArrayDeque<>();
    private volatile EstimatedGroups estimates;
    private Iterator<EstimatedGroup> groups;
    private long limitedRows;
    private String lastPartition;
    private int leasedBatch = 1;
    private long droppedBytes;

    interface SplitFactory
    {
        ConnectorSplit split(ScanGroup group, boolean enforceAllowance);
    }

    /**
     * @param wanted whether the dynamic filter still asks for a partition
     * @param limit rows that are enough, where no filter may take some away
     */
    MeteredSplitSource(
            ScanQuota quota,
            Supplier<EstimatedGroups> scan,
            DynamicPartitionFilter dynamicFilter,
            Predicate<ScanPartition> wanted,
            OptionalLong limit,
            SplitFactory splitFactory,
            long dynamicFilterWaitMillis,
            Executor executor)
    {
        this.quota = requireNonNull(quota, "quota is null");
        this.scan = requireNonNull(scan, "scan is null");
        this.dynamicFilter = requireNonNull(dynamicFilter, "dynamicFilter is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.splitFactory = requireNonNull(splitFactory, "splitFactory is null");
        this.dynamicFilterWaitMillis = dynamicFilterWaitMillis;
        this.executor = requireNonNull(executor, "executor is null");
    }

    MeteredSplitSource start()
    {
        executor.execute(this::count);
        return this;
    }

    private void count()
    {
        try {
            estimates = scan.get();
            groups = enough(estimates);
            boolean whole = true;
            while (groups.hasNext()) {
                if (closed.getCount() == 0 || kept.size() >= MAX_KEPT_GROUPS) {
                    whole = false;
                    break;
                }
                EstimatedGroup group = groups.next();
                if (!quota.isDryRun()) {
                    kept.add(group);
                }
                if (!quota.count(totals(group))) {
                    whole = !groups.hasNext();
                    break;
                }
            }
            quota.counted(whole);
        }
        catch (Throwable t) {
            quota.failed(t);
        }
    }

    /**
     * Groups until their rows are known to be enough.
     */
    private Iterator<EstimatedGroup> enough(Iterator<EstimatedGroup> all)
    {
        if (limit.isEmpty()) {
            return all;
        }
        return new Iterator<>()
        {
            @Override
            public boolean hasNext()
            {
                return limitedRows < limit.getAsLong() && all.hasNext();
            }

            @Override
            public EstimatedGroup next()
            {
                EstimatedGroup group = all.next();
                limitedRows += group.rows().orElse(0);
                return group;
            }
        };
    }

    private ScanTotals totals(EstimatedGroup group)
    {
        long files = 0;
        String lastFile = "";
        for (ScanUnit unit : group.group().units()) {
            // the first part of a file stands for it
            if (unit.start() == 0 && !unit.location().equals(lastFile)) {
                files++;
                lastFile = unit.location();
            }
        }
        long partitions = 0;
        for (ScanPartition partition : group.group().partitions()) {
            if (!partition.name().equals(lastPartition)) {
                partitions++;
                lastPartition = partition.name();
            }
        }
        return new ScanTotals(files, partitions, group.bytes(), group.rows());
    }

    @Override
    public long getRequestedDynamicFilterWaitTimeoutMillis()
    {
        return dynamicFilterWaitMillis;
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilterSnapshot)
    {
        dynamicFilter.update(dynamicFilterSnapshot.currentPredicate());
        return SplitBatches.withoutWrapping(quota.granted().thenComposeAsync(
                _ -> {
                    boolean pause = limit.isPresent() && !quota.isPrepaid() && leasedBatch > 1;
                    return CompletableFuture.supplyAsync(
                            () -> nextBatch(Math.min(maxSize, LARGEST_BATCH)),
                            pause ? delayedExecutor(LEASE_PAUSE_MILLIS, MILLISECONDS, executor) : executor);
                },
                executor));
    }

    private List<ConnectorSplit> nextBatch(int maxSize)
    {
        int size = quota.isPrepaid() ? maxSize : Math.min(maxSize, leasedBatch);
        ImmutableList.Builder<ConnectorSplit> splits = ImmutableList.builder();
        long unpaid = 0;
        for (int count = 0; count < size && !finished; ) {
            boolean paid = quota.isPrepaid() && !kept.isEmpty();
            Optional<EstimatedGroup> next = next();
            if (next.isEmpty()) {
                finished = true;
                break;
            }
            EstimatedGroup group = next.get();
            if (group.group().partitions().stream().noneMatch(wanted)) {
                droppedBytes += paid ? group.bytes() : 0;
                continue;
            }
            unpaid += paid ? 0 : group.bytes();
            splits.add(splitFactory.split(group.group(), quota.isEnforced()));
            count++;
        }
        if (unpaid > 0 && !take(unpaid)) {
            return ImmutableList.of();
        }
        if (finished && closed.getCount() > 0) {
            quota.giveBack(droppedBytes);
        }
        leasedBatch = Math.min(2 * leasedBatch, LARGEST_BATCH);
        if (limit.isPresent() && !quota.isPrepaid() && !finished) {
            // the engine gathers splits until it has some number of them, and would wait for the rest before the first runs
            ConnectorSplit nothing = splitFactory.split(NOTHING, true);
            for (int count = size; count < Math.min(maxSize, ENGINE_BATCH); count++) {
                splits.add(nothing);
            }
        }
        return splits.build();
    }

    private Optional<EstimatedGroup> next()
    {
        EstimatedGroup group = kept.poll();
        if (group != null) {
            return Optional.of(group);
        }
        return groups.hasNext() ? Optional.of(groups.next()) : Optional.empty();
    }

    /**
     * @return false where nothing more is needed
     */
    private boolean take(long bytes)
    {
        try {
            quota.take(bytes);
            return true;
        }
        catch (TrinoException e) {
            if (limit.isPresent() && leasedBatch > 1 && isClosedSoon()) {
                return false;
            }
            throw e;
        }
    }

    private boolean isClosedSoon()
    {
        try {
            return closed.await(LEASE_GRACE_SECONDS, SECONDS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close()
    {
        finished = true;
        closed.countDown();
        EstimatedGroups started = estimates;
        if (started != null) {
            started.close();
        }
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }
}
