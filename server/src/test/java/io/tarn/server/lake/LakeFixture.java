package io.tarn.server.lake;

import com.google.common.collect.ImmutableMap;
import io.tarn.TarnPlugin;
import io.tarn.server.aws.Credentials;
import io.trino.Session;
import io.trino.plugin.hive.HivePlugin;
import io.trino.testing.DistributedQueryRunner;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.trino.testing.TestingSession.testSessionBuilder;

/**
 * A lake with everything real, started once for a test class: the Glue endpoint, S3 over HTTP, and a Trino of two
 * nodes. Catalogue {@code s3} is Tarn over S3, {@code local} is Tarn over the folder behind it, {@code hive} is Trino's
 * own Hive connector, the peer; all three share the one Glue catalogue.
 * <p>
 * Where {@code TARN_TEST_S3_ENDPOINT} is set, S3 is that endpoint (with {@code TARN_TEST_S3_ACCESS_KEY},
 * {@code TARN_TEST_S3_SECRET_KEY} and {@code TARN_TEST_S3_REGION}), and there is no catalogue {@code local}.
 */
public final class LakeFixture
        implements AutoCloseable
{
    public static final String BUCKET = LakeServices.BUCKET;
    public static final String SCHEMA = LakeServices.SCHEMA;

    private final LakeServices services;
    private final DistributedQueryRunner queryRunner;

    public LakeFixture()
            throws Exception
    {
        services = new LakeServices();
        try {
            queryRunner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("s3").setSchema(SCHEMA).build())
                    .setWorkerCount(1)
                    .build();
        }
        catch (Throwable t) {
            services.close();
            throw t;
        }
        try {
            createCatalogs();
        }
        catch (Throwable t) {
            close();
            throw t;
        }
    }

    private void createCatalogs()
    {
        queryRunner.installPlugin(new TarnPlugin());
        queryRunner.installPlugin(new HivePlugin());
        Map<String, String> s3Properties = services.s3Properties(services.s3Endpoint());
        queryRunner.createCatalog("s3", "tarn", tarnS3Properties());
        services.buckets().ifPresent(root -> queryRunner.createCatalog("local", "tarn", ImmutableMap.<String, String>builder()
                .putAll(tarnGlueProperties())
                .put("storage.kind", "local")
                .put("storage.local.root", root.toString())
                .buildOrThrow()));
        queryRunner.createCatalog("hive", "hive", hiveProperties().buildOrThrow());
    }

    /**
     * Adds a catalogue of Trino's Hive connector that translates the views that Hive wrote.
     */
    public void createTranslatingHiveCatalog(String name)
    {
        queryRunner.createCatalog(name, "hive", hiveProperties()
                .put("hive.hive-views.enabled", "true")
                .put("hive.hive-views.run-as-invoker", "true")
                .buildOrThrow());
    }

    private ImmutableMap.Builder<String, String> hiveProperties()
    {
        return ImmutableMap.<String, String>builder()
                .put("hive.metastore", "glue")
                .putAll(trinoGlueProperties())
                // Athena reads everything below a table's location
                .put("hive.recursive-directories", "true")
                // where Tarn's default is UTC, the peer's is the zone of the JVM
                .put("hive.parquet.time-zone", "UTC")
                .put("fs.s3.enabled", "true")
                .putAll(services.s3Properties(services.s3Endpoint()));
    }

    public Map<String, String> tarnGlueProperties()
    {
        return services.tarnGlueProperties();
    }

    /**
     * The properties of catalogue {@code s3}.
     */
    Map<String, String> tarnS3Properties()
    {
        return ImmutableMap.<String, String>builder()
                .putAll(tarnGlueProperties())
                .put("storage.kind", "s3")
                .putAll(services.s3Properties(services.s3Endpoint()))
                .buildOrThrow();
    }

    /**
     * The properties with which Trino's Iceberg connector reaches this lake.
     */
    Map<String, String> icebergProperties()
    {
        return ImmutableMap.<String, String>builder()
                .put("iceberg.catalog.type", "glue")
                // as etc/ has it
                .put("hive.metastore.glue.max-error-retries", "2")
                .putAll(trinoGlueProperties())
                .put("fs.s3.enabled", "true")
                .putAll(services.s3Properties(services.s3Endpoint()))
                .buildOrThrow();
    }

    private Map<String, String> trinoGlueProperties()
    {
        return Map.of(
                "hive.metastore.glue.endpoint-url", services.awsEndpoint().toString(),
                "hive.metastore.glue.region", services.glueRegion(),
                "hive.metastore.glue.aws-access-key", services.glueCredentials().accessKey(),
                "hive.metastore.glue.aws-secret-key", services.glueCredentials().secretKey());
    }

    public void put(String key, byte[] content)
    {
        services.put(key, content);
    }

    public void put(String key, Path file)
    {
        services.put(key, file);
    }

    void declare(Declared table)
    {
        services.declare(table);
    }

    public static String location(String key)
    {
        return LakeServices.location(key);
    }

    public GlueClient glue()
    {
        return services.glue();
    }

    public S3Client s3()
    {
        return services.s3();
    }

    public URI awsEndpoint()
    {
        return services.awsEndpoint();
    }

    public URI s3Endpoint()
    {
        return services.s3Endpoint();
    }

    public Credentials glueCredentials()
    {
        return services.glueCredentials();
    }

    public Credentials s3Credentials()
    {
        return services.s3Credentials();
    }

    public DistributedQueryRunner queryRunner()
    {
        return queryRunner;
    }

    public Session session(String catalog)
    {
        return Session.builder(queryRunner.getDefaultSession()).setCatalog(catalog).build();
    }

    /**
     * The catalogues of Tarn: one for each kind of storage that there is.
     */
    public List<String> tarnCatalogs()
    {
        return services.buckets().isPresent() ? List.of("s3", "local") : List.of("s3");
    }

    @Override
    public void close()
    {
        try (services; queryRunner) {
            // in the opposite order of the start
        }
    }
}
