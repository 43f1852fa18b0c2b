package io.tarn.server.demo;

import com.google.common.collect.ImmutableSet;
import io.tarn.testdata.SampleObject;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newFixedThreadPool;

/**
 * Makes objects and puts them into a bucket, some at a time; memory does not grow with their size, nor with their number.
 */
final class LakeLander
{
    private final S3Client s3;
    private final Progress progress;
    private final int threads;

    LakeLander(S3Client s3, Progress progress, int threads)
    {
        this.s3 = requireNonNull(s3, "s3 is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.threads = threads;
    }

    /**
     * Puts all objects; what a former run left below {@code folders} and this one does not have is removed.
     *
     * @return bytes put
     * @throws DemoException when an object cannot be made or put; what was put stays, and the next run replaces it
     */
    long land(String bucket, List<SampleObject> objects, List<String> folders)
    {
        try {
            s3.createBucket(request -> request.bucket(bucket));
        }
        catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException _) {
            // a bucket that is there is as good
        }
        removeOthers(bucket, folders, objects.stream().map(SampleObject::key).collect(toImmutableSet()));

        AtomicInteger done = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        List<Future<?>> puts = new ArrayList<>();
        try (ExecutorService executor = newFixedThreadPool(threads)) {
            for (SampleObject object : objects) {
                puts.add(executor.submit(() -> {
                    long total = bytes.addAndGet(put(bucket, object));
                    int count = done.incrementAndGet();
                    progress.report(() -> "landed %s of %s objects, %s".formatted(count, objects.size(), Sizes.text(total)));
                }));
            }
            await(puts, bucket);
        }
        return bytes.get();
    }

    /**
     * Removes all objects below folders.
     *
     * @return how many there were
     */
    int clear(String bucket, List<String> folders)
    {
        return removeOthers(bucket, folders, ImmutableSet.of());
    }

    private static void await(List<Future<?>> puts, String bucket)
    {
        try {
            for (Future<?> put : puts) {
                put.get();
            }
        }
        catch (ExecutionException e) {
            throw new DemoException("Cannot land the sample lake in bucket '%s': %s".formatted(bucket, e.getCause().getMessage()), e.getCause());
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("Interrupted while the sample lake was landed", e);
        }
        finally {
            // after a failure the rest is not worth waiting for
            puts.forEach(put -> put.cancel(true));
        }
    }

    private long put(String bucket, SampleObject object)
    {
        Path file = null;
        try {
            // S3 wants the length before the bytes
            file = Files.createTempFile("tarn-demo-", ".tmp");
            try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
                object.writeTo(output);
            }
            s3.putObject(request -> request.bucket(bucket).key(object.key()), file);
            return Files.size(file);
        }
        catch (IOException e) {
            throw new DemoException("Cannot write '%s' to a temporary file: %s".formatted(object.key(), e.getMessage()), e);
        }
        finally {
            delete(file);
        }
    }

    private int removeOthers(String bucket, List<String> folders, Set<String> kept)
    {
        int removed = 0;
        for (String folder : folders) {
            Set<String> others = s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(folder)).contents().stream()
                    .map(S3Object::key)
                    .filter(key -> !kept.contains(key))
                    .collect(toImmutableSet());
            others.forEach(key -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
            removed += others.size();
        }
        return removed;
    }

    private static void delete(Path file)
    {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        }
        catch (IOException _) {
            // the operating system clears its temporary folder
        }
    }
}
