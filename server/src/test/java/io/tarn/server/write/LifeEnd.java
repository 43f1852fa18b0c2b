package io.tarn.server.write;

import io.tarn.relay.RelayedRequest;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Chooses the request at which a life ends. It is asked of all that change something, in their order, until it says so.
 */
interface LifeEnd
{
    LifeEnd NEVER = _ -> false;

    boolean isAt(RelayedRequest request);

    /**
     * The first request after some others.
     */
    static LifeEnd afterChanges(int changes)
    {
        AtomicInteger left = new AtomicInteger(changes);
        return _ -> left.getAndDecrement() == 0;
    }

    /**
     * The first request after some runs of requests of one kind each: whether one or two of three files are written
     * makes no difference that a single statement in a test could tell.
     */
    static LifeEnd afterRuns(int runs)
    {
        AtomicInteger left = new AtomicInteger(runs);
        AtomicReference<String> previous = new AtomicReference<>();
        return request -> {
            String kind = request.operation().orElseGet(request::method);
            return !kind.equals(previous.getAndSet(kind)) && left.getAndDecrement() == 0;
        };
    }

    /**
     * The first request for statistics that comes after another request.
     */
    static LifeEnd statisticsAfter(LifeEnd other)
    {
        AtomicBoolean passed = new AtomicBoolean();
        return request -> {
            if (other.isAt(request)) {
                passed.set(true);
            }
            return passed.get() && request.operation().filter(operation -> operation.startsWith("UpdateColumnStatistics")).isPresent();
        };
    }

    static LifeEnd firstFile()
    {
        return LifeEnd::putsFile;
    }

    /**
     * The change of the table that makes the written files part of it.
     *
     * @param operation by which the statement in question publishes
     */
    static LifeEnd publishing(String operation)
    {
        AtomicBoolean written = new AtomicBoolean();
        return request -> {
            if (putsFile(request)) {
                written.set(true);
            }
            return written.get() && request.operation().filter(operation::equals).isPresent();
        };
    }

    private static boolean putsFile(RelayedRequest request)
    {
        // a large file comes in parts, of which the last request is a POST
        return request.operation().isEmpty() && Set.of("PUT", "POST").contains(request.method());
    }
}
