package io.tarn.metastore;

import com.google.common.base.Throwables;
import io.trino.spi.TrinoException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.glue.GlueServiceClientConfiguration;
import software.amazon.awssdk.services.glue.model.GlueEncryptionException;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_METASTORE_ERROR;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_UNAVAILABLE;
import static io.trino.spi.StandardErrorCode.PERMISSION_DENIED;
import static java.util.Objects.requireNonNull;

/**
 * Says what went wrong when Glue did not do what it was asked.
 */
final class GlueErrors
{
    private static final Set<String> ACCESS_DENIED = Set.of("AccessDeniedException", "AccessDenied");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");
    private static final Set<Integer> UNAVAILABLE_STATUS = Set.of(502, 503, 504);

    private final String endpoint;

    GlueErrors(GlueServiceClientConfiguration client)
    {
        this(client.endpointOverride()
                .map(Object::toString)
                .orElseGet(() -> "https://glue.%s.amazonaws.com".formatted(client.region())));
    }

    GlueErrors(String endpoint)
    {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
    }

    /**
     * @param resource what the call was about, such as {@code table sales.orders}
     * @return an exception to throw: {@code TARN_METASTORE_UNAVAILABLE} where Glue gave no answer, {@code PERMISSION_DENIED}
     *         where it denied access, {@code TARN_METASTORE_ERROR} for all else that it answered
     */
    TrinoException translate(GlueOperation operation, String resource, SdkException exception)
    {
        if (exception instanceof SdkServiceException answer) {
            return translateAnswer(operation, resource, answer);
        }
        if (exception instanceof AbortedException) {
            return new TrinoException(TARN_METASTORE_ERROR, "Glue %s for %s was interrupted".formatted(operation.apiName(), resource), exception);
        }
        if (exception instanceof ApiCallAttemptTimeoutException || exception instanceof ApiCallTimeoutException) {
            return unavailable(operation, resource, exception, "did not answer in time", "Check that it is up, or raise glue.request-timeout");
        }
        Optional<Throwable> transport = Throwables.getCausalChain(exception).stream()
                .filter(cause -> cause instanceof IOException)
                .reduce((_, last) -> last);
        if (transport.isPresent()) {
            return unavailable(
                    operation,
                    resource,
                    exception,
                    "could not be reached or did not answer in full (%s)".formatted(describe(transport.get())),
                    "Check that it is up, that glue.endpoint-url is right, and the network between");
        }
        return new TrinoException(
                TARN_METASTORE_ERROR,
                "Glue %s for %s failed before an answer came from %s: %s. Check glue.region and the credentials (glue.aws-access-key, glue.iam-role, or the environment of the AWS SDK)".formatted(
                        operation.apiName(), resource, endpoint, describe(exception)),
                exception);
    }

    /**
     * For an answer that is well-formed and says nothing.
     */
    TrinoException emptyAnswer(GlueOperation operation, String resource)
    {
        return new TrinoException(
                TARN_METASTORE_ERROR,
                "Glue at %s answered %s for %s without what was asked for. Check that glue.endpoint-url is that of a Glue API".formatted(endpoint, operation.apiName(), resource));
    }

    private TrinoException translateAnswer(GlueOperation operation, String resource, SdkServiceException answer)
    {
        String code = errorCode(answer);
        String message = errorMessage(answer);
        if (isThrottling(answer)) {
            return unavailable(
                    operation,
                    resource,
                    answer,
                    "kept throttling (%s: %s)".formatted(code, message),
                    "Ask less at a time (glue.threads, glue.partitions-segments), share what was read (glue.cache-ttl), be more patient (glue.throttling-patience, glue.max-attempts), or have the account's Glue quota raised");
        }
        if (answer instanceof OperationTimeoutException || UNAVAILABLE_STATUS.contains(answer.statusCode())) {
            return unavailable(operation, resource, answer, "is not able to answer (%s %s: %s)".formatted(answer.statusCode(), code, message), "Check that it is healthy, and try again");
        }
        if (ACCESS_DENIED.contains(code)) {
            return new TrinoException(
                    PERMISSION_DENIED,
                    "Access Denied: Glue at %s does not allow %s for %s: %s. The policy of the identity in use must allow glue:%s; request %s".formatted(
                            endpoint, operation.apiName(), resource, message, operation.apiName(), requestId(answer)),
                    answer);
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return error(operation, resource, answer, "did not accept the credentials", "Check glue.aws-access-key and glue.aws-secret-key, the role, and this machine's clock");
        }
        if (answer instanceof GlueEncryptionException) {
            return error(operation, resource, answer, "could not decrypt or encrypt", "The identity in use must be allowed the catalogue's KMS key");
        }
        return error(operation, resource, answer, "answered with an error", "Look the request up in the service's log if the message does not say enough");
    }

    /**
     * Whether the request was not carried out because there were too many.
     */
    static boolean isThrottling(SdkServiceException answer)
    {
        return answer.isThrottlingException() || errorCode(answer).equals("ThrottlingException");
    }

    private TrinoException unavailable(GlueOperation operation, String resource, SdkException exception, String what, String remedy)
    {
        // some of the SDK's exceptions wrap the one that was counted
        int attempts = Throwables.getCausalChain(exception).stream()
                .map(cause -> cause instanceof SdkException counted ? counted.numAttempts() : null)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        return new TrinoException(
                TARN_METASTORE_UNAVAILABLE,
                "Glue at %s %s: %s for %s, after %s %s. %s".formatted(endpoint, what, operation.apiName(), resource, attempts, attempts == 1 ? "attempt" : "attempts", remedy),
                exception);
    }

    private TrinoException error(GlueOperation operation, String resource, SdkServiceException answer, String what, String remedy)
    {
        return new TrinoException(
                TARN_METASTORE_ERROR,
                "Glue at %s %s: %s for %s: %s %s: %s (request %s). %s".formatted(
                        endpoint, what, operation.apiName(), resource, answer.statusCode(), errorCode(answer), errorMessage(answer), requestId(answer), remedy),
                answer);
    }

    private static String errorCode(SdkServiceException answer)
    {
        if (answer instanceof AwsServiceException awsAnswer && awsAnswer.awsErrorDetails() != null && awsAnswer.awsErrorDetails().errorCode() != null) {
            return awsAnswer.awsErrorDetails().errorCode();
        }
        return answer.getClass().getSimpleName();
    }

    private static String errorMessage(SdkServiceException answer)
    {
        if (answer instanceof AwsServiceException awsAnswer && awsAnswer.awsErrorDetails() != null && awsAnswer.awsErrorDetails().errorMessage() != null) {
            return awsAnswer.awsErrorDetails().errorMessage();
        }
        return String.valueOf(answer.rawMessage());
    }

    private static String requestId(SdkServiceException answer)
    {
        return answer.requestId() == null ? "without an id" : answer.requestId();
    }

    private static String describe(Throwable throwable)
    {
        return throwable.getMessage() == null ? throwable.getClass().getSimpleName() : throwable.getMessage();
    }
}
