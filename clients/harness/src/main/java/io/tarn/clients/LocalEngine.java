package io.tarn.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

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

    private static final Pattern UP = Pattern.compile("Ctrl-C stops it\\.");

    private final TarnProcess process;
    private final Endpoints endpoints;

    private LocalEngine(TarnProcess process, Endpoints endpoints)
    {
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
            Path data = TarnProcess.createFolder();
            TarnProcess process = TarnProcess.start(data, "1g", UP, List.of("up", "--port", "0", "--data", data.toString()));
            return new LocalEngine(process, Endpoints.read(data.resolve("endpoints.json")));
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
            return Files.createDirectories(process.folder().resolve("s3").resolve(name));
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
        return MetastoreCalls.attach(process.id());
    }

    /**
     * What the engine has written to its log.
     */
    public String log()
    {
        try {
            return Files.readString(process.folder().resolve("log/server.log"));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        process.close();
    }
}
