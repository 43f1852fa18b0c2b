package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.Lists.reverse;
import static java.util.Objects.requireNonNull;

/**
 * The client of Glue, as configured, with all that must be closed with it.
 */
public final class GlueConnection
        implements AutoCloseable
{
    private final GlueClient client;
    private final List<AutoCloseable> resources;

    private GlueConnection(GlueClient client, List<AutoCloseable> resources)
    {
        this.client = requireNonNull(client, "client is null");
        this.resources = ImmutableList.copyOf(resources);
    }

    /**
     * Opens no connection yet: an endpoint that is down shows in the first call.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException where no region is configured and none found
     */
    public static GlueConnection create(GlueMetastoreConfig config, GlueStats stats)
    {
        List<AutoCloseable> resources = new ArrayList<>();
        GlueClientBuilder builder = GlueClient.builder();
        config.getEndpointUrl().ifPresent(builder::endpointOverride);
        config.getRegion().map(Region::of).ifPresent(builder::region);
        credentials(config, resources).ifPresent(builder::credentialsProvider);
        builder.httpClientBuilder(Apache5HttpClient.builder()
                .maxConnections(config.getMaxConnections())
                .connectionTimeout(config.getConnectTimeout().toJavaTime())
                .connectionAcquisitionTimeout(config.getRequestTimeout().toJavaTime())
                .socketTimeout(config.getRequestTimeout().toJavaTime()));
        builder.overrideConfiguration(override -> {
            override.retryStrategy(retryStrategy(config))
                    .apiCallAttemptTimeout(config.getRequestTimeout().toJavaTime())
                    .addExecutionInterceptor(stats.requestCounter())
                    .addExecutionInterceptor(new LostAnswers());
            config.getCatalogId().ifPresent(catalogId -> override.addExecutionInterceptor(catalogIdSetter(catalogId)));
        });
        GlueClient client = builder.build();
        resources.add(client);
        return new GlueConnection(ConsiderateGlue.over(client, config, stats), resources);
    }

    static BackoffStrategy backoff(GlueMetastoreConfig config)
    {
        return BackoffStrategy.exponentialDelay(config.getRetryBaseDelay().toJavaTime(), config.getRetryMaxDelay().toJavaTime());
    }

    private static RetryStrategy retryStrategy(GlueMetastoreConfig config)
    {
        // the SDK's circuit breaker is shared by all calls of the client: with it, one throttled listing would take
        // the configured patience from every other query
        return switch (config.getRetryMode()) {
            case STANDARD -> configure(AwsRetryStrategy.standardRetryStrategy().toBuilder().circuitBreakerEnabled(false), config).build();
            case ADAPTIVE -> configure(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder(), config).build();
        };
    }

    private static <B extends RetryStrategy.Builder<B, ?>> B configure(B builder, GlueMetastoreConfig config)
    {
        return builder
                .maxAttempts(config.getMaxAttempts())
                .backoffStrategy(backoff(config))
                .throttlingBackoffStrategy(backoff(config))
                .retryOnException(OperationTimeoutException.class);
    }

    private static Optional<AwsCredentialsProvider> credentials(GlueMetastoreConfig config, List<AutoCloseable> resources)
    {
        Optional<AwsCredentialsProvider> keys = config.getAwsAccessKey()
                .map(accessKey -> StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, config.getAwsSecretKey().orElseThrow())));
        if (config.getIamRole().isEmpty()) {
            return keys;
        }
        StsClientBuilder sts = StsClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder());
        keys.ifPresent(sts::credentialsProvider);
        config.getRegion().map(Region::of).ifPresent(sts::region);
        StsClient stsClient = sts.build();
        resources.add(stsClient);
        StsAssumeRoleCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(stsClient)
                .refreshRequest(request -> request
                        .roleArn(config.getIamRole().orElseThrow())
                        .roleSessionName("tarn")
                        .externalId(config.getExternalId().orElse(null)))
                .asyncCredentialUpdateEnabled(true)
                .build();
        resources.add(role);
        return Optional.of(role);
    }

    private static ExecutionInterceptor catalogIdSetter(String catalogId)
    {
        return new ExecutionInterceptor()
        {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes executionAttributes)
            {
                SdkRequest.Builder builder = context.request().toBuilder();
                for (SdkField<?> field : context.request().sdkFields()) {
                    if (field.memberName().equals("CatalogId")) {
                        field.set(builder, catalogId);
                    }
                }
                return builder.build();
            }
        };
    }

    public GlueClient client()
    {
        return client;
    }

    @Override
    public void close()
            throws Exception
    {
        Exception failure = null;
        for (AutoCloseable resource : reverse(resources)) {
            try {
                resource.close();
            }
            catch (Exception e) {
                if (failure == null) {
                    failure = e;
                }
                else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
