package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.format.ReadLimit;
import io.tarn.scan.ScanUnit;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;

/**
 * A split's units, one after the other; a unit is opened when the one before it is read.
 */
final class SplitPageSource
        implements ConnectorPageSource
{
    private final UnitReader reader;
    private final Iterator<ScanUnit> units;
    private final Optional<ReadLimit> limit;
    private final long maxPositions;

    private ConnectorPageSource current;
    private Optional<BucketCheck> check = Optional.empty();
    private long finishedBytes;
    private long finishedPositions;
    private long finishedNanos;
    private Metrics finishedMetrics = Metrics.EMPTY;
    private long positions;
    private boolean finished;

    /**
     * @param limit rows after which no more need be given
     */
    SplitPageSource(UnitReader reader, List<ScanUnit> units, Optional<ReadLimit> limit)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.units = ImmutableList.copyOf(units).iterator();
        this.limit = requireNonNull(limit, "limit is null");
        maxPositions = limit.map(ReadLimit::rows).orElse(Long.MAX_VALUE);
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (finished) {
            return null;
        }
        // not sooner: the columns of the last page may be decoded after it was handed out
        if (current != null && (current.isFinished() || positions >= maxPositions)) {
            finishUnit();
        }
        if (current == null) {
            if (!units.hasNext() || positions >= maxPositions) {
                finished = true;
                return null;
            }
            ScanUnit unit = units.next();
            current = reader.open(unit, limit.map(whole -> whole.less(positions))).orElse(null);
            check = reader.check(unit);
            return null;
        }
        SourcePage page = current.getNextSourcePage();
        if (page != null) {
            positions += page.getPositionCount();
            check.ifPresent(buckets -> buckets.check(page));
        }
        return page;
    }

    private void finishUnit()
    {
        try {
            current.close();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // what a reader reports stays readable after it is closed
        finishedBytes += current.getCompletedBytes();
        finishedPositions += current.getCompletedPositions().orElse(0);
        finishedNanos += current.getReadTimeNanos();
        finishedMetrics = finishedMetrics.mergeWith(current.getMetrics());
        current = null;
    }

    @Override
    public long getCompletedBytes()
    {
        return finishedBytes + (current == null ? 0 : current.getCompletedBytes());
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(Math.max(positions, finishedPositions + (current == null ? 0 : current.getCompletedPositions().orElse(0))));
    }

    @Override
    public long getReadTimeNanos()
    {
        return finishedNanos + (current == null ? 0 : current.getReadTimeNanos());
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return current == null ? NOT_BLOCKED : current.isBlocked();
    }

    @Override
    public Metrics getMetrics()
    {
        return current == null ? finishedMetrics : finishedMetrics.mergeWith(current.getMetrics());
    }

    @Override
    public void close()
            throws IOException
    {
        finished = true;
        if (current != null) {
            current.close();
        }
    }
}
