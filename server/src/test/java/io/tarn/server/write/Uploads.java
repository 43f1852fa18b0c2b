package io.tarn.server.write;

import io.tarn.relay.RelayedRequest;
import io.tarn.relay.Witness;

import java.util.function.BooleanSupplier;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Counts the uploads in parts that pass a relay before S3.
 */
class Uploads
        implements Witness
{
    private static final long PATIENCE = SECONDS.toNanos(60);

    private int begun;
    private int completed;
    private int aborted;

    @Override
    public synchronized void answered(RelayedRequest request, int status)
    {
        String path = request.path();
        String query = path.substring(path.indexOf('?') + 1);
        boolean ofUpload = query.contains("uploadId=");
        if (status < 300) {
            switch (request.method()) {
                case "POST" -> {
                    begun += !ofUpload && query.startsWith("uploads") ? 1 : 0;
                    completed += ofUpload ? 1 : 0;
                }
                case "DELETE" -> aborted += ofUpload ? 1 : 0;
                default -> {}
            }
        }
        notifyAll();
    }

    synchronized int begun()
    {
        return begun;
    }

    /**
     * Those that are neither completed nor aborted.
     */
    synchronized int open()
    {
        return begun - completed - aborted;
    }

    /**
     * Waits until something holds, which is asked for again whenever a request has been answered.
     *
     * @throws IllegalStateException if it does not hold after a minute
     */
    synchronized void await(BooleanSupplier condition)
            throws InterruptedException
    {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            long left = NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("Still not: " + this);
            }
            // the last request may have been answered before its effect is seen
            wait(Math.min(left, 1000));
        }
    }

    @Override
    public synchronized String toString()
    {
        return "%s uploads begun, %s completed, %s aborted".formatted(begun, completed, aborted);
    }
}
