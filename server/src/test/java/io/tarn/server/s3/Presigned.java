package io.tarn.server.s3;

import io.tarn.server.aws.Credentials;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import java.net.URI;
import java.net.URL;
import java.time.Duration;

/**
 * The head of a request whose body is sent by hand.
 */
final class Presigned
{
    private Presigned() {}

    static String put(URI endpoint, Credentials credentials, String bucket, String key, long length)
    {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            URL url = presigner.presignPutObject(builder -> builder
                    .signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(put -> put.bucket(bucket).key(key))).url();
            return "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %s\r\n\r\n".formatted(url.getFile(), url.getAuthority(), length);
        }
    }
}
