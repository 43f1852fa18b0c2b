package io.tarn.storage;

import io.tarn.error.TarnErrorCode;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.io.IOException;

import static io.tarn.storage.StorageErrors.storageFailure;
import static org.assertj.core.api.Assertions.assertThat;

final class TestStorageErrors
{
    private static final Location LOCATION = Location.of("s3://lake/t/f.parquet");

    @ParameterizedTest
    @CsvSource(textBlock = """
                           404, NoSuchBucket, TARN_FILE_NOT_FOUND, bucket 'lake' does not exist
                           404, NoSuchKey, TARN_FILE_NOT_FOUND, run the query again
                           403, AccessDenied, TARN_STORAGE_ERROR, check the credentials
                           301, PermanentRedirect, TARN_STORAGE_ERROR, s3.region
                           503, SlowDown, TARN_STORAGE_ERROR, s3.max-error-retries
                           400, InvalidRange, TARN_STORAGE_ERROR, S3 answered 400 InvalidRange
                           """)
    void testAnswersOfS3(int status, String code, TarnErrorCode expected, String remedy)
    {
        AwsServiceException answer = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        TrinoException failure = storageFailure("read", LOCATION, new IOException("wrapped", answer));
        assertThat(failure.getErrorCode()).isEqualTo(expected.toErrorCode());
        assertThat(failure).hasMessageContainingAll("Failed to read s3://lake/t/f.parquet", remedy);
        assertThat(storageFailure("list", LOCATION, new RuntimeException(failure))).isSameAs(failure);
    }

    @ParameterizedTest
    @CsvSource({"disk is full", "Input/output error"})
    void testOtherFailuresKeepTheirMessage(String message)
    {
        TrinoException failure = storageFailure("write", LOCATION, new IOException(message));
        assertThat(failure.getErrorCode()).isEqualTo(TarnErrorCode.TARN_STORAGE_ERROR.toErrorCode());
        assertThat(failure).hasMessage("Failed to write s3://lake/t/f.parquet: " + message);
    }
}
