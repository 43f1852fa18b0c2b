package io.tarn.connector;

import io.trino.metastore.HiveMetastore;

/**
 * Gives each query a metastore of its own, which may remember what the query has asked.
 */
@FunctionalInterface
public interface QueryMetastoreFactory
{
    HiveMetastore forQuery();
}
