package io.tarn.server;

import io.tarn.server.engine.EngineException;
import io.tarn.server.engine.Progress;

import java.io.PrintStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The two streams of the terminal, taken before the engine sends the standard ones to its log. Results go to one,
 * progress and errors to the other, so that the output of a statement can be piped on.
 */
final class Terminal
        implements Progress
{
    private final PrintStream out;
    private final PrintStream error;
    private final ScheduledThreadPoolExecutor ticker;

    private ScheduledFuture<?> tick;
    private long begin;

    Terminal(PrintStream out, PrintStream error)
    {
        this.out = requireNonNull(out, "out is null");
        this.error = requireNonNull(error, "error is null");
        ticker = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("progress").daemon().factory());
        ticker.setRemoveOnCancelPolicy(true);
    }

    PrintStream out()
    {
        return out;
    }

    PrintStream error()
    {
        return error;
    }

    @Override
    public synchronized void begin(String step)
    {
        done();
        error.print(step + " ");
        error.flush();
        begin = System.nanoTime();
        tick = ticker.scheduleAtFixedRate(this::dot, 1, 1, SECONDS);
    }

    @Override
    public synchronized void done()
    {
        if (stopTicking()) {
            error.printf("%.1f s%n", NANOSECONDS.toMillis(System.nanoTime() - begin) / 1000.0);
        }
    }

    @Override
    public synchronized void note(String message)
    {
        error.println(message);
    }

    @Override
    public synchronized int failed(EngineException failure)
    {
        if (stopTicking()) {
            error.println();
        }
        error.println(failure.getMessage());
        error.flush();
        return ExitCode.of(failure);
    }

    /**
     * The streams as everybody sees them, again, after an engine of this process took them for its log.
     */
    void restoreStandardStreams()
    {
        System.setOut(out);
        System.setErr(error);
    }

    private boolean stopTicking()
    {
        if (tick == null) {
            return false;
        }
        tick.cancel(false);
        tick = null;
        return true;
    }

    private synchronized void dot()
    {
        if (tick != null) {
            error.print('.');
            error.flush();
        }
    }
}
