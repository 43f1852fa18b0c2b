package io.tarn.server.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import java.net.URI;

import static java.util.Objects.requireNonNull;

/**
 * Where a running engine answers; also the shape of {@code endpoints.json} in its data folder.
 *
 * @param trino Trino's HTTP address, for the CLI, JDBC and the web UI
 * @param aws the AWS endpoint: Glue, and later Athena and Firehose
 * @param s3 the S3 endpoint, path-style
 * @param metastore the Hive metastore, over Thrift
 * @param accessKey for {@code aws} and {@code s3}
 * @param secretKey for {@code aws} and {@code s3}
 * @param pid the engine's process
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Endpoints(URI trino, URI aws, URI s3, URI metastore, String accessKey, String secretKey, long pid)
{
    public Endpoints
    {
        requireNonNull(trino, "trino is null");
        requireNonNull(aws, "aws is null");
        requireNonNull(s3, "s3 is null");
        requireNonNull(metastore, "metastore is null");
        requireNonNull(accessKey, "accessKey is null");
        requireNonNull(secretKey, "secretKey is null");
    }
}
