package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.iceberg.aws.glue.GlueCatalog;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/**
 * Iceberg's Glue catalogue, as Spark, Flink and others have it on AWS.
 */
final class TestIcebergGlueCatalog
        extends AbstractIcebergCatalogTest<GlueCatalog>
{
    TestIcebergGlueCatalog()
    {
        super("iceberg_glue");
    }

    @Override
    protected GlueCatalog openCatalog(LocalEngine engine)
    {
        return IcebergCatalogs.glue(engine, "glue");
    }

    /**
     * Iceberg lets two of Glue's errors through as they are, which Glue's client knows by their codes.
     */
    @Override
    protected Class<? extends Exception> renameConflict()
    {
        return AlreadyExistsException.class;
    }

    @Override
    protected Class<? extends Exception> missingNamespace()
    {
        return EntityNotFoundException.class;
    }
}
