package io.tarn.server.lake;

import com.google.common.collect.ImmutableMap;
import io.tarn.TarnPlugin;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import io.tarn.server.s3.S3Gateway;
import io.trino.Session;
import io.trino.plugin.hive.HivePlugin;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
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
    public static final String BUCKET = "tarn-test-lake";
    public static final String SCHEMA = "lake";

    private static final String REGION = "us-east-1";

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Credentials glueCredentials = new Credentials("tarn", "a-secret-of-the-tests");
    private final AwsEndpoint aws;
    private final URI s3Endpoint;
    private final Credentials s3Credentials;
    private final Optional<Path> buckets;
    private final GlueClient glue;
    private final S3Client s3;
    private final QueryRunner queryRunner;

    public LakeFixture()
            throws Exception
    {
        try {
            Path folder = Files.createTempDirectory("tarn-lake");
            resources.push(() -> deleteRecursively(folder, ALLOW_INSECURE));

            GlueStore store = open(GlueStore.open(folder.resolve("glue.db")));
            aws = open(AwsEndpoint.start("127.0.0.1", 0, glueCredentials, List.of(new GlueService(store))));

            String external = System.getenv("TARN_TEST_S3_ENDPOINT");
            String s3Region = System.getenv().getOrDefault("TARN_TEST_S3_REGION", REGION);
            if (external == null) {
                buckets = Optional.of(Files.createDirectories(folder.resolve("s3")));
                s3Credentials = glueCredentials;
                Path jars = Path.of(System.getProperty("tarn.root"), "server", "target", "home", "s3proxy");
                s3Endpoint = open(S3Gateway.start(jars, buckets.get(), "127.0.0.1", 0, s3Credentials)).uri();
            }
            else {
                buckets = Optional.empty();
                s3Credentials = new Credentials(System.getenv("TARN_TEST_S3_ACCESS_KEY"), System.getenv("TARN_TEST_S3_SECRET_KEY"));
                s3Endpoint = URI.create(external);
            }

            glue = open(GlueClient.builder()
                    .endpointOverride(aws.uri())
                    .region(Region.of(REGION))
                    .credentialsProvider(provider(glueCredentials))
                    .build());
            s3 = open(S3Client.builder()
                    .endpointOverride(s3Endpoint)
                    .region(Region.of(s3Region))
                    .forcePathStyle(true)
                    .credentialsProvider(provider(s3Credentials))
                    .build());
            if (s3.listBuckets().buckets().stream().noneMatch(bucket -> bucket.name().equals(BUCKET))) {
                s3.createBucket(request -> request.bucket(BUCKET));
            }
            glue.createDatabase(request -> request.databaseInput(database -> database.name(SCHEMA)));

            queryRunner = open(DistributedQueryRunner.builder(testSessionBuilder().setCatalog("s3").setSchema(SCHEMA).build())
                    .setWorkerCount(1)
                    .build());
            queryRunner.installPlugin(new TarnPlugin());
            queryRunner.installPlugin(new HivePlugin());
            Map<String, String> s3Properties = ImmutableMap.<String, String>builder()
                    .put("s3.endpoint", s3Endpoint.toString())
                    .put("s3.region", s3Region)
                    .put("s3.path-style-access", "true")
                    .put("s3.aws-access-key", s3Credentials.accessKey())
                    .put("s3.aws-secret-key", s3Credentials.secretKey())
                    .buildOrThrow();
            queryRunner.createCatalog("s3", "tarn", ImmutableMap.<String, String>builder()
                    .putAll(tarnGlueProperties())
                    .put("storage.kind", "s3")
                    .putAll(s3Properties)
                    .buildOrThrow());
            buckets.ifPresent(root -> queryRunner.createCatalog("local", "tarn", ImmutableMap.<String, String>builder()
                    .putAll(tarnGlueProperties())
                    .put("storage.kind", "local")
                    .put("storage.local.root", root.toString())
                    .buildOrThrow()));
            queryRunner.createCatalog("hive", "hive", ImmutableMap.<String, String>builder()
                    .put("hive.metastore", "glue")
                    .put("hive.metastore.glue.endpoint-url", aws.uri().toString())
                    .put("hive.metastore.glue.region", REGION)
                    .put("hive.metastore.glue.aws-access-key", glueCredentials.accessKey())
                    .put("hive.metastore.glue.aws-secret-key", glueCredentials.secretKey())
                    // Athena reads everything below a table's location
                    .put("hive.recursive-directories", "true")
                    // where Tarn's default is UTC, the peer's is the zone of the JVM
                    .put("hive.parquet.time-zone", "UTC")
                    .put("fs.s3.enabled", "true")
                    .putAll(s3Properties)
                    .buildOrThrow());
        }
        catch (Throwable t) {
            close();
            throw t;
        }
    }

    /**
     * The properties with which catalogues of Tarn reach this lake's Glue.
     */
    public Map<String, String> tarnGlueProperties()
    {
        return Map.of(
                "glue.endpoint-url", aws.uri().toString(),
                "glue.region", REGION,
                "glue.aws-access-key", glueCredentials.accessKey(),
                "glue.aws-secret-key", glueCredentials.secretKey());
    }

    public void put(String key, byte[] content)
    {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    public void put(String key, Path file)
    {
        s3.putObject(request -> request.bucket(BUCKET).key(key), file);
    }

    void declare(Declared table)
    {
        glue.createTable(request -> request.databaseName(SCHEMA).tableInput(table.toTableInput()));
    }

    public static String location(String key)
    {
        return "s3://" + BUCKET + "/" + key;
    }

    public GlueClient glue()
    {
        return glue;
    }

    public S3Client s3()
    {
        return s3;
    }

    public URI awsEndpoint()
    {
        return aws.uri();
    }

    public URI s3Endpoint()
    {
        return s3Endpoint;
    }

    public Credentials glueCredentials()
    {
        return glueCredentials;
    }

    public Credentials s3Credentials()
    {
        return s3Credentials;
    }

    public QueryRunner queryRunner()
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
        return buckets.isPresent() ? List.of("s3", "local") : List.of("s3");
    }

    @Override
    public void close()
    {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private <T extends AutoCloseable> T open(T resource)
    {
        resources.push(resource);
        return resource;
    }

    private static StaticCredentialsProvider provider(Credentials credentials)
    {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey()));
    }
}
