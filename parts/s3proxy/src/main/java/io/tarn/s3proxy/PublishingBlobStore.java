package io.tarn.s3proxy;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * S3Proxy's store of files, whose objects appear under their key only when they are whole.
 */
final class PublishingBlobStore
        extends ForwardingBlobStore
{
    private static final Pattern SLASHES = Pattern.compile("/+");

    private final Path buckets;
    private final BucketPublisher publisher;

    PublishingBlobStore(BlobStore delegate, Path buckets)
    {
        super(delegate);
        this.buckets = buckets;
        publisher = new BucketPublisher(buckets);
    }

    /**
     * Removes what a gateway that was killed left of puts it had not finished.
     */
    static void removeAbandoned(Path buckets)
            throws IOException
    {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(buckets, Files::isDirectory)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> staged = Files.newDirectoryStream(folder, BucketPublisher.STAGED_PREFIX + "*")) {
                    for (Path file : staged) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    @Override
    public ListBucketsResponse list()
    {
        ListBucketsResponse all = super.list();
        return all.toBuilder()
                .buckets(all.buckets().stream()
                        .filter(bucket -> !bucket.name().startsWith(".") && Files.isDirectory(buckets.resolve(bucket.name())))
                        .toList())
                .build();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request)
    {
        String prefix = request.prefix();
        if (prefix == null || !prefix.contains("//")) {
            return tagged(super.list(request));
        }
        // a//b is stored as a/b; who asks below a// is told of keys below a//
        String stored = SLASHES.matcher(prefix).replaceAll("/");
        String startAfter = request.startAfter();
        ListObjectsV2Response response = tagged(super.list(request.toBuilder()
                .prefix(stored)
                .startAfter(startAfter != null && startAfter.startsWith(prefix) ? stored + startAfter.substring(prefix.length()) : startAfter)
                .build()));
        return response.toBuilder()
                .prefix(prefix)
                .contents(response.contents().stream()
                        .map(object -> object.toBuilder().key(prefix + object.key().substring(stored.length())).build())
                        .toList())
                .commonPrefixes(response.commonPrefixes().stream()
                        .map(common -> common.toBuilder().prefix(prefix + common.prefix().substring(stored.length())).build())
                        .toList())
                .build();
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request)
    {
        HeadObjectResponse response = super.blobMetadata(request);
        if (response == null || response.eTag() != null || response.contentLength() == null || response.lastModified() == null) {
            return response;
        }
        return response.toBuilder().eTag(FileETag.quoted(response.contentLength(), response.lastModified())).build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request)
    {
        ResponseInputStream<GetObjectResponse> content = super.getBlob(request);
        if (content.response().eTag() != null || content.response().lastModified() == null) {
            return content;
        }
        String eTag = FileETag.quoted(wholeLength(content.response()), content.response().lastModified());
        // the store could not hold a tag that it does not know against the one that the client asks for
        if (request.ifMatch() != null && !request.ifMatch().equals("*") && !request.ifMatch().replace("\"", "").equals(eTag.replace("\"", ""))) {
            content.abort();
            throw S3Exceptions.preconditionFailed(null);
        }
        return new ResponseInputStream<>(content.response().toBuilder().eTag(eTag).build(), content);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload)
    {
        publisher.checkKey(request.bucket(), request.key());
        if (request.key().endsWith("/")) {
            return super.putBlob(request, payload);
        }
        checkCondition(request.ifNoneMatch());
        return publishing(request.bucket(), request.key(), request.ifNoneMatch(), staged -> super.putBlob(
                request.toBuilder().key(staged).ifNoneMatch(null).build(),
                payload));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request)
    {
        publisher.checkKey(request.destinationBucket(), request.destinationKey());
        if (request.destinationKey().endsWith("/")) {
            return super.copyBlob(request);
        }
        return publishing(request.destinationBucket(), request.destinationKey(), null, staged -> super.copyBlob(
                request.toBuilder().destinationKey(staged).build()));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request)
    {
        Path parent = publisher.path(request.bucket(), request.key()).getParent();
        if (parent != null && Files.isRegularFile(parent)) {
            // nothing is below an object
            return DeleteObjectResponse.builder().build();
        }
        return super.removeBlob(request);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request)
    {
        publisher.checkKey(request.bucket(), request.key());
        return super.initiateMultipartUpload(request);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(MultipartUpload upload, CompleteMultipartUploadRequest request)
    {
        publisher.checkKey(upload.containerName(), upload.blobName());
        checkCondition(request.ifNoneMatch());
        UploadedParts parts = new UploadedParts(delegate(), upload, request);
        publishing(upload.containerName(), upload.blobName(), request.ifNoneMatch(), staged -> {
            PutObjectResponse response;
            try (InputStream content = parts.content()) {
                response = super.putBlob(parts.putRequest(staged), content);
                parts.writeETag(publisher.path(upload.containerName(), staged));
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return response;
        });
        // the object is published: what remains is to remove its parts
        super.abortMultipartUpload(upload);
        return CompleteMultipartUploadResponse.builder().eTag(parts.eTag()).build();
    }

    // S3Proxy reads from a folder's permissions whether everybody on the network may read a bucket; here nobody unsigned may

    @Override
    public BucketCannedACL getContainerAccess(String container)
    {
        super.headBucket(HeadBucketRequest.builder().bucket(container).build());
        return BucketCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name)
    {
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name, String versionId)
    {
        return ObjectCannedACL.PRIVATE;
    }

    private static ListObjectsV2Response tagged(ListObjectsV2Response response)
    {
        if (response.contents().stream().noneMatch(PublishingBlobStore::isUntagged)) {
            return response;
        }
        return response.toBuilder()
                .contents(response.contents().stream()
                        .map(object -> isUntagged(object) ? object.toBuilder().eTag(FileETag.of(object.size(), object.lastModified())).build() : object)
                        .toList())
                .build();
    }

    private static long wholeLength(GetObjectResponse response)
    {
        String range = response.contentRange();
        return range == null ? response.contentLength() : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }

    private static boolean isUntagged(S3Object object)
    {
        return object.eTag() == null && object.size() != null && object.lastModified() != null;
    }

    private <T> T publishing(String bucket, String key, String ifNoneMatch, Write<T> write)
    {
        String staged = BucketPublisher.newStagedKey();
        T response;
        try {
            response = write.write(staged);
        }
        catch (Throwable e) {
            publisher.discard(bucket, staged);
            throw e;
        }
        publisher.publish(bucket, staged, key, ifNoneMatch);
        return response;
    }

    private static void checkCondition(String ifNoneMatch)
    {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw S3Exceptions.invalidArgument("A put takes If-None-Match only as *: " + ifNoneMatch);
        }
    }

    private interface Write<T>
    {
        T write(String stagedKey);
    }
}
