package io.tarn.server.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the clients that people use, as processes.
 */
final class CommandLine
{
    /**
     * Debian's awscli: another one may stand before it on the path.
     */
    static final Path AWS = Path.of("/usr/bin/aws");

    private CommandLine() {}

    static String aws(LakeFixture lake, String... arguments)
    {
        List<String> command = new ArrayList<>(List.of(AWS.toString(), "--endpoint-url"));
        boolean s3 = arguments[0].startsWith("s3");
        command.add((s3 ? lake.s3Endpoint() : lake.awsEndpoint()).toString());
        command.addAll(List.of(arguments));
        return run(command, Map.of(
                "AWS_ACCESS_KEY_ID", (s3 ? lake.s3Credentials() : lake.glueCredentials()).accessKey(),
                "AWS_SECRET_ACCESS_KEY", (s3 ? lake.s3Credentials() : lake.glueCredentials()).secretKey(),
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_MAX_ATTEMPTS", "1"));
    }

    static String trino(LakeFixture lake, String catalog, String sql)
    {
        Path jar = Path.of(System.getProperty("tarn.root"), "server", "target", "home", "cli", "trino-cli-476-executable.jar");
        return run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--server",
                lake.queryRunner().getCoordinator().getBaseUrl().toString(),
                "--catalog",
                catalog,
                "--schema",
                LakeFixture.SCHEMA,
                "--output-format",
                "TSV",
                "--execute",
                sql), Map.of());
    }

    private static String run(List<String> command, Map<String, String> environment)
    {
        try {
            Path errors = Files.createTempFile("tarn", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command).isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, Files.readString(errors)).isZero();
            Files.delete(errors);
            return output;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
