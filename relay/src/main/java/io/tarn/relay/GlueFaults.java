package io.tarn.relay;

import io.tarn.relay.GlueWeather.Fate;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * A Glue that throttles, fails, loses connections and is slow, so often in every hundred requests, and counts what it is
 * asked.
 */
public final class GlueFaults
        implements Witness
{
    private static final String THROTTLED = refusal("400 Bad Request", "ThrottlingException", "Rate exceeded");
    private static final String FAILED = refusal("500 Internal Server Error", "InternalServiceException", "Try again");

    private final Predicate<RelayedRequest> repeatable;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger disturbed = new AtomicInteger();
    private volatile Weather weather;

    public GlueFaults(GlueWeather weather)
    {
        this(weather, _ -> true);
    }

    /**
     * @param repeatable which requests may be carried out without an answer that arrives, as their client knows what to
     *         make of the answer to the next attempt; the others do not arrive where these are unanswered or cut
     */
    public GlueFaults(GlueWeather weather, Predicate<RelayedRequest> repeatable)
    {
        this.repeatable = requireNonNull(repeatable, "repeatable is null");
        turn(weather);
    }

    /**
     * From now on it is so, as from its first request.
     */
    public void turn(GlueWeather weather)
    {
        this.weather = new Weather(weather, weather.fates(), new AtomicInteger());
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
    public int disturbed()
    {
        return disturbed.get();
    }

    @Override
    public Verdict judge(RelayedRequest request)
    {
        asked.incrementAndGet();
        Fate fate = weather.next();
        if (fate.late()) {
            LockSupport.parkNanos(GlueWeather.DELAY.toNanos());
        }
        if (fate.verdict() == Verdict.SERVED) {
            return Verdict.SERVED;
        }
        disturbed.incrementAndGet();
        boolean withEffect = fate.verdict() == Verdict.UNANSWERED || fate.verdict() == Verdict.CUT;
        return withEffect && !repeatable.test(request) ? Verdict.LOST : fate.verdict();
    }

    @Override
    public String refusal(RelayedRequest request)
    {
        GlueWeather now = weather.kind();
        // it may have turned since
        return refused.getAndIncrement() % Math.max(1, now.refused()) < now.failed() ? FAILED : THROTTLED;
    }

    private static String refusal(String status, String error, String message)
    {
        String body = "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(error, message);
        return "HTTP/1.1 %s\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-ErrorType: %s\r\nContent-Length: %s\r\n\r\n%s".formatted(status, error, body.length(), body);
    }

    private record Weather(GlueWeather kind, List<Fate> fates, AtomicInteger requests)
    {
        Fate next()
        {
            return fates.get(Math.floorMod(requests.getAndIncrement(), fates.size()));
        }
    }
}
