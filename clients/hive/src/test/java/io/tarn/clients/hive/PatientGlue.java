package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.iceberg.LockManager;
import org.apache.iceberg.aws.AwsProperties;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.glue.GlueClient;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Iceberg's Glue catalogue with a client of Glue that does not give up before the thirtieth attempt, and does not wait as
 * long before each as one would before AWS. Iceberg has no properties for that; its users replace its factory of clients,
 * which takes clients of services that are not on this class path.
 */
final class PatientGlue
{
    private static final BackoffStrategy BACKOFF = BackoffStrategy.exponentialDelay(Duration.ofMillis(1), Duration.ofMillis(10));

    private PatientGlue() {}

    static GlueCatalog open(LocalEngine engine, URI glue, String name, Map<String, String> properties)
    {
        GlueClient client = GlueClient.builder()
                .endpointOverride(glue)
                .region(Region.of(LocalEngine.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(engine.accessKey(), engine.secretKey())))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(strategy -> strategy
                        .maxAttempts(30)
                        .backoffStrategy(BACKOFF)
                        .throttlingBackoffStrategy(BACKOFF)))
                .build();
        GlueCatalog catalog = new GlueCatalog();
        try {
            Method initialize = GlueCatalog.class.getDeclaredMethod("initialize", String.class, String.class, AwsProperties.class, S3FileIOProperties.class, GlueClient.class, LockManager.class, Map.class);
            initialize.setAccessible(true);
            // without a lock manager it commits by Glue's versions, as it does by default
            initialize.invoke(catalog, name, properties.get("warehouse"), new AwsProperties(properties), new S3FileIOProperties(properties), client, null, properties);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return catalog;
    }
}
