package io.tarn.server.demo;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.io.PrintWriter;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Says now and then how far something long has come: a line each two seconds, plain, so that a log can take it too.
 */
final class Progress
{
    private static final long PERIOD_NANOS = SECONDS.toNanos(2);

    private final PrintWriter out;
    private final Ticker ticker;

    @GuardedBy("this")
    private long lastNanos;

    Progress(PrintWriter out, Ticker ticker)
    {
        this.out = requireNonNull(out, "out is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
        this.lastNanos = ticker.read();
    }

    /**
     * To be called as often as there is news; {@code line} is asked only when it is time to print.
     */
    synchronized void report(Supplier<String> line)
    {
        long now = ticker.read();
        if (now - lastNanos >= PERIOD_NANOS) {
            lastNanos = now;
            out.println("  … " + line.get());
            out.flush();
        }
    }
}
