package io.tarn.server;

import sun.misc.Signal;

import java.util.concurrent.CountDownLatch;

/**
 * Waits for Ctrl-C or a termination signal. A shutdown hook would not do: the libraries in this process have theirs,
 * all run at once, and the exit code would be the signal's.
 */
final class StopSignal
{
    private static final int INTERRUPTED = 130;

    private final CountDownLatch received = new CountDownLatch(1);

    private StopSignal() {}

    static StopSignal install()
    {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), _ -> stop.receive());
        }
        return stop;
    }

    void await()
            throws InterruptedException
    {
        received.await();
    }

    private void receive()
    {
        if (received.getCount() == 0) {
            // whoever asks twice does not want to wait
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        received.countDown();
    }
}
