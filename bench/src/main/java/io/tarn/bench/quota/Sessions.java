package io.tarn.bench.quota;

import com.google.common.collect.ImmutableSet;
import io.tarn.bench.report.Samples;
import io.tarn.quota.QueryEnd;
import io.tarn.quota.QueryOrigin;
import io.tarn.quota.QuotaGate;
import io.tarn.quota.policy.QueryAttributes;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

import static java.util.Objects.requireNonNull;

/**
 * Users, each of whom asks one query after the other, in a thread of his own.
 */
final class Sessions
{
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;
    private static final long BYTES_READ = 1 << 20;

    private final QuotaGate gate;
    private final int count;

    /**
     * @param millis on the clock, for each call
     * @param cpuMillis of the thread that called
     */
    record Result(Samples millis, Samples cpuMillis, double seconds) {}

    private record Times(double[] millis, double[] cpuMillis) {}

    private interface Call
    {
        /**
         * Only this is measured.
         */
        void run();

        default void after() {}
    }

    Sessions(QuotaGate gate, int count)
    {
        this.gate = requireNonNull(gate, "gate is null");
        this.count = count;
    }

    /**
     * The gate's own admission of queries.
     *
     * @param pauseNanos between two queries of a session, on the average; their ends are told to the gate as well then,
     *         and written while others are admitted. Without a pause they would come faster than a disk can make them
     *         durable, so that none of them end.
     */
    Result ask(String name, long durationNanos, long pauseNanos)
            throws InterruptedException
    {
        return run(durationNanos, pauseNanos, session -> queries(name, session, pauseNanos > 0));
    }

    /**
     * Threads that wake as those that ask, and compute for some time.
     */
    Result idle(long durationNanos, long pauseNanos, long computeNanos)
            throws InterruptedException
    {
        return run(durationNanos, pauseNanos, _ -> () -> () -> {
            long end = THREADS.getCurrentThreadCpuTime() + computeNanos;
            while (THREADS.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        });
    }

    private Supplier<Call> queries(String name, int session, boolean ending)
    {
        String user = BenchPolicy.user(session);
        Set<String> groups = ImmutableSet.of("analysts");
        QueryAttributes attributes = new QueryAttributes(user, groups, Optional.of("bench"), ImmutableSet.of(), Optional.empty(), Optional.empty());
        return new Supplier<>()
        {
            private int query;

            @Override
            public Call get()
            {
                QueryOrigin origin = new QueryOrigin(name + "_" + session + "_" + query++, Instant.now(), attributes, "SELECT count(*) FROM workshop.useractivity");
                gate.created(origin);
                return new Call()
                {
                    @Override
                    public void run()
                    {
                        gate.admit(user, groups);
                        gate.admitTable(origin);
                    }

                    @Override
                    public void after()
                    {
                        if (ending) {
                            gate.completed(new QueryEnd(origin, Instant.now(), Optional.empty(), Optional.empty(), BYTES_READ, 1000, List.of()));
                        }
                    }
                };
            }
        };
    }

    private interface Session
    {
        Supplier<Call> calls(int number);
    }

    private Result run(long durationNanos, long pauseNanos, Session session)
            throws InterruptedException
    {
        CountDownLatch ready = new CountDownLatch(count);
        List<Callable<Times>> sessions = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Supplier<Call> calls = session.calls(number);
            sessions.add(() -> {
                ready.countDown();
                ready.await();
                return measure(calls, System.nanoTime() + durationNanos, pauseNanos);
            });
        }
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
            List<Times> times = executor.invokeAll(sessions).stream().map(Sessions::result).toList();
            return new Result(
                    new Samples(times.stream().flatMapToDouble(one -> DoubleStream.of(one.millis())).toArray()),
                    new Samples(times.stream().flatMapToDouble(one -> DoubleStream.of(one.cpuMillis())).toArray()),
                    (System.nanoTime() - start) / NANOS_A_SECOND);
        }
    }

    private static Times measure(Supplier<Call> calls, long end, long pauseNanos)
    {
        DoubleStream.Builder millis = DoubleStream.builder();
        DoubleStream.Builder cpuMillis = DoubleStream.builder();
        do {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * pauseNanos));
            }
            Call call = calls.get();
            long cpu = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            call.run();
            millis.add((System.nanoTime() - start) / NANOS_A_MILLI);
            cpuMillis.add((THREADS.getCurrentThreadCpuTime() - cpu) / NANOS_A_MILLI);
            call.after();
        }
        while (System.nanoTime() < end);
        return new Times(millis.build().toArray(), cpuMillis.build().toArray());
    }

    private static Times result(Future<Times> session)
    {
        try {
            return session.get();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        catch (ExecutionException e) {
            throw new IllegalStateException("A session failed", e.getCause());
        }
    }
}
