package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import io.tarn.metastore.GlueMetastoreConfig.RetryMode;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.testing.ValidationAssertions.assertFailsValidation;
import static io.airlift.testing.ValidationAssertions.assertValidates;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

class TestGlueMetastoreConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(GlueMetastoreConfig.class)
                .setEndpointUrl(null)
                .setRegion(null)
                .setAwsAccessKey(null)
                .setAwsSecretKey(null)
                .setIamRole(null)
                .setExternalId(null)
                .setCatalogId(null)
                .setMaxAttempts(8)
                .setRetryMode(RetryMode.STANDARD)
                .setRetryBaseDelay(new Duration(100, MILLISECONDS))
                .setRetryMaxDelay(new Duration(5, SECONDS))
                .setThrottlingPatience(new Duration(30, SECONDS))
                .setJoinReads(false)
                .setConnectTimeout(new Duration(5, SECONDS))
                .setRequestTimeout(new Duration(30, SECONDS))
                .setMaxConnections(50)
                .setThreads(20)
                .setPartitionsSegments(5)
                .setDefaultWarehouseDir(null)
                .setCacheTtl(new Duration(0, SECONDS))
                .setCacheMaximumSize(20_000)
                .setQueryCacheMaximumSize(10_000));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("glue.endpoint-url", "http://localhost:4566")
                .put("glue.region", "eu-central-1")
                .put("glue.aws-access-key", "key")
                .put("glue.aws-secret-key", "secret")
                .put("glue.iam-role", "arn:aws:iam::1:role/reader")
                .put("glue.external-id", "outside")
                .put("glue.catalog-id", "123456789012")
                .put("glue.max-attempts", "3")
                .put("glue.retry-mode", "ADAPTIVE")
                .put("glue.retry-base-delay", "1ms")
                .put("glue.retry-max-delay", "10ms")
                .put("glue.throttling-patience", "3m")
                .put("glue.join-reads", "true")
                .put("glue.connect-timeout", "2s")
                .put("glue.request-timeout", "7s")
                .put("glue.max-connections", "9")
                .put("glue.threads", "4")
                .put("glue.partitions-segments", "10")
                .put("glue.default-warehouse-dir", "s3://lake/warehouse")
                .put("glue.cache-ttl", "1m")
                .put("glue.cache-maximum-size", "11")
                .put("glue.query-cache-maximum-size", "12")
                .buildOrThrow();

        assertFullMapping(properties, new GlueMetastoreConfig()
                .setEndpointUrl(URI.create("http://localhost:4566"))
                .setRegion("eu-central-1")
                .setAwsAccessKey("key")
                .setAwsSecretKey("secret")
                .setIamRole("arn:aws:iam::1:role/reader")
                .setExternalId("outside")
                .setCatalogId("123456789012")
                .setMaxAttempts(3)
                .setRetryMode(RetryMode.ADAPTIVE)
                .setRetryBaseDelay(new Duration(1, MILLISECONDS))
                .setRetryMaxDelay(new Duration(10, MILLISECONDS))
                .setThrottlingPatience(new Duration(3, MINUTES))
                .setJoinReads(true)
                .setConnectTimeout(new Duration(2, SECONDS))
                .setRequestTimeout(new Duration(7, SECONDS))
                .setMaxConnections(9)
                .setThreads(4)
                .setPartitionsSegments(10)
                .setDefaultWarehouseDir("s3://lake/warehouse")
                .setCacheTtl(new Duration(1, MINUTES))
                .setCacheMaximumSize(11)
                .setQueryCacheMaximumSize(12));
    }

    @Test
    void testValidation()
    {
        assertValidates(new GlueMetastoreConfig());
        assertValidates(new GlueMetastoreConfig().setAwsAccessKey("key").setAwsSecretKey("secret"));
        assertFailsValidation(
                new GlueMetastoreConfig().setAwsAccessKey("key"),
                "credentialsComplete",
                "glue.aws-access-key and glue.aws-secret-key must be set together",
                AssertTrue.class);
        assertFailsValidation(
                new GlueMetastoreConfig().setExternalId("outside"),
                "externalIdWithRole",
                "glue.external-id needs glue.iam-role",
                AssertTrue.class);
        assertFailsValidation(
                new GlueMetastoreConfig().setRetryBaseDelay(new Duration(1, MINUTES)),
                "retryDelayOrdered",
                "glue.retry-base-delay must not be longer than glue.retry-max-delay",
                AssertTrue.class);
        assertFailsValidation(new GlueMetastoreConfig().setPartitionsSegments(11), "partitionsSegments", "must be less than or equal to 10", Max.class);
    }
}
