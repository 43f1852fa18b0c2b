package io.tarn.connector;

import io.airlift.log.Logger;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be done if a transaction fails, the last first, and of that what is to be done as well if it ends well and
 * the write has not been finished.
 */
final class UndoLog
{
    private static final Logger log = Logger.get(UndoLog.class);

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Deque<Runnable> unfinishedSteps = new ArrayDeque<>();

    synchronized void add(Runnable step)
    {
        steps.push(step);
    }

    /**
     * @param step is done either way: {@code EXPLAIN} begins a write as the statement does, and commits
     */
    synchronized void addUnlessFinished(Runnable step)
    {
        steps.push(step);
        unfinishedSteps.push(step);
    }

    /**
     * What was written is published.
     */
    synchronized void clear()
    {
        steps.clear();
        unfinishedSteps.clear();
    }

    void committed()
    {
        run(unfinishedSteps);
    }

    /**
     * Nothing is visible of what is undone here, so what fails is only told.
     */
    void undo()
    {
        run(steps);
    }

    private void run(Deque<Runnable> pending)
    {
        while (true) {
            Runnable step;
            synchronized (this) {
                step = pending.poll();
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
