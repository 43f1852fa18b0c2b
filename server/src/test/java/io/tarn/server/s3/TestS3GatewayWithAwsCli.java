package io.tarn.server.s3;

import com.google.common.collect.ImmutableList;
import io.tarn.server.aws.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

final class TestS3GatewayWithAwsCli
{
    private static final Path AWS = Path.of("/usr/bin/aws");
    private static final Credentials CREDENTIALS = new Credentials("tarn", "secret");

    @TempDir
    Path directory;

    private S3Gateway gateway;

    @BeforeEach
    void start()
    {
        assumeTrue(Files.isExecutable(AWS), "awscli is not installed at " + AWS);
        gateway = S3Gateway.start(GatewayJars.path(), directory.resolve("buckets"), "127.0.0.1", 0, CREDENTIALS);
    }

    @AfterEach
    void stop()
    {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void testCopiesSyncsListsAndRemoves()
            throws Exception
    {
        // more than awscli's 8 MiB, so that it goes in parts
        byte[] large = new byte[20 << 20];
        new Random(3).nextBytes(large);
        Path source = Files.createDirectories(directory.resolve("source/day=1"));
        Files.write(source.resolve("large file+ü.bin"), large);
        Files.writeString(source.resolve("small.csv"), "a,b\n");

        assertThat(aws("s3", "mb", "s3://lake").exitCode()).isZero();
        assertThat(aws("s3", "sync", directory.resolve("source").toString(), "s3://lake/raw").exitCode()).isZero();
        assertThat(directory.resolve("buckets/lake/raw/day=1/large file+ü.bin")).hasBinaryContent(large);
        assertThat(aws("s3", "ls", "--recursive", "s3://lake/").output()).contains("raw/day=1/large file+ü.bin", "raw/day=1/small.csv");
        assertThat(aws("s3", "cp", "s3://lake/raw/day=1/large file+ü.bin", directory.resolve("back").toString()).exitCode()).isZero();
        assertThat(directory.resolve("back")).hasBinaryContent(large);
        // one body, signed as a whole
        assertThat(aws("s3api", "put-object", "--bucket", "lake", "--key", "one//body", "--body", directory.resolve("back").toString()).exitCode()).isZero();
        assertThat(directory.resolve("buckets/lake/one/body")).hasBinaryContent(large);
        assertThat(aws("s3", "rm", "--recursive", "s3://lake/").exitCode()).isZero();
        assertThat(directory.resolve("buckets/lake")).isEmptyDirectory();
        assertThat(aws("s3", "rb", "s3://lake").exitCode()).isZero();
        Outcome missing = aws("s3", "ls", "s3://lake/");
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.output()).contains("NoSuchBucket");
    }

    private Outcome aws(String... arguments)
            throws IOException, InterruptedException
    {
        ProcessBuilder process = new ProcessBuilder(ImmutableList.<String>builder()
                .add(AWS.toString(), "--endpoint-url", gateway.uri().toString(), "--region", "us-east-1")
                .add(arguments)
                .build());
        process.environment().putAll(Map.of(
                "AWS_ACCESS_KEY_ID", CREDENTIALS.accessKey(),
                "AWS_SECRET_ACCESS_KEY", CREDENTIALS.secretKey(),
                "AWS_CONFIG_FILE", directory.resolve("no-config").toString(),
                "AWS_EC2_METADATA_DISABLED", "true",
                "LC_ALL", "C.UTF-8"));
        process.environment().remove("AWS_SESSION_TOKEN");
        process.redirectErrorStream(true);
        Process running = process.start();
        String output = new String(running.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(running.waitFor(), output);
    }

    private record Outcome(int exitCode, String output) {}
}
