package io.tarn.quota.policy;

/**
 * What a workgroup does with a query that passes a limit.
 */
public enum Action
{
    REJECT,
    /**
     * Lets it run, and says so in the log and in the query log.
     */
    WARN,
    /**/
}
