package io.tarn.server.demo;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Asks S3.
 */
final class LakeSizes
        implements StoredSizes
{
    private final S3Client s3;
    private final String bucket;

    LakeSizes(S3Client s3, String bucket)
    {
        this.s3 = requireNonNull(s3, "s3 is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    @Override
    public List<Long> below(String folder)
    {
        try {
            return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder)).contents().stream()
                    .map(S3Object::size)
                    .toList();
        }
        catch (SdkException e) {
            throw new DemoException("Cannot list s3://%s/%s: %s".formatted(bucket, folder, e.getMessage()), e);
        }
    }
}
