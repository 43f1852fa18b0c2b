package io.tarn.server.quota;

import io.tarn.relay.RelayedRequest;
import io.tarn.relay.Witness;

import java.util.concurrent.CompletableFuture;

/**
 * Counts the bytes of objects that S3 hands out: what a storage provider would meter.
 */
final class ObjectMeter
        implements Witness
{
    private long objectBytes;
    private long mark;
    private CompletableFuture<Void> reached = new CompletableFuture<>();

    /**
     * Bytes of objects, or of ranges of them, that were handed to clients.
     */
    synchronized long objectBytes()
    {
        return objectBytes;
    }

    synchronized void reset()
    {
        objectBytes = 0;
    }

    /**
     * Complete when so many bytes have been handed out; of several, only the one asked for last.
     */
    synchronized CompletableFuture<Void> reached(long bytes)
    {
        mark = bytes;
        reached = new CompletableFuture<>();
        return reached;
    }

    @Override
    public void passed(RelayedRequest request, int status, int bytes)
    {
        if (isObject(request) && (status == 200 || status == 206)) {
            synchronized (this) {
                objectBytes += bytes;
                if (objectBytes >= mark) {
                    reached.complete(null);
                }
            }
        }
    }

    private static boolean isObject(RelayedRequest request)
    {
        // a bucket's own path, and one with a query, is a listing
        String path = request.path();
        int key = path.indexOf('/', 1);
        return request.method().equals("GET") && key > 0 && key < path.length() - 1 && !path.contains("list-type");
    }
}
