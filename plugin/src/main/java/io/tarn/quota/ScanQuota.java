package io.tarn.quota;

import java.util.concurrent.CompletableFuture;

import static io.tarn.quota.policy.Action.REJECT;
import static java.util.Objects.requireNonNull;

/**
 * One scan of a query, as the gate knows it. The scan first counts what it would read, then asks to be granted, then
 * hands out its splits; where it is on a lease it takes what it hands out, batch by batch.
 * <p>
 * For one thread at a time, except {@link #granted}.
 */
public final class ScanQuota
{
    private final RunningQuery query;
    private final ScanDescription description;
    private final CompletableFuture<Void> counted = new CompletableFuture<>();
    private volatile ScanTotals totals = ScanTotals.NONE;
    private volatile boolean whole;
    private volatile boolean prepaid;
    private CompletableFuture<Void> round;

    ScanQuota(RunningQuery query, ScanDescription description)
    {
        this.query = requireNonNull(query, "query is null");
        this.description = requireNonNull(description, "description is null");
    }

    /**
     * Whether only the estimate is asked for, so that all must be counted and nothing kept.
     */
    public boolean isDryRun()
    {
        return query.isDryRun();
    }

    /**
     * Whether the scan may not read more than it counted.
     */
    public boolean isEnforced()
    {
        return query.workgroup().action() == REJECT;
    }

    /**
     * Adds to what the scan is expected to read.
     *
     * @return whether it makes sense to go on counting: false where the query will not be granted anyway
     */
    public boolean count(ScanTotals part)
    {
        totals = totals.plus(part);
        return query.mayStillFit();
    }

    /**
     * Ends the counting.
     *
     * @param whole false where there is more than was counted; the rest is taken later
     */
    public void counted(boolean whole)
    {
        this.whole = whole;
        counted.complete(null);
    }

    /**
     * Ends the counting where it fails; the query will fail with this.
     */
    public void failed(Throwable failure)
    {
        counted.completeExceptionally(failure);
    }

    /**
     * Completes when the query may read: when all its scans are counted and what they count is reserved. Fails with
     * the {@link io.trino.spi.TrinoException} that tells why it may not. The engine has made all scans known before it
     * asks for the first split.
     */
    public CompletableFuture<Void> granted()
    {
        return query.grant(this);
    }

    /**
     * Whether what was counted is reserved; otherwise each batch of splits is to be taken before it is handed out.
     */
    public boolean isPrepaid()
    {
        return prepaid;
    }

    /**
     * Reserves what was not counted, or was not granted.
     *
     * @throws io.trino.spi.TrinoException QUOTA_EXCEEDED where it does not fit any more
     */
    public void take(long bytes)
    {
        query.take(bytes);
    }

    /**
     * Gives back what was reserved for splits that nobody needs any more.
     */
    public void giveBack(long bytes)
    {
        query.giveBack(bytes);
    }

    ScanDescription description()
    {
        return description;
    }

    ScanTotals totals()
    {
        return totals;
    }

    boolean isWhole()
    {
        return whole;
    }

    void prepaid()
    {
        prepaid = true;
    }

    CompletableFuture<Void> whenCounted()
    {
        return counted;
    }

    // guarded by the query
    CompletableFuture<Void> round()
    {
        return round;
    }

    void join(CompletableFuture<Void> round)
    {
        this.round = round;
    }
}
