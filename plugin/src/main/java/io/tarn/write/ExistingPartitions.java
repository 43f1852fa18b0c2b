package io.tarn.write;

/**
 * What an insert does where a partition, or a table without partitions, has rows already; the names are those of
 * {@code insert_existing_partitions_behavior} of Trino's Hive connector.
 */
public enum ExistingPartitions
{
    /**
     * Adds to the rows.
     */
    APPEND,
    /**
     * Puts the new rows in place of the old ones, in those partitions that get new rows.
     */
    OVERWRITE,
    /**
     * Refuses the insert.
     */
    ERROR,
}
