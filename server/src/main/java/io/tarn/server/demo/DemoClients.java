package io.tarn.server.demo;

import io.tarn.server.engine.Endpoints;
import io.trino.jdbc.TrinoDriver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The clients that anybody would use, pointed at an engine.
 */
final class DemoClients
{
    static final String USER = "demo";
    static final String SOURCE = "tarn-demo";
    static final String CATALOG = "awsdatacatalog";

    private DemoClients() {}

    static S3Client s3(Endpoints endpoints)
    {
        return S3Client.builder()
                .endpointOverride(endpoints.s3())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(endpoints))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    static GlueClient glue(Endpoints endpoints)
    {
        return GlueClient.builder()
                .endpointOverride(endpoints.aws())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(endpoints))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    static Connection trino(Endpoints endpoints)
            throws SQLException
    {
        return trino(endpoints, USER);
    }

    static Connection trino(Endpoints endpoints, String user)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("source", SOURCE);
        // the driver is asked by itself: drivers of other class loaders may be registered too
        return new TrinoDriver().connect("jdbc:trino://" + endpoints.trino().getAuthority() + "/" + CATALOG + "/" + Demo.DATABASE, properties);
    }

    private static AwsCredentialsProvider credentials(Endpoints endpoints)
    {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(endpoints.accessKey(), endpoints.secretKey()));
    }
}
