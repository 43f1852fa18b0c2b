package io.tarn.connector;

import com.google.common.collect.AbstractIterator;
import io.tarn.format.ReadEstimate;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanUnit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static java.util.Objects.requireNonNull;

/**
 * Groups with their costs, in the order of the groups; the costs of those that come next are found out meanwhile.
 */
final class EstimatedGroups
        extends AbstractIterator<EstimatedGroup>
        implements AutoCloseable
{
    private final Iterator<ScanGroup> groups;
    private final Function<ScanGroup, Function<ScanUnit, ReadEstimate>> estimator;
    private final OptionalLong limit;
    private final Executor executor;
    private final int unitsAhead;

    private final Queue<PendingGroup> pending = new ArrayDeque<>();
    private int pendingUnits;
    private RuntimeException groupsFailure;
    private volatile boolean closed;

    /**
     * @param estimator for every group, what tells the cost of its units
     * @param limit rows of a group after which its further units are not opened
     * @param unitsAhead how many units may wait or be worked on; a group is begun whole
     */
    EstimatedGroups(
            Iterator<ScanGroup> groups,
            Function<ScanGroup, Function<ScanUnit, ReadEstimate>> estimator,
            OptionalLong limit,
            Executor executor,
            int unitsAhead)
    {
        this.groups = requireNonNull(groups, "groups is null");
        this.estimator = requireNonNull(estimator, "estimator is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.unitsAhead = unitsAhead;
    }

    @Override
    protected EstimatedGroup computeNext()
    {
        while (!closed && groupsFailure == null && (pending.isEmpty() || pendingUnits < unitsAhead) && hasMoreGroups()) {
            begin(groups.next());
        }
        PendingGroup next = closed ? null : pending.poll();
        if (next == null) {
            if (groupsFailure != null && !closed) {
                throw groupsFailure;
            }
            return endOfData();
        }
        pendingUnits -= next.group().units().size();
        try {
            return next.estimate().join();
        }
        catch (CompletionException e) {
            if (closed) {
                return endOfData();
            }
            throwIfUnchecked(e.getCause());
            throw e;
        }
    }

    // what comes before a failure is to be handed out before it, as it would be without looking ahead
    private boolean hasMoreGroups()
    {
        try {
            return groups.hasNext();
        }
        catch (RuntimeException e) {
            groupsFailure = e;
            return false;
        }
    }

    private void begin(ScanGroup group)
    {
        Function<ScanUnit, ReadEstimate> estimate = estimator.apply(group);
        // under a limit the first file is likely to be enough, and is asked alone
        CompletableFuture<EstimatedGroup> future = limit.isPresent()
                ? CompletableFuture.supplyAsync(() -> enough(group, estimate), executor)
                : all(group, estimate);
        pending.add(new PendingGroup(group, future));
        pendingUnits += group.units().size();
    }

    private CompletableFuture<EstimatedGroup> all(ScanGroup group, Function<ScanUnit, ReadEstimate> estimate)
    {
        List<CompletableFuture<ReadEstimate>> units = new ArrayList<>(group.units().size());
        for (ScanUnit unit : group.units()) {
            units.add(CompletableFuture.supplyAsync(() -> ask(unit, estimate), executor));
        }
        return CompletableFuture.allOf(units.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    GroupSum sum = new GroupSum();
                    units.forEach(unit -> sum.add(unit.join()));
                    return sum.of(group);
                });
    }

    private EstimatedGroup enough(ScanGroup group, Function<ScanUnit, ReadEstimate> estimate)
    {
        GroupSum sum = new GroupSum();
        for (ScanUnit unit : group.units()) {
            if (sum.knownRows >= limit.orElseThrow()) {
                break;
            }
            sum.add(ask(unit, estimate));
        }
        return sum.of(group);
    }

    private ReadEstimate ask(ScanUnit unit, Function<ScanUnit, ReadEstimate> estimate)
    {
        if (closed) {
            throw new CancellationException();
        }
        return estimate.apply(unit);
    }

    /**
     * Lets go of the files that were not asked yet; there are no further groups. This may come from another thread.
     */
    @Override
    public void close()
    {
        closed = true;
    }

    private record PendingGroup(ScanGroup group, CompletableFuture<EstimatedGroup> estimate) {}

    private static final class GroupSum
    {
        private long bytes;
        private long knownRows;
        private boolean allRowsKnown = true;
        private boolean exact = true;

        private void add(ReadEstimate unit)
        {
            bytes += unit.bytes();
            knownRows += unit.rows().orElse(0);
            allRowsKnown &= unit.rows().isPresent();
            exact &= unit.exact();
        }

        private EstimatedGroup of(ScanGroup group)
        {
            return new EstimatedGroup(group, bytes, allRowsKnown ? OptionalLong.of(knownRows) : OptionalLong.empty(), exact);
        }
    }
}
