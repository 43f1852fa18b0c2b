package io.tarn.metastore;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import java.net.URI;
import java.util.Optional;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

public class GlueMetastoreConfig
{
    /**
     * How a call that may be repeated is repeated; the terms are the AWS SDK's.
     */
    public enum RetryMode
    {
        STANDARD,
        ADAPTIVE,
    }

    private Optional<URI> endpointUrl = Optional.empty();
    private Optional<String> region = Optional.empty();
    private Optional<String> awsAccessKey = Optional.empty();
    private Optional<String> awsSecretKey = Optional.empty();
    private Optional<String> iamRole = Optional.empty();
    private Optional<String> externalId = Optional.empty();
    private Optional<String> catalogId = Optional.empty();
    private int maxAttempts = 8;
    private RetryMode retryMode = RetryMode.STANDARD;
    private Duration retryBaseDelay = new Duration(100, MILLISECONDS);
    private Duration retryMaxDelay = new Duration(5, SECONDS);
    private Duration throttlingPatience = new Duration(30, SECONDS);
    private boolean joinReads;
    private Duration connectTimeout = new Duration(5, SECONDS);
    private Duration requestTimeout = new Duration(30, SECONDS);
    private int maxConnections = 50;
    private int threads = 20;
    private int partitionsSegments = 5;
    private Optional<String> defaultWarehouseDir = Optional.empty();
    private Duration cacheTtl = new Duration(0, SECONDS);
    private long cacheMaximumSize = 20_000;
    private long queryCacheMaximumSize = 10_000;

    @NotNull
    public Optional<URI> getEndpointUrl()
    {
        return endpointUrl;
    }

    @Config("glue.endpoint-url")
    @ConfigDescription("URL of the Glue API; the region's own endpoint when not set")
    public GlueMetastoreConfig setEndpointUrl(URI endpointUrl)
    {
        this.endpointUrl = Optional.ofNullable(endpointUrl);
        return this;
    }

    @NotNull
    public Optional<String> getRegion()
    {
        return region;
    }

    @Config("glue.region")
    @ConfigDescription("AWS region of the catalogue; what the AWS SDK finds in its environment when not set")
    public GlueMetastoreConfig setRegion(String region)
    {
        this.region = Optional.ofNullable(region);
        return this;
    }

    @NotNull
    public Optional<String> getAwsAccessKey()
    {
        return awsAccessKey;
    }

    @Config("glue.aws-access-key")
    @ConfigDescription("AWS access key for Glue; what the AWS SDK finds in its environment when not set")
    public GlueMetastoreConfig setAwsAccessKey(String awsAccessKey)
    {
        this.awsAccessKey = Optional.ofNullable(awsAccessKey);
        return this;
    }

    @NotNull
    public Optional<String> getAwsSecretKey()
    {
        return awsSecretKey;
    }

    @Config("glue.aws-secret-key")
    @ConfigDescription("AWS secret key for Glue")
    @ConfigSecuritySensitive
    public GlueMetastoreConfig setAwsSecretKey(String awsSecretKey)
    {
        this.awsSecretKey = Optional.ofNullable(awsSecretKey);
        return this;
    }

    @NotNull
    public Optional<String> getIamRole()
    {
        return iamRole;
    }

    @Config("glue.iam-role")
    @ConfigDescription("ARN of the IAM role to assume for Glue")
    public GlueMetastoreConfig setIamRole(String iamRole)
    {
        this.iamRole = Optional.ofNullable(iamRole);
        return this;
    }

    @NotNull
    public Optional<String> getExternalId()
    {
        return externalId;
    }

    @Config("glue.external-id")
    @ConfigDescription("External ID that the IAM role's trust policy asks for")
    public GlueMetastoreConfig setExternalId(String externalId)
    {
        this.externalId = Optional.ofNullable(externalId);
        return this;
    }

    @NotNull
    public Optional<String> getCatalogId()
    {
        return catalogId;
    }

    @Config("glue.catalog-id")
    @ConfigDescription("ID of the Data Catalog; the caller's account when not set")
    public GlueMetastoreConfig setCatalogId(String catalogId)
    {
        this.catalogId = Optional.ofNullable(catalogId);
        return this;
    }

    @Min(1)
    public int getMaxAttempts()
    {
        return maxAttempts;
    }

    @Config("glue.max-attempts")
    @ConfigDescription("How often a call is tried in all before it fails")
    public GlueMetastoreConfig setMaxAttempts(int maxAttempts)
    {
        this.maxAttempts = maxAttempts;
        return this;
    }

    @NotNull
    public RetryMode getRetryMode()
    {
        return retryMode;
    }

