package io.tarn.server.write;

import static com.google.common.base.Preconditions.checkState;

/**
 * Ends an engine, as its services see it, at a certain one of the requests with which it changes something.
 */
final class Life
{
    enum Verdict
    {
        /**
         * Passes as it is.
         */
        SERVED,
        /**
         * Has its effect, but the engine is dead before it hears of it.
         */
        UNANSWERED,
        /**
         * Never arrives.
         */
        LOST,
    }

    private int left = Integer.MAX_VALUE;
    private Verdict last = Verdict.SERVED;
    private boolean dead;
    private Runnable death = () -> {};

    /**
     * @param changes how many requests that change something are served before the end
     * @param last what becomes of the next one
     */
    synchronized void endAfter(int changes, Verdict last)
    {
        left = changes;
        this.last = last;
        dead = false;
    }

    /**
     * What is done when the life ends.
     */
    synchronized void atDeath(Runnable death)
    {
        this.death = death;
    }

    synchronized boolean ended()
    {
        return dead;
    }

    synchronized void revive()
    {
        left = Integer.MAX_VALUE;
        dead = false;
    }

    synchronized Verdict judge(boolean changes)
    {
        if (dead) {
            return Verdict.LOST;
        }
        if (!changes) {
            return Verdict.SERVED;
        }
        checkState(left >= 0);
        if (left > 0) {
            left--;
            return Verdict.SERVED;
        }
        dead = true;
        death.run();
        return last;
    }
}
