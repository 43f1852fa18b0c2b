package io.tarn.server.thrift.wire;

import com.google.errorprone.annotations.FormatMethod;
import io.airlift.log.Logger;
import io.airlift.stats.CounterStat;

import java.util.concurrent.atomic.AtomicLong;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Tells why connections are refused, once a second at most, so that a flood of them does not fill the log.
 */
final class RefusalLog
{
    private static final Logger log = Logger.get(RefusalLog.class);
    private static final long PAUSE = SECONDS.toNanos(1);

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();
    private final CounterStat misunderstood = new CounterStat();

    /**
     * Clients whose connections were closed for what they sent.
     */
    CounterStat misunderstood()
    {
        return misunderstood;
    }

    /**
     * As {@link #tell}, of a connection that is closed for what its client sent.
     */
    @FormatMethod
    void tellMisunderstood(String format, Object... arguments)
    {
        misunderstood.update(1);
        tell(format, arguments);
    }

    @FormatMethod
    void tell(String format, Object... arguments)
    {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
            untold.incrementAndGet();
            return;
        }
        long others = untold.getAndSet(0);
        log.warn("%s%s", format.formatted(arguments), others == 0 ? "" : " (and %s others before)".formatted(others));
    }
}
