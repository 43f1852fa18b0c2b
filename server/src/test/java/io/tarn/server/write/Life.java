package io.tarn.server.write;

import io.tarn.relay.RelayedRequest;
import io.tarn.relay.Witness;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Ends an engine, as its services see it, at a certain one of the requests with which it changes something: nothing of
 * it arrives any more from then on.
 */
final class Life
        implements Witness
{
    private LifeEnd end = LifeEnd.NEVER;
    private Verdict last = Verdict.SERVED;
    private Runnable death = () -> {};
    private boolean survived;
    private RelayedRequest lastRequest;

    synchronized void liveOn()
    {
        end = LifeEnd.NEVER;
        lastRequest = null;
    }

    /**
     * Only one answer is lost, and everything goes on.
     */
    synchronized void loseAnswerAt(LifeEnd end)
    {
        endAt(end, Verdict.UNANSWERED);
        survived = true;
    }

    /**
     * @param last what becomes of the request at which it ends
     */
    void endAt(LifeEnd end, Verdict last)
    {
        endAt(end, last, () -> {});
    }

    /**
     * @param death what is done at that moment
     */
    synchronized void endAt(LifeEnd end, Verdict last, Runnable death)
    {
        checkArgument(last != Verdict.SERVED, "the last request must not be answered");
        this.end = requireNonNull(end, "end is null");
        this.last = last;
        this.death = requireNonNull(death, "death is null");
        survived = false;
        lastRequest = null;
    }

    synchronized boolean ended()
    {
        return lastRequest != null;
    }

    @Override
    public synchronized Verdict judge(RelayedRequest request)
    {
        if (lastRequest != null) {
            return survived ? Verdict.SERVED : Verdict.LOST;
        }
        if (!request.changes() || !end.isAt(request)) {
            return Verdict.SERVED;
        }
        lastRequest = request;
        if (last == Verdict.LOST) {
            death.run();
        }
        return last;
    }

    // another request may be equal
    @SuppressWarnings("ReferenceEquality")
    @Override
    public synchronized void answered(RelayedRequest request, int status)
    {
        if (request == lastRequest) {
            death.run();
        }
    }

    @Override
    public synchronized String toString()
    {
        return lastRequest == null ? "alive" : "ended at %s, which was %s".formatted(lastRequest, last);
    }
}
