package io.tarn.clients.hive;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The engine's keys for Iceberg's Glue client, which takes none as plain properties: it makes a provider by name and
 * gives it the properties below {@code client.credentials-provider}.
 */
public final class EngineCredentials
        implements AwsCredentialsProvider
{
    private final AwsCredentials credentials;

    private EngineCredentials(AwsCredentials credentials)
    {
        this.credentials = requireNonNull(credentials, "credentials is null");
    }

    public static EngineCredentials create(Map<String, String> properties)
    {
        return new EngineCredentials(AwsBasicCredentials.create(properties.get("access-key"), properties.get("secret-key")));
    }

    @Override
    public AwsCredentials resolveCredentials()
    {
        return credentials;
    }
}
