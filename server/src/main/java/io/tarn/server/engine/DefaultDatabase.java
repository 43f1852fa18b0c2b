package io.tarn.server.engine;

import io.tarn.server.aws.Credentials;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;

import java.net.URI;

/**
 * Athena's catalogue has a database {@code default} from the start; made through the Glue API, as any other.
 */
final class DefaultDatabase
{
    static final String NAME = "default";

    private DefaultDatabase() {}

    static void createIfMissing(URI endpoint, String region, Credentials credentials)
    {
        try (GlueClient glue = GlueClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .build()) {
            glue.createDatabase(request -> request.databaseInput(database -> database.name(NAME)));
        }
        catch (AlreadyExistsException e) {
            // every start but the first
        }
    }
}
