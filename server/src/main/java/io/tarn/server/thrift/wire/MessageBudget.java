package io.tarn.server.thrift.wire;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;

/**
 * The memory for messages that are being read, of all connections together. A small message takes nothing of it, so
 * that idle and ordinary clients never wait for each other.
 */
final class MessageBudget
{
    static final int FREE_BYTES = 64 * 1024;

    private static final int UNIT = 64 * 1024;
    private static final long WAIT_SECONDS = 10;

    private final Semaphore units;
    private final int total;

    MessageBudget(long bytes)
    {
        total = toIntExact(max(1, min(bytes / UNIT, Integer.MAX_VALUE)));
        units = new Semaphore(total, true);
    }

    /**
     * How many units a message of a size takes.
     */
    int units(long bytes)
    {
        return bytes <= FREE_BYTES ? 0 : toIntExact(min((bytes + UNIT - 1) / UNIT, total));
    }

    /**
     * Waits a few seconds for other messages to be done.
     */
    boolean acquire(int count)
    {
        try {
            return count <= 0 || units.tryAcquire(count, WAIT_SECONDS, TimeUnit.SECONDS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void release(int count)
    {
        units.release(count);
    }

    int available()
    {
        return units.availablePermits();
    }
}
