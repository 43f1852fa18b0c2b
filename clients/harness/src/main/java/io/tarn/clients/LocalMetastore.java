package io.tarn.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * {@code ./tarn metastore} of the packaged engine as a process of its own, over the Glue and the S3 of an engine: a second
 * door to the same catalogue. Ends with the tests, whatever happens to them.
 */
public final class LocalMetastore
        implements AutoCloseable
{
    private static final Pattern UP = Pattern.compile("The metastore is up at (thrift://[^ ,]+).*");

    private final TarnProcess process;

    private LocalMetastore(TarnProcess process)
    {
        this.process = requireNonNull(process, "process is null");
    }

    /**
     * Returns when it listens, on a free port.
     *
     * @param settings {@code metastore.*} and others that the command takes with {@code --config}
     * @throws IllegalStateException when it does not come up, with what it said
     */
    public static LocalMetastore start(LocalEngine engine, Map<String, String> settings)
    {
        return start(engine, engine.glue(), settings);
    }

    /**
     * As {@link #start(LocalEngine, Map)}, on a way to the engine's Glue that others may stand in.
     */
    public static LocalMetastore start(LocalEngine engine, URI glue, Map<String, String> settings)
    {
        try {
            Path folder = TarnProcess.createFolder();
            Path configuration = folder.resolve("metastore.properties");
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
            return new LocalMetastore(TarnProcess.start(folder, "256m", UP, List.of(
                    "metastore",
                    "--glue-endpoint",
                    glue.toString(),
                    "--glue-region",
                    LocalEngine.REGION,
                    "--port",
                    "0",
                    "--config",
                    configuration.toString())));
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
        return URI.create(process.up().group(1));
    }

    @Override
    public void close()
    {
        process.close();
    }
}
