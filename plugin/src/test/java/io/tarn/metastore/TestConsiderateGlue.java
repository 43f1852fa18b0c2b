package io.tarn.metastore;

import io.airlift.units.Duration;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import static java.util.concurrent.Executors.newCachedThreadPool;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestConsiderateGlue
{
    private static final Answer TABLE = Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db', 'VersionId': '1'}}");
    private static final Answer CHANGED_TABLE = Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db', 'VersionId': '2', 'Parameters': {'changed': 'true'}}}");

    private ScriptedGlue server;
    private ExecutorService executor;

    @BeforeEach
    void setUp()
    {
        server = new ScriptedGlue();
        executor = newCachedThreadPool();
    }

    @AfterEach
    void tearDown()
    {
        executor.shutdownNow();
        server.close();
    }

    @Test
    void testEqualReadsAreJoined()
            throws Exception
    {
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setJoinReads(true))) {
            server.on("GetTable", _ -> {
                await(() -> glue.stats().getJoinedReads().getTotalCount() == 19);
                return TABLE;
            });
            for (Future<Optional<Table>> answer : submit(20, () -> glue.metastore().getTable("db", "t"))) {
                assertThat(answer.get()).isPresent();
            }
            assertThat(server.callCount()).isEqualTo(1);
            // not remembered once it is answered
            server.on("GetTable", TABLE);
            assertThat(glue.metastore().getTable("db", "t")).isPresent();
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    @Test
    void testFailuresAreShared()
            throws Exception
    {
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setJoinReads(true))) {
            server.on("GetTable", _ -> {
                await(() -> glue.stats().getJoinedReads().getTotalCount() == 4);
                return Answer.error(400, "EntityNotFoundException", "no such table");
            });
            for (Future<Optional<Table>> answer : submit(5, () -> glue.metastore().getTable("db", "t"))) {
                assertThat(answer.get()).isEmpty();
            }
            assertThat(server.callCount()).isEqualTo(1);
        }
    }

    @Test
    void testNothingIsJoinedUnlessAsked()
            throws Exception
    {
        CyclicBarrier together = new CyclicBarrier(5);
        server.on("GetTable", _ -> meet(together, TABLE));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            for (Future<Optional<Table>> answer : submit(5, () -> glue.metastore().getTable("db", "t"))) {
                assertThat(answer.get()).isPresent();
            }
            assertThat(server.callCount()).isEqualTo(5);
        }
    }

    @Test
    void testNoAnswerFromBeforeAChange()
            throws Exception
    {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        server.on("GetTable", _ -> {
            asked.countDown();
            awaitLatch(changed);
            return TABLE;
        });
        server.on("GetTable", CHANGED_TABLE);
        server.on("DeletePartition", Answer.ok("{}"));
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setJoinReads(true))) {
            Future<Optional<Table>> before = executor.submit(() -> glue.metastore().getTable("db", "t"));
            asked.await();
            glue.metastore().dropPartition("db", "t", List.of("1"), false);
            assertThat(glue.metastore().getTable("db", "t").orElseThrow().getParameters()).containsEntry("changed", "true");
            changed.countDown();
            assertThat(before.get().orElseThrow().getParameters()).doesNotContainKey("changed");
        }
    }

    @Test
    void testLiveReadsAreNotJoined()
            throws Exception
    {
        CyclicBarrier together = new CyclicBarrier(2);
        server.on("GetTable", _ -> meet(together, TABLE));
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setJoinReads(true))) {
            Future<Optional<Table>> joined = executor.submit(() -> glue.metastore().getTable("db", "t"));
            assertThat(glue.metastore().table(new SchemaTableName("db", "t"))).isPresent();
            assertThat(joined.get()).isPresent();
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    @Test
    void testInterruptedReaderSpoilsNobodysAnswer()
            throws Exception
    {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Thread> first = new AtomicReference<>();
        GlueMetastoreConfig config = TestingGlue.config(server.uri())
                .setJoinReads(true)
                .setMaxAttempts(1)
                .setThrottlingPatience(new Duration(10, MINUTES));
        try (TestingGlue glue = TestingGlue.on(config)) {
            server.on("GetTable", _ -> {
                asked.countDown();
                await(() -> glue.stats().getJoinedReads().getTotalCount() == 1);
                first.get().interrupt();
                return Answer.THROTTLED;
            });
            server.on("GetTable", TABLE);
            Future<Optional<Table>> interrupted = executor.submit(() -> {
                first.set(Thread.currentThread());
                return glue.metastore().getTable("db", "t");
            });
            asked.await();
            assertThat(executor.submit(() -> glue.metastore().getTable("db", "t")).get()).isPresent();
            assertThatThrownBy(interrupted::get).cause().hasMessageContaining("interrupted");
            assertThat(server.callCount()).isEqualTo(2);
        }
    }

    @Test
    void testBoundedNumberOfRequests()
            throws Exception
    {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(3);
        server.on("GetTable", _ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Answer answer = meet(together, TABLE);
            now.decrementAndGet();
            return answer;
        });
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setMaxConnections(3))) {
            List<Callable<Optional<Table>>> tasks = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String name = "t" + i;
                tasks.add(() -> glue.metastore().getTable("db", name));
            }
            for (Future<Optional<Table>> answer : executor.invokeAll(tasks)) {
                assertThat(answer.get()).isPresent();
            }
            assertThat(most.get()).isEqualTo(3);
            assertThat(server.callCount()).isEqualTo(30);
        }
    }

    @Test
    void testThrottledWithinPatience()
            throws Exception
    {
        Answer[] answers = new Answer[41];
        Arrays.fill(answers, Answer.THROTTLED);
        answers[40] = Answer.ok("{}");
        server.on("DeletePartition", answers);
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setThrottlingPatience(new Duration(10, MINUTES)))) {
            glue.metastore().dropPartition("db", "t", List.of("1"), false);
            // ten rounds of the four attempts that glue.max-attempts allows
            assertThat(server.callCount()).isEqualTo(41);
            assertThat(glue.stats().getThrottledCalls().getTotalCount()).isEqualTo(10);
        }
    }

    @Test
    void testPatienceEnds()
            throws Exception
    {
        server.on("GetTable", Answer.THROTTLED);
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setThrottlingPatience(new Duration(50, MILLISECONDS)))) {
            assertThatThrownBy(() -> glue.metastore().getTable("db", "t"))
                    .isInstanceOf(TrinoException.class)
                    .hasMessageContaining("kept throttling")
                    .hasMessageContaining("glue.throttling-patience");
        }
    }

    @Test
    void testPatienceIsForThrottlingOnly()
            throws Exception
    {
        server.on("GetTable", Answer.error(500, "InternalServiceException", "oops"));
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setThrottlingPatience(new Duration(10, MINUTES)))) {
            assertThatThrownBy(() -> glue.metastore().getTable("db", "t")).isInstanceOf(TrinoException.class);
            assertThat(server.callCount()).isEqualTo(4);
        }
    }

    private <T> List<Future<T>> submit(int count, Callable<T> task)
    {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(executor.submit(task));
        }
        return futures;
    }

    private static void await(BooleanSupplier condition)
    {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch)
    {
        try {
            latch.await();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T meet(CyclicBarrier barrier, T value)
    {
        try {
            barrier.await();
            return value;
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return value;
        }
        catch (BrokenBarrierException e) {
            return value;
        }
    }
}
