package io.tarn.storage;

import com.google.common.util.concurrent.Uninterruptibles;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import static com.google.common.base.Throwables.throwIfInstanceOf;
import static com.google.common.base.Throwables.throwIfUnchecked;

/**
 * Does what must come to its end, whatever becomes of the query: the engine interrupts the threads of a task that is
 * over, at any moment, and AWS's client sends nothing from a thread that is interrupted, so that uploads would stay
 * begun and files stay written.
 */
public final class Uninterrupted
{
    private Uninterrupted() {}

    public interface Action
    {
        void run()
                throws IOException;
    }

    /**
     * Returns, or throws what the action throws, when it has ended. An interrupt that comes meanwhile is kept for the
     * caller.
     */
    public static void run(Action action)
            throws IOException
    {
        FutureTask<Void> task = new FutureTask<>(() -> {
            action.run();
            return null;
        });
        Thread.ofVirtual().name("tarn-uninterrupted").start(task);
        try {
            Uninterruptibles.getUninterruptibly(task);
        }
        catch (ExecutionException e) {
            throwIfInstanceOf(e.getCause(), IOException.class);
            throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e.getCause());
        }
    }
}
