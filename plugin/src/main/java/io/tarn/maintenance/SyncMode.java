package io.tarn.maintenance;

/**
 * What {@code sync_partition_metadata} changes in the catalogue; the names are those of Trino's Hive connector.
 */
public enum SyncMode
{
    /**
     * Registers the folders that are no partitions.
     */
    ADD,
    /**
     * Drops the partitions that have no folder.
     */
    DROP,
    /**
     * Both.
     */
    FULL;

    public boolean adds()
    {
        return this != DROP;
    }

    public boolean drops()
    {
        return this != ADD;
    }
}
