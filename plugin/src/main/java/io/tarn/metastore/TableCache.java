package io.tarn.metastore;

import io.trino.spi.connector.SchemaTableName;

/**
 * What a metastore remembers of tables.
 */
@FunctionalInterface
public interface TableCache
{
    /**
     * Makes sure that a table, its partitions and their statistics are read anew, as who changes them must.
     */
    void forget(SchemaTableName name);
}
