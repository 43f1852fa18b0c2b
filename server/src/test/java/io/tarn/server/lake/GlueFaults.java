package io.tarn.server.lake;

import io.tarn.server.relay.RelayedRequest;
import io.tarn.server.relay.Witness;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Glue that throttles, fails and loses connections, each with some probability, and counts what it is asked.
 */
public final class GlueFaults
        implements Witness
{
    private static final String THROTTLED = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-ErrorType: ThrottlingException\r\nContent-Length: %s\r\n\r\n%s";
    private static final String FAILED = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-ErrorType: InternalServiceException\r\nContent-Length: %s\r\n\r\n%s";

    private final int throttledPercent;
    private final int failedPercent;
    private final int lostPercent;
    private final int unansweredPercent;
    // the order of requests is another in every run, so the seed alone repeats none
    private final Random random = new Random(30);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    public GlueFaults(int throttledPercent, int failedPercent, int lostPercent, int unansweredPercent)
    {
        this.throttledPercent = throttledPercent;
        this.failedPercent = failedPercent;
        this.lostPercent = lostPercent;
        this.unansweredPercent = unansweredPercent;
    }

    /**
     * Requests so far, whatever became of them.
     */
    public int asked()
    {
        return asked.get();
    }

    /**
     * Those of them that did not have their answer.
     */
    public int refused()
    {
        return refused.get();
    }

    @Override
    public Verdict judge(RelayedRequest request)
    {
        asked.incrementAndGet();
        int chance = chance(100);
        int fault = throttledPercent + failedPercent;
        if (chance >= fault + lostPercent + unansweredPercent) {
            return Verdict.SERVED;
        }
        refused.incrementAndGet();
        if (chance < fault) {
            return Verdict.REFUSED;
        }
        return chance < fault + lostPercent ? Verdict.LOST : Verdict.UNANSWERED;
    }

    @Override
    public String refusal(RelayedRequest request)
    {
        boolean throttled = chance(throttledPercent + failedPercent) < throttledPercent;
        String body = throttled ? "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}" : "{\"__type\":\"InternalServiceException\",\"message\":\"Try again\"}";
        return (throttled ? THROTTLED : FAILED).formatted(body.length(), body);
    }

    private synchronized int chance(int bound)
    {
        return random.nextInt(bound);
    }
}
