package io.tarn.connector;

import io.airlift.log.Logger;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be done if a transaction fails, the last first.
 */
final class UndoLog
{
    private static final Logger log = Logger.get(UndoLog.class);

    private final Deque<Runnable> steps = new ArrayDeque<>();

    synchronized void add(Runnable step)
    {
        steps.push(step);
    }

    /**
     * What was written is published.
     */
    synchronized void clear()
    {
        steps.clear();
    }

    /**
     * Nothing is visible of what is undone here, so what fails is only told.
     */
    void undo()
    {
        while (true) {
            Runnable step;
            synchronized (this) {
                step = steps.poll();
            }
            if (step == null) {
                return;
            }
            try {
                step.run();
            }
            catch (RuntimeException e) {
                log.warn(e, "What a failed statement had written could not all be removed; remove_orphan_files removes it");
            }
        }
    }
}
