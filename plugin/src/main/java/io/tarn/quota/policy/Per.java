package io.tarn.quota.policy;

/**
 * Whose queries one counter of a budget adds up.
 */
public enum Per
{
    USER,
    /**
     * A query counts for each group of its user.
     */
    GROUP,
    WORKGROUP,
    /**/
}
