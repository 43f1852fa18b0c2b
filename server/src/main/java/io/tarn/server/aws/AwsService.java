package io.tarn.server.aws;

import java.util.Optional;

/**
 * One AWS service behind the {@link AwsEndpoint}. Implementations are called by many threads at once.
 */
public interface AwsService
{
    /**
     * What stands before the dot of {@code X-Amz-Target}, as {@code AWSGlue}.
     */
    String targetPrefix();

    /**
     * The service's name in the scope of a signature, as {@code glue}.
     */
    String signingName();

    /**
     * The operation of that name (as {@code GetTable}), where this service serves it.
     */
    Optional<AwsOperation<?>> operation(String name);

    /**
     * Whether AWS has an operation of that name in this service, served here or not; called only for those that are not.
     */
    boolean inModel(String name);
}
