package io.tarn.storage;

import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import static com.google.common.base.Throwables.getCausalChain;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_STORAGE_ERROR;

/**
 * Puts what a storage raised into the words of whoever asked the query.
 */
public final class StorageErrors
{
    private StorageErrors() {}

    /**
     * The exception to throw for a failure of the storage. One that is a {@link TrinoException} already is handed
     * back as it is.
     *
     * @param action what was tried, as it goes on before the location: {@code "list"}, {@code "read"}, {@code "write"}
     * @return with {@code TARN_FILE_NOT_FOUND} where the bucket or file is missing, {@code TARN_INVALID_METADATA} where
     *         the location is none of the storage's, {@code TARN_STORAGE_ERROR} otherwise; the message names the location and the remedy
     */
    public static TrinoException storageFailure(String action, Location location, Throwable failure)
    {
        for (Throwable cause : getCausalChain(failure)) {
            if (cause instanceof TrinoException trinoException) {
                return trinoException;
            }
            Optional<TrinoException> known = known(action, location, cause, failure);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new TrinoException(TARN_STORAGE_ERROR, "Failed to %s %s: %s".formatted(action, location, message(failure)), failure);
    }

    private static Optional<TrinoException> known(String action, Location location, Throwable cause, Throwable failure)
    {
        if (cause instanceof BucketNotFoundException) {
            return Optional.of(missingBucket(action, location, failure));
        }
        if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
            return Optional.of(missingFile(action, location, failure));
        }
        if (cause instanceof AwsServiceException serviceException) {
            return Optional.of(serviceFailure(action, location, serviceException, failure));
        }
        if (cause instanceof IllegalArgumentException) {
            return Optional.of(new TrinoException(
                    TARN_INVALID_METADATA,
                    "Failed to %s %s: not a location of this storage (%s); correct it in the catalogue".formatted(action, location, message(cause)),
                    failure));
        }
        if (cause instanceof SdkClientException) {
            return Optional.of(new TrinoException(
                    TARN_STORAGE_ERROR,
                    "Failed to %s %s: the S3 endpoint cannot be used (%s); check s3.endpoint, s3.region and the credentials in the catalog's properties, and that the endpoint is up".formatted(action, location, message(cause)),
                    failure));
        }
        return Optional.empty();
    }

    private static TrinoException serviceFailure(String action, Location location, AwsServiceException exception, Throwable failure)
    {
        String code = exception.awsErrorDetails() == null || exception.awsErrorDetails().errorCode() == null ? "" : exception.awsErrorDetails().errorCode();
        if (code.equals("NoSuchBucket")) {
            return missingBucket(action, location, failure);
        }
        if (exception.statusCode() == 404) {
            return missingFile(action, location, failure);
        }
        String answer = "S3 answered %s%s".formatted(exception.statusCode(), code.isEmpty() ? "" : " " + code);
        if (exception.statusCode() == 403) {
            return new TrinoException(
                    TARN_STORAGE_ERROR,
                    "Failed to %s %s: %s; check the credentials in the catalog's properties (s3.aws-access-key, s3.aws-secret-key, s3.iam-role) and that they may read the bucket".formatted(action, location, answer),
                    failure);
        }
        if (exception.statusCode() == 301) {
            return new TrinoException(
                    TARN_STORAGE_ERROR,
                    "Failed to %s %s: %s; the bucket is in another region: set s3.region to it, or s3.cross-region-access=true".formatted(action, location, answer),
                    failure);
        }
        if (exception.isThrottlingException() || exception.statusCode() >= 500) {
            return new TrinoException(
                    TARN_STORAGE_ERROR,
                    "Failed to %s %s: %s after all retries; try again later, or raise s3.max-error-retries".formatted(action, location, answer),
                    failure);
        }
        return new TrinoException(TARN_STORAGE_ERROR, "Failed to %s %s: %s (%s)".formatted(action, location, answer, message(exception)), failure);
    }

    private static TrinoException missingBucket(String action, Location location, Throwable failure)
    {
        return new TrinoException(
                TARN_FILE_NOT_FOUND,
                "Failed to %s %s: bucket '%s' does not exist; create it, or correct the location in the catalogue".formatted(action, location, location.host().orElse("")),
                failure);
    }

    private static TrinoException missingFile(String action, Location location, Throwable failure)
    {
        return new TrinoException(
                TARN_FILE_NOT_FOUND,
                "Failed to %s %s: the file does not exist; if it was removed while the query ran, run the query again".formatted(action, location),
                failure);
    }

    private static String message(Throwable failure)
    {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
