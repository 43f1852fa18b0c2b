package io.tarn.clients;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * {@code ./tarn up} of the packaged engine as a process of its own, on a data folder of its own and free ports.
 * Ends with the tests, whatever happens to them.
 */
public final class LocalEngine
        implements AutoCloseable
{
    public static final String REGION = "us-east-1";
    public static final String CATALOG = "awsdatacatalog";

    private static final Path HOME = Path.of(System.getProperty("tarn.root")).resolve("server/target/home");
    private static final String LAST_LINE_OF_UP = "Ctrl-C stops it.";

    private final Path data;
    private final Process process;
    private final Endpoints endpoints;

    private LocalEngine(Path data, Process process, Endpoints endpoints)
    {
        this.data = requireNonNull(data, "data is null");
        this.process = requireNonNull(process, "process is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
    }

    /**
     * Returns when every door answers.
     *
     * @throws IllegalStateException when the engine does not come up, with what it said
     */
    public static LocalEngine start()
    {
        try {
            Path data = Files.createTempDirectory("tarn-clients");
            Path errors = data.resolve("up.err");
            ProcessBuilder builder = new ProcessBuilder(HOME.resolve("tarn").toString(), "up", "--port", "0", "--data", data.toString())
                    .directory(data.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(errors.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            // it must fit beside the client, and what the second compiler would gain is over before it is done
            builder.environment().put("TARN_JAVA_OPTS", "-Xmx1g -XX:TieredStopAtLevel=1");
            Process process = builder.start();
            // also where tests end without closing it
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, data)));
            if (!awaitUp(process)) {
                throw new IllegalStateException("The engine did not come up: " + Files.readString(errors));
            }
            return new LocalEngine(data, process, Endpoints.read(data.resolve("endpoints.json")));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trino's HTTP address.
     */
    public URI trino()
    {
        return endpoints.uri("trino");
    }

    /**
     * The AWS endpoint, which serves Glue.
     */
    public URI glue()
    {
        return endpoints.uri("aws");
    }

    /**
     * The S3 endpoint; buckets are part of the path.
     */
    public URI s3()
    {
        return endpoints.uri("s3");
    }

    /**
     * The Hive metastore, {@code thrift://host:port}.
     */
    public URI metastore()
    {
        return endpoints.uri("metastore");
    }

    /**
     * For Glue and S3.
     */
    public String accessKey()
    {
        return endpoints.value("accessKey");
    }

    /**
     * For Glue and S3.
     */
    public String secretKey()
    {
        return endpoints.value("secretKey");
    }

    /**
     * Makes an empty bucket, and gives back the folder in which its objects lie by their keys.
     */
    public Path createBucket(String name)
    {
        try {
            return Files.createDirectories(data.resolve("s3").resolve(name));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A connection to Trino, in a schema of the engine's catalogue.
     */
    public TrinoClient connect(String schema)
    {
        return TrinoClient.connect(trino(), CATALOG, schema);
    }

    /**
     * What clients have asked of the metastore so far.
     */
    public MetastoreCalls metastoreCalls()
    {
        return MetastoreCalls.attach(process.pid());
    }

    /**
     * What the engine has written to its log.
     */
    public String log()
    {
        try {
            return Files.readString(data.resolve("log/server.log"));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        end(process, data);
    }

    private static void end(Process process, Path data)
    {
        process.destroyForcibly();
        process.onExit().join();
        deleteRecursively(data);
    }

    private static boolean awaitUp(Process process)
            throws IOException
    {
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(LAST_LINE_OF_UP)) {
                return true;
            }
        }
        return false;
    }

    private static void deleteRecursively(Path folder)
    {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
