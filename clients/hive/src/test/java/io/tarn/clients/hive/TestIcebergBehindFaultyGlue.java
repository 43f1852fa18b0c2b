package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.LocalMetastore;
import io.tarn.clients.TrinoClient;
import io.tarn.relay.GlueFaults;
import io.tarn.relay.GlueWeather;
import io.tarn.relay.Relay;
import io.tarn.relay.RelayedRequest;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Iceberg's catalogues over a Glue of which four calls in ten go wrong: every commit is there once, as over one that
 * works, with a bounded number of calls.
 */
@TestInstance(PER_CLASS)
final class TestIcebergBehindFaultyGlue
{
    private static final Schema SCHEMA = new Schema(required(1, "id", LongType.get()));
    private static final int COMMITS = 3;
    // what Glue does a second time to no other effect, or what Iceberg looks at again when it had to repeat it
    private static final Set<String> REPEATABLE = Set.of("CreateTable", "UpdateTable");

    private final GlueFaults underMetastore = new GlueFaults(GlueWeather.CALM);
    private final GlueFaults underIceberg = new GlueFaults(GlueWeather.CALM, TestIcebergBehindFaultyGlue::isRepeatable);
    private LocalEngine engine;
    private TrinoClient trino;
    private Relay metastoresGlue;
    private Relay icebergsGlue;
    private LocalMetastore metastore;

    @BeforeAll
    void start()
            throws IOException
    {
        engine = SharedEngine.engine();
        trino = engine.connect("default");
        metastoresGlue = Relay.start(engine.glue(), underMetastore);
        icebergsGlue = Relay.start(engine.glue(), underIceberg);
        metastore = LocalMetastore.start(engine, metastoresGlue.uri(), Map.of(
                "glue.retry-mode", "STANDARD",
                "glue.max-attempts", "30",
                "glue.retry-base-delay", "1ms",
                "glue.retry-max-delay", "10ms"));
    }

    @AfterAll
    void stop()
            throws IOException
    {
        try (TrinoClient _ = trino; Relay _ = metastoresGlue; Relay _ = icebergsGlue; LocalMetastore _ = metastore) {
            // in the opposite order of the start
        }
    }

    private static boolean isRepeatable(RelayedRequest request)
    {
        return !request.changes() || request.operation().filter(REPEATABLE::contains).isPresent();
    }

    @Test
    void testHiveCatalog()
            throws Exception
    {
        check("hive", underMetastore, name -> IcebergCatalogs.hive(engine, metastore.uri(), name));
    }

    @Test
    void testHiveCatalogWithoutLocks()
            throws Exception
    {
        check("hive_without_locks", underMetastore, name -> IcebergCatalogs.hiveWithoutLocks(engine, metastore.uri(), name));
    }

    @Test
    void testGlueCatalog()
            throws Exception
    {
        check("glue", underIceberg, name -> IcebergCatalogs.patientGlue(engine, icebergsGlue.uri(), name));
    }

    private <T extends Catalog & SupportsNamespaces> void check(String kind, GlueFaults glue, Function<String, T> open)
            throws Exception
    {
        int before = glue.asked();
        live("calm_" + kind, open);
        int calm = glue.asked() - before;
        assertThat(calm).isGreaterThan(20);

        int disturbedBefore = glue.disturbed();
        glue.turn(GlueWeather.FOUL);
        try {
            live("foul_" + kind, open);
        }
        finally {
            glue.turn(GlueWeather.CALM);
        }
        int foul = glue.asked() - before - calm;
        int disturbed = glue.disturbed() - disturbedBefore;
        System.out.printf("Glue under Iceberg (%s): %d calls where all are answered, %d where %d were not%n", kind, calm, foul, disturbed);
        assertThat(disturbed).isGreaterThan(calm / 4);
        // each takes 1.7 attempts, and a change whose answer was lost is looked at again
        assertThat(foul).isLessThan(calm * 5 / 2 + 50);
    }

    private <T extends Catalog & SupportsNamespaces> void live(String database, Function<String, T> open)
            throws Exception
    {
        List<T> catalogs = List.of(open.apply(database + "-one"), open.apply(database + "-other"));
        T catalog = catalogs.getFirst();
        Namespace namespace = Namespace.of(database);
        TableIdentifier name = TableIdentifier.of(namespace, "t");
        catalog.createNamespace(namespace, Map.of("location", SharedEngine.location(database)));
        catalog.createTable(name, SCHEMA).updateProperties()
                .set("commit.retry.num-retries", "200")
                .set("commit.retry.min-wait-ms", "1")
                .set("commit.retry.max-wait-ms", "50")
                .commit();

        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService executor = newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < catalogs.size(); writer++) {
                Table table = catalogs.get(writer).loadTable(name);
                long first = (long) writer * COMMITS;
                writers.add(executor.submit(() -> {
                    for (long id = first; id < first + COMMITS; id++) {
                        IcebergRows.append(table, Map.of("id", id));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(120, SECONDS);
            }
        }
        Table table = catalog.loadTable(name);
        assertThat(table.snapshots()).hasSize(2 * COMMITS);
        table.updateSchema().addColumn("word", StringType.get()).commit();
        IcebergRows.append(table, Map.of("id", 6L, "word", "x"));

        assertThat(IcebergRows.read(catalog.loadTable(name)).stream().map(List::getFirst)).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
        assertThat(trino.rows("SELECT count(*), sum(id), count(DISTINCT id), max(word) FROM %s.t".formatted(database))).containsExactly(List.of("7", "21", "7", "x"));
        assertThat(catalog.listTables(namespace)).containsExactly(name);
        assertThat(catalog.dropTable(name, true)).isTrue();
        assertThat(catalog.listTables(namespace)).isEmpty();
        assertThat(catalog.dropNamespace(namespace)).isTrue();
        assertThat(catalog.namespaceExists(namespace)).isFalse();
    }
}
