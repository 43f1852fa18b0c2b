package io.tarn.metastore;

import java.util.List;

/**
 * Listings that say more of tables than a metastore's interface has words for.
 */
public interface TableListings
{
    /**
     * The tables and views that {@link io.trino.metastore.HiveMetastore#getTables} lists.
     */
    List<ListedTable> listedTables(String databaseName);
}
