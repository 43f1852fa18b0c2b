package io.tarn.server.s3;

import io.airlift.units.DataSize;
import io.opentelemetry.api.OpenTelemetry;
import io.tarn.server.aws.Credentials;
import io.tarn.storage.BaseStorageTest;
import io.tarn.storage.NewFile;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.s3.S3FileSystemConfig;
import io.trino.filesystem.s3.S3FileSystemFactory;
import io.trino.filesystem.s3.S3FileSystemStats;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The storage tests over S3: against the gateway, or against the endpoint that the environment names by
 * {@code TARN_TEST_S3_ENDPOINT}, {@code TARN_TEST_S3_ACCESS_KEY}, {@code TARN_TEST_S3_SECRET_KEY} and
 * {@code TARN_TEST_S3_REGION}.
 */
@TestInstance(PER_CLASS)
final class TestS3Storage
        extends BaseStorageTest
{
    private final String bucket = "tarn-test-" + UUID.randomUUID();
    private Optional<S3Gateway> gateway = Optional.empty();
    private S3Client client;
    private S3FileSystemFactory factory;
    private TrinoFileSystem fileSystem;

    @BeforeAll
    void start(@TempDir Path buckets)
    {
        Optional<String> endpoint = Optional.ofNullable(System.getenv("TARN_TEST_S3_ENDPOINT"));
        Credentials credentials = new Credentials(environment("TARN_TEST_S3_ACCESS_KEY", "key"), environment("TARN_TEST_S3_SECRET_KEY", "secret"));
        String region = environment("TARN_TEST_S3_REGION", "us-east-1");
        if (endpoint.isEmpty()) {
            gateway = Optional.of(S3Gateway.start(GatewayJars.path(), buckets, "127.0.0.1", 0, credentials));
        }
        URI uri = gateway.map(S3Gateway::uri).orElseGet(() -> URI.create(endpoint.orElseThrow()));

        client = S3Clients.create(uri, credentials, region);
        client.createBucket(builder -> builder.bucket(bucket));
        S3FileSystemConfig config = new S3FileSystemConfig()
                .setEndpoint(uri.toString())
                .setRegion(region)
                .setPathStyleAccess(true)
                .setAwsAccessKey(credentials.accessKey())
                .setAwsSecretKey(credentials.secretKey())
                .setStreamingPartSize(DataSize.of(8, MEGABYTE));
        factory = new S3FileSystemFactory(OpenTelemetry.noop(), config, new S3FileSystemStats());
        fileSystem = factory.create(ConnectorIdentity.ofUser("test"));
    }

    @AfterAll
    void stop()
    {
        // a part that was in flight when its upload was given up stays a file of the local endpoint's, whose folder goes anyway
        if (gateway.isEmpty()) {
            client.deleteBucket(builder -> builder.bucket(bucket));
        }
        client.close();
        factory.destroy();
        gateway.ifPresent(S3Gateway::close);
    }

    @Test
    void testUploadInPartsThatIsGivenUpIsAborted()
            throws IOException
    {
        NewFile file = NewFile.create(fileSystem, Location.of("s3://%s/upload".formatted(bucket)));
        file.stream().write(new byte[20 * 1024 * 1024]);
        assertThat(uploads()).hasSize(1);
        file.abort();
        assertThat(uploads()).isEmpty();
        assertThat(fileSystem.newInputFile(file.location()).exists()).isFalse();
    }

    private List<MultipartUpload> uploads()
    {
        return client.listMultipartUploads(builder -> builder.bucket(bucket).prefix("upload")).uploads();
    }

    @Override
    protected TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    @Override
    protected String bucket()
    {
        return bucket;
    }

    private static String environment(String name, String otherwise)
    {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }
}
