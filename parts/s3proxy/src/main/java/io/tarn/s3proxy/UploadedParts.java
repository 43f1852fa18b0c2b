package io.tarn.s3proxy;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

/**
 * The parts that the completion of a multipart upload names, in its order, and the object that they make.
 */
final class UploadedParts
{
    /**
     * Where S3Proxy's store keeps an ETag.
     */
    private static final String ETAG_ATTRIBUTE = "user.content-md5";

    private final BlobStore store;
    private final MultipartUpload upload;
    private final List<Part> parts = new ArrayList<>();
    private final String eTag;

    UploadedParts(BlobStore store, MultipartUpload upload, CompleteMultipartUploadRequest request)
    {
        this.store = store;
        this.upload = upload;
        Map<Integer, Part> uploaded = store.listMultipartUpload(upload).stream().collect(toMap(Part::partNumber, identity()));
        MessageDigest digest = md5();
        for (CompletedPart completed : request.multipartUpload().parts()) {
            Part part = uploaded.get(completed.partNumber());
            if (part == null) {
                throw S3Exceptions.invalidRequest("Part %s of upload %s was never uploaded".formatted(completed.partNumber(), upload.id()));
            }
            parts.add(part);
            if (part.eTag() != null) {
                digest.update(HexFormat.of().parseHex(part.eTag().replace("\"", "")));
            }
        }
        eTag = "\"%s-%s\"".formatted(HexFormat.of().formatHex(digest.digest()), parts.size());
    }

    /**
     * As S3 makes it of the parts' own.
     */
    String eTag()
    {
        return eTag;
    }

    /**
     * One part is open at a time.
     */
    InputStream content()
    {
        Iterator<Part> remaining = parts.iterator();
        return new SequenceInputStream(new Enumeration<>()
        {
            @Override
            public boolean hasMoreElements()
            {
                return remaining.hasNext();
            }

            @Override
            public InputStream nextElement()
            {
                String name = AbstractNio2BlobStore.multipartPartName(upload.id(), upload.blobName(), remaining.next().partNumber());
                return store.getBlob(GetObjectRequest.builder().bucket(upload.containerName()).key(name).build());
            }
        });
    }

    PutObjectRequest putRequest(String key)
    {
        CreateMultipartUploadRequest created = upload.request();
        return PutObjectRequest.builder()
                .bucket(upload.containerName())
                .key(key)
                .acl(created.acl())
                .cacheControl(created.cacheControl())
                .contentDisposition(created.contentDisposition())
                .contentEncoding(created.contentEncoding())
                .contentLanguage(created.contentLanguage())
                .contentLength(parts.stream().mapToLong(Part::size).sum())
                .contentType(created.contentType())
                .expires(created.expires())
                .metadata(created.metadata())
                .storageClass(created.storageClass())
                .build();
    }

    void writeETag(Path file)
            throws IOException
    {
        UserDefinedFileAttributeView attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (attributes != null && attributes.list().contains(ETAG_ATTRIBUTE)) {
            attributes.write(ETAG_ATTRIBUTE, ByteBuffer.wrap(eTag.getBytes(US_ASCII)));
        }
    }

    private static MessageDigest md5()
    {
        try {
            return MessageDigest.getInstance("MD5");
        }
        catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
