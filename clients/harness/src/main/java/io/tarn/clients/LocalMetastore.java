package io.tarn.clients;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * {@code ./tarn metastore} of the packaged engine as a process of its own, over the Glue and the S3 of an engine: a second
 * door to the same catalogue. Ends with the tests, whatever happens to them.
 */
public final class LocalMetastore
        implements AutoCloseable
{
    private static final Path HOME = Path.of(System.getProperty("tarn.root")).resolve("server/target/home");
    private static final Pattern UP = Pattern.compile("The metastore is up at (thrift://[^ ,]+).*");

    private final Process process;
    private final Path configuration;
    private final URI uri;

    private LocalMetastore(Process process, Path configuration, URI uri)
    {
        this.process = requireNonNull(process, "process is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.uri = requireNonNull(uri, "uri is null");
    }

    /**
     * Returns when it listens, on a free port.
     *
     * @param settings {@code metastore.*} and others that the command takes with {@code --config}
     * @throws IllegalStateException when it does not come up, with what it said
     */
    public static LocalMetastore start(LocalEngine engine, Map<String, String> settings)
    {
        try {
            Path configuration = Files.createTempFile("tarn-metastore", ".properties");
            configuration.toFile().deleteOnExit();
            Properties properties = new Properties();
            properties.setProperty("glue.aws-access-key", engine.accessKey());
            properties.setProperty("glue.aws-secret-key", engine.secretKey());
            properties.setProperty("s3.endpoint", engine.s3().toString());
            properties.setProperty("s3.path-style-access", "true");
            properties.setProperty("s3.aws-access-key", engine.accessKey());
            properties.setProperty("s3.aws-secret-key", engine.secretKey());
            properties.putAll(settings);
            try (var writer = Files.newBufferedWriter(configuration)) {
                properties.store(writer, null);
            }
            ProcessBuilder builder = new ProcessBuilder(
                    HOME.resolve("tarn").toString(),
                    "metastore",
                    "--glue-endpoint",
                    engine.glue().toString(),
                    "--glue-region",
                    LocalEngine.REGION,
                    "--port",
                    "0",
                    "--config",
                    configuration.toString())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("TARN_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new LocalMetastore(process, configuration, awaitUp(process));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code thrift://host:port}.
     */
    public URI uri()
    {
        return uri;
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
        process.onExit().join();
        try {
            Files.deleteIfExists(configuration);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI awaitUp(Process process)
            throws IOException
    {
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = UP.matcher(line);
            if (matcher.matches()) {
                return URI.create(matcher.group(1));
            }
            said.append(line).append('\n');
        }
        process.destroyForcibly();
        throw new IllegalStateException("The metastore did not come up: " + said);
    }
}
