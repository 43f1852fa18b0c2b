package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.hive.HiveCatalog;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Iceberg's own catalogues, over the engine's doors. Files go through S3.
 */
final class IcebergCatalogs
{
    private IcebergCatalogs() {}

    /**
     * Commits under a lock of the metastore, as is Iceberg's default.
     *
     * @param name catalogues of one name take turns within this process before they ask the metastore for the lock
     */
    static HiveCatalog hive(LocalEngine engine, URI metastore, String name)
    {
        return hive(engine, metastore, name, true);
    }

    /**
     * Commits by telling the metastore what it expects to find.
     */
    static HiveCatalog hiveWithoutLocks(LocalEngine engine, URI metastore, String name)
    {
        return hive(engine, metastore, name, false);
    }

    private static HiveCatalog hive(LocalEngine engine, URI metastore, String name, boolean locks)
    {
        Configuration configuration = new Configuration(false);
        configuration.setBoolean("iceberg.engine.hive.lock-enabled", locks);
        // a tenth of what the metastore waits for a sign of life
        configuration.setLong("iceberg.hive.lock-heartbeat-interval-ms", 500);
        configuration.setLong("iceberg.hive.lock-check-max-wait-ms", 200);
        HiveCatalog catalog = new HiveCatalog();
        catalog.setConf(configuration);
        Map<String, String> properties = files(engine);
        properties.put("uri", metastore.toString());
        catalog.initialize(name, properties);
        return catalog;
    }

    static GlueCatalog glue(LocalEngine engine, String name)
    {
        Map<String, String> properties = files(engine);
        properties.put("glue.endpoint", engine.glue().toString());
        properties.put("client.credentials-provider", EngineCredentials.class.getName());
        properties.put("client.credentials-provider.access-key", engine.accessKey());
        properties.put("client.credentials-provider.secret-key", engine.secretKey());
        GlueCatalog catalog = new GlueCatalog();
        catalog.initialize(name, properties);
        return catalog;
    }

    /**
     * With a client of Glue that repeats what fails as often as it takes.
     *
     * @param glue a way to the engine's Glue
     */
    static GlueCatalog patientGlue(LocalEngine engine, URI glue, String name)
    {
        return PatientGlue.open(engine, glue, name, files(engine));
    }

    private static Map<String, String> files(LocalEngine engine)
    {
        Map<String, String> properties = new HashMap<>();
        properties.put("warehouse", SharedEngine.location("warehouse"));
        properties.put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
        properties.put("s3.endpoint", engine.s3().toString());
        properties.put("s3.path-style-access", "true");
        properties.put("s3.access-key-id", engine.accessKey());
        properties.put("s3.secret-access-key", engine.secretKey());
        properties.put("client.region", LocalEngine.REGION);
        return properties;
    }
}
