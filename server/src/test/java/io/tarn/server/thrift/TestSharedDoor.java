package io.tarn.server.thrift;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multiset;
import io.tarn.relay.GlueFaults;
import io.tarn.relay.GlueWeather;
import io.tarn.relay.Relay;
import io.tarn.relay.RelayedRequest;
import io.tarn.relay.Witness;
import io.tarn.server.lake.LakeServices;
import io.tarn.server.thrift.MetastoreDoor.Client;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.GetTablesRequest;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.tarn.server.thrift.HiveSamples.partition;
import static io.tarn.server.thrift.HiveSamples.table;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Many clients at one door: what it asks of Glue for them, what it remembers, and that they do not get in each other's
 * way.
 */
@TestInstance(PER_CLASS)
final class TestSharedDoor
{
    private LakeServices lake;
    private ExecutorService executor;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeServices();
        executor = newCachedThreadPool();
    }

    @AfterAll
    void stop()
    {
        try (LakeServices _ = lake) {
            executor.shutdownNow();
        }
    }

    @Test
    void testEqualQuestionsAreAskedOnce()
            throws Exception
    {
        int clients = 20;
        createTable("asked");
        CountingWitness witness = new CountingWitness();
        witness.gate = new CountDownLatch(1);
        try (Relay relay = Relay.start(lake.awsEndpoint(), witness);
                MetastoreDoor door = door(relay, Map.of())) {
            List<Future<Table>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                answers.add(executor.submit(() -> {
                    try (Client client = door.connect()) {
                        return client.calls().get_table_req(new GetTableRequest("lake", "asked")).getTable();
                    }
                }));
            }
            // nobody is answered before all have asked
            while (door.glueStats().getJoinedReads().getTotalCount() < clients - 1) {
                Thread.onSpinWait();
            }
            witness.gate.countDown();
            for (Future<Table> answer : answers) {
                assertThat(answer.get().getTableName()).isEqualTo("asked");
            }
            assertThat(witness.asked.get()).isEqualTo(1);
            assertThat(door.server().stats().get("get_table_req").callCount()).isEqualTo(clients);
        }
    }

    @Test
    void testBoundedNumberOfRequests()
            throws Exception
    {
        CountingWitness witness = new CountingWitness();
        try (Relay relay = Relay.start(lake.awsEndpoint(), witness);
                MetastoreDoor door = door(relay, Map.of("glue.max-connections", "3"))) {
            // the first ones meet, so that there are as many at a time as there can be
            witness.gate = new CountDownLatch(3);
            witness.opening = true;
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "no_such_table_" + i;
                answers.add(executor.submit(() -> {
                    try (Client client = door.connect()) {
                        return client.calls().get_table_objects_by_name_req(tablesNamed(name));
                    }
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            assertThat(witness.most.get()).isEqualTo(3);
            // and for the database, which is one question that some of them share
            assertThat(witness.operations.count("GetTable")).isEqualTo(20);
        }
    }

    @Test
    void testTablesOfOneQuestionAreAskedForSideBySide()
            throws Exception
    {
        List<String> names = IntStream.range(0, 8).mapToObj(number -> "beside_" + number).toList();
        names.forEach(this::createTable);
        CountingWitness witness = new CountingWitness();
        // none is answered before three have been asked for
        witness.gate = new CountDownLatch(3);
        witness.opening = true;
        try (Relay relay = Relay.start(lake.awsEndpoint(), witness);
                MetastoreDoor door = door(relay, Map.of("glue.max-connections", "3"));
                Client client = door.connect()) {
            GetTablesRequest request = new GetTablesRequest("lake");
            request.setTblNames(Stream.concat(names.stream(), Stream.of("beside_none", "BESIDE_0")).toList());
            assertThat(client.calls().get_table_objects_by_name_req(request).getTables()).extracting(Table::getTableName).containsExactlyElementsOf(names);
            assertThat(witness.most.get()).isEqualTo(3);
            assertThat(witness.asked.get()).isEqualTo(names.size() + 1);
        }
    }

    @Test
    void testThrottlingSlowsDownAndDoesNotFail()
            throws Exception
    {
        createTable("throttled");
        CountingWitness witness = new CountingWitness();
        witness.throttled.set(100);
        try (Relay relay = Relay.start(lake.awsEndpoint(), witness);
                MetastoreDoor door = door(relay, ImmutableMap.<String, String>builder()
                        .put("glue.retry-mode", "STANDARD")
                        .put("glue.max-attempts", "2")
                        .put("glue.retry-base-delay", "1ms")
                        .put("glue.retry-max-delay", "5ms")
                        .put("glue.throttling-patience", "10m")
                        .put("glue.join-reads", "false")
                        .buildOrThrow())) {
            List<Future<Table>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(executor.submit(() -> {
                    try (Client client = door.connect()) {
                        return client.calls().get_table_req(new GetTableRequest("lake", "throttled")).getTable();
                    }
                }));
            }
            for (Future<Table> answer : answers) {
                assertThat(answer.get().getTableName()).isEqualTo("throttled");
            }
            // each throttled request is asked once more, and none twice
            assertThat(witness.asked.get()).isEqualTo(100 + 8);
            assertThat(door.server().stats().get("get_table_req").failureCount()).isZero();
        }
    }

    @Test
    void testFoulWeather()
            throws Exception
    {
        GlueFaults calm = new GlueFaults(GlueWeather.CALM);
        GlueFaults foul = new GlueFaults(GlueWeather.FOUL);
        Map<String, String> settings = ImmutableMap.of("glue.retry-mode", "STANDARD", "glue.retry-base-delay", "1ms", "glue.retry-max-delay", "10ms", "glue.max-attempts", "30");
        try (Relay calmRelay = Relay.start(lake.awsEndpoint(), calm);
                Relay foulRelay = Relay.start(lake.awsEndpoint(), foul);
                MetastoreDoor calmDoor = door(calmRelay, settings);
                MetastoreDoor foulDoor = door(foulRelay, settings)) {
            runLives(calmDoor, "calm");
            runLives(foulDoor, "foul");
        }
        System.out.printf("Glue under the metastore: %d calls where all are answered, %d where %d were not%n", calm.asked(), foul.asked(), foul.disturbed());
        assertThat(foul.disturbed()).isGreaterThan(calm.asked() / 4);
        assertThat(foul.asked()).isLessThan(calm.asked() * 5 / 2 + 50);
    }

    private void runLives(MetastoreDoor door, String prefix)
            throws Exception
    {
        List<Future<?>> lives = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = prefix + i;
            lives.add(executor.submit(() -> runLife(door, name)));
        }
        for (Future<?> life : lives) {
            life.get();
        }
    }

    private static Void runLife(MetastoreDoor door, String name)
            throws Exception
    {
        try (Client client = door.connect()) {
            client.calls().create_table(table("lake", name));
            client.calls().add_partition(partition(name, "0", "a"));
            client.calls().add_partitions(IntStream.range(1, 5).mapToObj(year -> partition(name, String.valueOf(year), "a")).toList());
            assertThat(client.calls().get_partitions_by_filter("lake", name, "year > 1", (short) -1)).hasSize(3);
            Table changed = client.calls().get_table_req(new GetTableRequest("lake", name)).getTable();
            changed.getParameters().put("changed", "yes");
            client.calls().alter_table("lake", name, changed);
            client.calls().drop_partition("lake", name, List.of("0", "a"), false);
            assertThat(client.calls().get_partition_names("lake", name, (short) -1)).hasSize(4);
            assertThat(client.calls().get_tables("lake", name)).containsExactly(name);
            assertThat(client.calls().get_table_req(new GetTableRequest("lake", name)).getTable().getParameters()).containsEntry("changed", "yes");
            client.calls().drop_table("lake", name, false);
            assertThat(client.calls().get_tables("lake", name)).isEmpty();
            return null;
        }
    }

    @Test
    void testCacheAndItsInvalidation()
            throws Exception
    {
        CountingWitness witness = new CountingWitness();
        try (Relay relay = Relay.start(lake.awsEndpoint(), witness);
                MetastoreDoor door = door(relay, Map.of("glue.cache-ttl", "1h"));
                Client one = door.connect();
                Client other = door.connect()) {
            one.calls().create_database(new Database("cached", "first", LakeServices.location("cached"), new HashMap<>()));
            one.calls().create_table(table("cached", "t"));
            for (int i = 0; i < 3; i++) {
                assertThat(other.calls().get_table_req(new GetTableRequest("cached", "t")).getTable().getParameters()).doesNotContainKey("changed");
                assertThat(other.calls().get_partition_names("cached", "t", (short) -1)).isEmpty();
                assertThat(other.calls().get_all_tables("cached")).containsExactly("t");
                assertThat(other.calls().get_database("cached").getDescription()).isEqualTo("first");
            }
            int asked = witness.asked.get();
            for (int i = 0; i < 10; i++) {
                other.calls().get_table_req(new GetTableRequest("cached", "t"));
                other.calls().get_partition_names("cached", "t", (short) -1);
                other.calls().get_all_tables("cached");
                other.calls().get_database("cached");
            }
            assertThat(witness.asked.get()).isEqualTo(asked);

            // what somebody else writes past the door is not seen before its time
            changePastTheDoor("cached", "t");
            assertThat(other.calls().get_table_req(new GetTableRequest("cached", "t")).getTable().getParameters()).doesNotContainKey("foreign");
            // but what is written through it is, by everybody
            Table changed = table("cached", "t");
            changed.getParameters().put("changed", "yes");
            one.calls().alter_table("cached", "t", changed);
            assertThat(other.calls().get_table_req(new GetTableRequest("cached", "t")).getTable().getParameters()).containsEntry("changed", "yes");
            one.calls().append_partition("cached", "t", List.of("1", "a"));
            assertThat(other.calls().get_partition_names("cached", "t", (short) -1)).containsExactly("year=1/kind=a");
            one.calls().drop_partition("cached", "t", List.of("1", "a"), false);
            assertThat(other.calls().get_partition_names("cached", "t", (short) -1)).isEmpty();
            one.calls().alter_database("cached", new Database("cached", "second", LakeServices.location("cached"), new HashMap<>()));
            assertThat(other.calls().get_database("cached").getDescription()).isEqualTo("second");
            one.calls().drop_table("cached", "t", false);
            assertThat(other.calls().get_all_tables("cached")).isEmpty();
        }
    }

    @Test
    void testWritesOfOthersAreSeenAfterTheTime()
            throws Exception
    {
        createTable("foreign");
        try (MetastoreDoor door = new MetastoreDoor(lake, Map.of("glue.cache-ttl", "50ms"));
                Client client = door.connect()) {
            assertThat(client.calls().get_table_req(new GetTableRequest("lake", "foreign")).getTable().getParameters()).doesNotContainKey("foreign");
            changePastTheDoor("lake", "foreign");
            while (!client.calls().get_table_req(new GetTableRequest("lake", "foreign")).getTable().getParameters().containsKey("foreign")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void testCreateAndDropOverBothProtocols()
            throws Exception
    {
        AtomicInteger balance = new AtomicInteger();
        try (MetastoreDoor door = new MetastoreDoor(lake, Map.of())) {
            List<Future<?>> rivals = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                rivals.add(executor.submit(() -> contendOverThrift(door, balance)));
                rivals.add(executor.submit(() -> contendOverGlue(balance)));
            }
            for (Future<?> rival : rivals) {
                rival.get();
            }
            try (Client client = door.connect()) {
                boolean exists = lake.glue().getTables(request -> request.databaseName("lake").expression("contested")).tableList().size() == 1;
                // each create that succeeded was dropped by one drop that succeeded, but perhaps for the last
                assertThat(balance.get()).isEqualTo(exists ? 1 : 0);
                assertThat(client.calls().get_tables("lake", "contested")).hasSize(balance.get());
                assertThat(client.calls().get_table_objects_by_name_req(tablesNamed("contested")).getTables()).hasSize(balance.get());
            }
        }
    }

    private static Void contendOverThrift(MetastoreDoor door, AtomicInteger balance)
            throws Exception
    {
        try (Client client = door.connect()) {
            for (int i = 0; i < 25; i++) {
                try {
                    client.calls().create_table(table("lake", "contested"));
                    balance.incrementAndGet();
                }
                catch (AlreadyExistsException _) {
                    // another was first
                }
                try {
                    client.calls().drop_table("lake", "contested", i % 2 == 0);
                    balance.decrementAndGet();
                }
                catch (NoSuchObjectException _) {
                    // another was first
                }
            }
            return null;
        }
    }

    private Void contendOverGlue(AtomicInteger balance)
    {
        for (int i = 0; i < 25; i++) {
            try {
                lake.glue().createTable(request -> request.databaseName("lake").tableInput(input -> input.name("contested").tableType("EXTERNAL_TABLE")));
                balance.incrementAndGet();
            }
            catch (software.amazon.awssdk.services.glue.model.AlreadyExistsException _) {
                // another was first
            }
            try {
                lake.glue().deleteTable(request -> request.databaseName("lake").name("contested"));
                balance.decrementAndGet();
            }
            catch (EntityNotFoundException _) {
                // another was first
            }
        }
        return null;
    }

    private static GetTablesRequest tablesNamed(String name)
    {
        GetTablesRequest request = new GetTablesRequest("lake");
        request.setTblNames(List.of(name));
        return request;
    }

    private void changePastTheDoor(String database, String name)
    {
        var existing = lake.glue().getTable(request -> request.databaseName(database).name(name)).table();
        lake.glue().updateTable(request -> request.databaseName(database).tableInput(input -> input
                .name(name)
                .tableType(existing.tableType())
                .storageDescriptor(existing.storageDescriptor())
                .partitionKeys(existing.partitionKeys())
                .parameters(Map.of("foreign", "yes"))));
    }

    private void createTable(String name)
    {
        lake.glue().createTable(request -> request.databaseName("lake").tableInput(input -> input
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .storageDescriptor(storage -> storage.location(LakeServices.location(name)))
                .parameters(Map.of())));
    }

    private MetastoreDoor door(Relay glue, Map<String, String> settings)
    {
        return new MetastoreDoor(lake, ImmutableMap.<String, String>builder()
                .put("glue.endpoint-url", glue.uri().toString())
                .putAll(settings)
                .buildOrThrow());
    }

    /**
     * Counts requests, and lets none through before its gate is open.
     */
    private static final class CountingWitness
            implements Witness
    {
        private static final String THROTTLED = "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";

        private final AtomicInteger asked = new AtomicInteger();
        private final Multiset<String> operations = ConcurrentHashMultiset.create();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger throttled = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        // whether each request that waits opens the gate a bit
        private volatile boolean opening;

        @Override
        public Verdict judge(RelayedRequest request)
        {
            asked.incrementAndGet();
            operations.add(request.toString());
            if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return Verdict.REFUSED;
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            if (opening) {
                gate.countDown();
            }
            try {
                gate.await();
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.SERVED;
        }

        @Override
        public String refusal(RelayedRequest request)
        {
            return "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %s\r\n\r\n%s".formatted(THROTTLED.length(), THROTTLED);
        }

        @Override
        public void answered(RelayedRequest request, int status)
        {
            now.decrementAndGet();
        }
    }
}
