package io.tarn.quota.ledger;

/**
 * How a query of the ledger stands.
 */
public enum QueryState
{
    RUNNING,
    FINISHED,
    FAILED,
    /**
     * By a limit or a budget, before it read or while it ran on a lease.
     */
    REFUSED,
    /**
     * Only its estimate was asked for.
     */
    DRY_RUN,
    /**
     * Its coordinator stopped before it ended; it is charged with what it had reserved until its end is told after all.
     */
    LOST,
    /**/
}
