package io.tarn.quota.policy;

/**
 * What happens to a query that may read less than what its estimate says, where the estimate does not fit.
 */
public enum UpperBound
{
    REFUSE,
    /**
     * It runs on a lease that grows with every batch of splits, until it is done or the lease cannot grow.
     */
    LEASE,
    /**/
}
