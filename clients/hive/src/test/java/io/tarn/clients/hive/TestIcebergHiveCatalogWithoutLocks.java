package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.iceberg.hive.HiveCatalog;

/**
 * Iceberg's Hive catalogue, which tells the metastore what it expects to find, and takes no locks.
 */
final class TestIcebergHiveCatalogWithoutLocks
        extends AbstractIcebergCatalogTest<HiveCatalog>
{
    TestIcebergHiveCatalogWithoutLocks()
    {
        super("iceberg_hive_without_locks");
    }

    @Override
    protected HiveCatalog openCatalog(LocalEngine engine)
    {
        return IcebergCatalogs.hiveWithoutLocks(engine, engine.metastore(), "hive-without-locks");
    }
}
