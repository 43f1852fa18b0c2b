package io.tarn.server.lake;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import io.tarn.server.s3.S3Gateway;
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

/**
 * What a lake stands on, everything real: the Glue endpoint, and S3 over HTTP. Engines are the tests' own.
 * <p>
 * Where {@code TARN_TEST_S3_ENDPOINT} is set, S3 is that endpoint (with {@code TARN_TEST_S3_ACCESS_KEY},
 * {@code TARN_TEST_S3_SECRET_KEY} and {@code TARN_TEST_S3_REGION}).
 */
public final class LakeServices
        implements AutoCloseable
{
    public static final String BUCKET = "tarn-test-lake";
    public static final String SCHEMA = "lake";

    private static final String REGION = "us-east-1";

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Credentials glueCredentials = new Credentials("tarn", "a-secret-of-the-tests");
    private final AwsEndpoint aws;
    private final URI s3Endpoint;
    private final String s3Region;
    private final Credentials s3Credentials;
    private final Optional<Path> buckets;
    private final GlueClient glue;
    private final S3Client s3;

    public LakeServices()
            throws Exception
    {
        try {
            Path folder = Files.createTempDirectory("tarn-lake");
            resources.push(() -> deleteRecursively(folder, ALLOW_INSECURE));

            GlueStore store = open(GlueStore.open(folder.resolve("glue.db")));
            GlueService service = open(new GlueService(store));
            aws = open(AwsEndpoint.start("127.0.0.1", 0, glueCredentials, List.of(service)));

            String external = System.getenv("TARN_TEST_S3_ENDPOINT");
            s3Region = System.getenv().getOrDefault("TARN_TEST_S3_REGION", REGION);
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
            glue.createDatabase(request -> request.databaseInput(database -> database.name(SCHEMA).locationUri(location("warehouse"))));
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

    /**
     * The properties with which catalogues reach this lake's S3.
     *
     * @param endpoint where it is reached
     */
    public Map<String, String> s3Properties(URI endpoint)
    {
        return ImmutableMap.<String, String>builder()
                .put("s3.endpoint", endpoint.toString())
                .put("s3.region", s3Region)
                .put("s3.path-style-access", "true")
                .put("s3.aws-access-key", s3Credentials.accessKey())
                .put("s3.aws-secret-key", s3Credentials.secretKey())
                .buildOrThrow();
    }

    public void put(String key, byte[] content)
    {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    public void put(String key, Path file)
    {
        s3.putObject(request -> request.bucket(BUCKET).key(key), file);
    }

    public void declare(Declared table)
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

    public String glueRegion()
    {
        return REGION;
    }

    public Credentials glueCredentials()
    {
        return glueCredentials;
    }

    public Credentials s3Credentials()
    {
        return s3Credentials;
    }

    /**
     * The folder behind S3, where there is one.
     */
    public Optional<Path> buckets()
    {
        return buckets;
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
