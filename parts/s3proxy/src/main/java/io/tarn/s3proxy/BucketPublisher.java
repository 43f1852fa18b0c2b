package io.tarn.s3proxy;

import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

/**
 * Gives an object that was stored whole its key. S3Proxy's own store writes next to the final name under a name that
 * every listing shows; here it writes under one that none does, and this class moves it.
 */
final class BucketPublisher
{
    /**
     * Each attempt loses only to somebody who removed the last object of the same folder in between.
     */
    private static final int ATTEMPTS = 100;
    /**
     * S3Proxy leaves files of this prefix out of every listing.
     */
    private static final String HIDDEN_PREFIX = ".mpus-";
    static final String STAGED_PREFIX = HIDDEN_PREFIX + "put-";

    private final Path buckets;

    BucketPublisher(Path buckets)
    {
        this.buckets = buckets;
    }

    /**
     * A key for the store to write to; the dot folder takes it past the store's check of its own prefix.
     */
    static String newStagedKey()
    {
        return "./" + STAGED_PREFIX + UUID.randomUUID();
    }

    Path path(String bucket, String key)
    {
        return buckets.resolve(bucket).resolve(key).normalize();
    }

    /**
     * Refuses a key that a folder cannot hold, before its content is taken in.
     *
     * @throws S3Exception 400 for a key that is no path; 409 where a key and one below it would both exist
     */
    void checkKey(String bucket, String key)
    {
        if (key.startsWith("/")) {
            throw S3Exceptions.invalidArgument("A key of this storage cannot start with a slash: " + key);
        }
        for (String segment : key.split("/")) {
            if (segment.equals(".") || segment.equals("..") || segment.startsWith(HIDDEN_PREFIX)) {
                throw S3Exceptions.invalidArgument("A key of this storage cannot have a segment '%s': %s".formatted(segment, key));
            }
        }
        Path target = path(bucket, key);
        if (!key.endsWith("/") && Files.isDirectory(target)) {
            throw conflict("objects exist below it", key);
        }
        Path bucketPath = buckets.resolve(bucket);
        for (Path parent = key.endsWith("/") ? target : target.getParent(); !parent.equals(bucketPath); parent = parent.getParent()) {
            if (Files.isRegularFile(parent)) {
                throw conflict("'%s' is an object".formatted(bucketPath.relativize(parent)), key);
            }
        }
    }

    /**
     * Moves a staged object to its key.
     *
     * @param ifNoneMatch {@code *} to refuse a key that exists (412), null to replace it
     */
    void publish(String bucket, String stagedKey, String key, String ifNoneMatch)
    {
        Path staged = path(bucket, stagedKey);
        Path target = path(bucket, key);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    Files.createDirectories(target.getParent());
                    move(staged, target, key, ifNoneMatch != null);
                    return;
                }
                catch (NoSuchFileException e) {
                    if (attempt == ATTEMPTS || !Files.exists(staged)) {
                        throw e;
                    }
                }
                catch (FileAlreadyExistsException e) {
                    // also raised where a folder was there and was removed at once
                    if (attempt == ATTEMPTS || Files.isRegularFile(Path.of(e.getFile()))) {
                        throw conflict("an object has the name of a folder above it", key);
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        finally {
            discard(bucket, stagedKey);
        }
    }

    void discard(String bucket, String stagedKey)
    {
        try {
            Files.deleteIfExists(path(bucket, stagedKey));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path staged, Path target, String key, boolean isNew)
            throws IOException
    {
        if (Files.isDirectory(target)) {
            throw conflict("objects exist below it", key);
        }
        if (!isNew) {
            Files.move(staged, target, ATOMIC_MOVE);
            return;
        }
        try {
            // a link is refused where the name is taken, in one step; a move would replace
            Files.createLink(target, staged);
        }
        catch (FileAlreadyExistsException e) {
            throw S3Exceptions.preconditionFailed(e);
        }
    }

    private static S3Exception conflict(String why, String key)
    {
        String message = "The key '%s' cannot be stored, as %s: in a folder, a key and one below it cannot both exist".formatted(key, why);
        return (S3Exception) S3Exception.builder()
                .message(message)
                .statusCode(409)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("KeyConflict").errorMessage(message).build())
                .build();
    }
}