    @Config("glue.retry-mode")
    @ConfigDescription("STANDARD backs off between the attempts of a call; ADAPTIVE also slows all calls down while Glue throttles")
    public GlueMetastoreConfig setRetryMode(RetryMode retryMode)
    {
        this.retryMode = retryMode;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getRetryBaseDelay()
    {
        return retryBaseDelay;
    }

    @Config("glue.retry-base-delay")
    @ConfigDescription("Longest wait before the second attempt; doubles with every further one")
    public GlueMetastoreConfig setRetryBaseDelay(Duration retryBaseDelay)
    {
        this.retryBaseDelay = retryBaseDelay;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getRetryMaxDelay()
    {
        return retryMaxDelay;
    }

    @Config("glue.retry-max-delay")
    @ConfigDescription("Longest wait before any attempt")
    public GlueMetastoreConfig setRetryMaxDelay(Duration retryMaxDelay)
    {
        this.retryMaxDelay = retryMaxDelay;
        return this;
    }

    @NotNull
    @MinDuration("0ms")
    public Duration getThrottlingPatience()
    {
        return throttlingPatience;
    }

    @Config("glue.throttling-patience")
    @ConfigDescription("How long a call that Glue throttles is tried again at least, however many attempts that takes")
    public GlueMetastoreConfig setThrottlingPatience(Duration throttlingPatience)
    {
        this.throttlingPatience = throttlingPatience;
        return this;
    }

    public boolean isJoinReads()
    {
        return joinReads;
    }

    @Config("glue.join-reads")
    @ConfigDescription("Whether who asks for what somebody is just asking for waits for that answer, which may be as old as that question")
    public GlueMetastoreConfig setJoinReads(boolean joinReads)
    {
        this.joinReads = joinReads;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getConnectTimeout()
    {
        return connectTimeout;
    }

    @Config("glue.connect-timeout")
    @ConfigDescription("How long to wait for a connection to Glue")
    public GlueMetastoreConfig setConnectTimeout(Duration connectTimeout)
    {
        this.connectTimeout = connectTimeout;
        return this;
    }

    @NotNull
    @MinDuration("1ms")
    public Duration getRequestTimeout()
    {
        return requestTimeout;
    }

    @Config("glue.request-timeout")
    @ConfigDescription("How long one attempt of a call may take")
    public GlueMetastoreConfig setRequestTimeout(Duration requestTimeout)
    {
        this.requestTimeout = requestTimeout;
        return this;
    }

    @Min(1)
    public int getMaxConnections()
    {
        return maxConnections;
    }

    @Config("glue.max-connections")
    @ConfigDescription("Connections to Glue open at the same time; calls beyond them wait")
    public GlueMetastoreConfig setMaxConnections(int maxConnections)
    {
        this.maxConnections = maxConnections;
        return this;
    }

    @Min(1)
    public int getThreads()
    {
        return threads;
    }

    @Config("glue.threads")
    @ConfigDescription("Calls of all queries together that run beside the calling threads when many partitions are read or written")
    public GlueMetastoreConfig setThreads(int threads)
    {
        this.threads = threads;
        return this;
    }

    /**
     * Ten is what Glue's {@code Segment} takes at most.
     */
    @Min(1)
    @Max(10)
    public int getPartitionsSegments()
    {
        return partitionsSegments;
    }

    @Config("glue.partitions-segments")
    @ConfigDescription("Segments in which the partitions of a table are listed in parallel, when they do not fit one page")
    public GlueMetastoreConfig setPartitionsSegments(int partitionsSegments)
    {
        this.partitionsSegments = partitionsSegments;
        return this;
    }

    @NotNull
    public Optional<String> getDefaultWarehouseDir()
    {
        return defaultWarehouseDir;
    }

    @Config("glue.default-warehouse-dir")
    @ConfigDescription("Where schemas are put that are created without a location")
    public GlueMetastoreConfig setDefaultWarehouseDir(String defaultWarehouseDir)
    {
        this.defaultWarehouseDir = Optional.ofNullable(defaultWarehouseDir);
        return this;
    }

    @NotNull
    @MinDuration("0ms")
    public Duration getCacheTtl()
    {
        return cacheTtl;
    }

    @Config("glue.cache-ttl")
    @ConfigDescription("How long queries share what an earlier one has read from Glue; 0s to ask anew for every query")
    public GlueMetastoreConfig setCacheTtl(Duration cacheTtl)
    {
        this.cacheTtl = cacheTtl;
        return this;
    }

    @Min(1)
    public long getCacheMaximumSize()
    {
        return cacheMaximumSize;
    }

    @Config("glue.cache-maximum-size")
    @ConfigDescription("Entries of each kind (tables, partitions, statistics) that the shared cache keeps")
    public GlueMetastoreConfig setCacheMaximumSize(long cacheMaximumSize)
    {
        this.cacheMaximumSize = cacheMaximumSize;
        return this;
    }

    @Min(1)
    public long getQueryCacheMaximumSize()
    {
        return queryCacheMaximumSize;
    }

    @Config("glue.query-cache-maximum-size")
    @ConfigDescription("Entries of each kind that one query keeps for itself")
    public GlueMetastoreConfig setQueryCacheMaximumSize(long queryCacheMaximumSize)
    {
        this.queryCacheMaximumSize = queryCacheMaximumSize;
        return this;
    }

    @AssertTrue(message = "glue.aws-access-key and glue.aws-secret-key must be set together")
    public boolean isCredentialsComplete()
    {
        return awsAccessKey.isPresent() == awsSecretKey.isPresent();
    }

    @AssertTrue(message = "glue.external-id needs glue.iam-role")
    public boolean isExternalIdWithRole()
    {
        return externalId.isEmpty() || iamRole.isPresent();
    }

    @AssertTrue(message = "glue.retry-base-delay must not be longer than glue.retry-max-delay")
    public boolean isRetryDelayOrdered()
    {
        return retryBaseDelay.compareTo(retryMaxDelay) <= 0;
    }
}
