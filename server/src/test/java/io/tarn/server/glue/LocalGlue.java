package io.tarn.server.glue;

import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Glue API over HTTP on a free port, with a client of AWS's own.
 */
final class LocalGlue
        implements AutoCloseable
{
    static final Credentials CREDENTIALS = new Credentials("tarn", "secret/with+signs");

    private final GlueStore store;
    private final GlueService service;
    private final AwsEndpoint endpoint;
    private final GlueClient client;

    LocalGlue(Path file)
    {
        this(GlueStore.open(file));
    }

    LocalGlue(GlueStore store)
    {
        this.store = store;
        this.service = new GlueService(store);
        this.endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(service));
        this.client = client(endpoint.uri(), CREDENTIALS);
    }

    static GlueClient client(URI uri, Credentials credentials)
    {
        return GlueClient.builder()
                .endpointOverride(uri)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(16))
                // an error is an answer here, not something to try again
                .overrideConfiguration(builder -> builder.retryStrategy(RetryMode.STANDARD).retryStrategy(strategy -> strategy.maxAttempts(1)))
                .build();
    }

    GlueStore store()
    {
        return store;
    }

    GlueClient client()
    {
        return client;
    }

    URI uri()
    {
        return endpoint.uri();
    }

    void createDatabase(String name)
    {
        client.createDatabase(request -> request.databaseInput(input -> input.name(name)));
    }

    /**
     * @param partitionKeys as {@code year:int}
     */
    void createTable(String database, String name, String... partitionKeys)
    {
        client.createTable(request -> request.databaseName(database).tableInput(input -> input
                .name(name)
                .storageDescriptor(storage -> storage.columns(column("id:bigint"), column("word:string")))
                .partitionKeys(Stream.of(partitionKeys).map(LocalGlue::column).toList())));
    }

    void createPartition(String database, String table, String... values)
    {
        client.createPartition(request -> request.databaseName(database).tableName(table).partitionInput(input -> input
                .values(values)
                .storageDescriptor(storage -> storage
                        .columns(column("id:bigint"))
                        .location("s3://bucket/" + String.join("/", values)))));
    }

    static Column column(String nameAndType)
    {
        String[] parts = nameAndType.split(":", 2);
        return Column.builder().name(parts[0]).type(parts[1]).build();
    }

    @Override
    public void close()
    {
        client.close();
        endpoint.close();
        service.close();
        store.close();
    }
}
