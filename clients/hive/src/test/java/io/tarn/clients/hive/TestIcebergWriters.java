package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.TrinoClient;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.hive.HiveCatalog;
import org.apache.iceberg.types.Types.LongType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Several writers commit to one table, all at once and again and again. No commit may be lost: each leaves a snapshot,
 * which stands on the one before, and its row.
 */
@TestInstance(PER_CLASS)
final class TestIcebergWriters
{
    private static final String DATABASE = "iceberg_writers";
    private static final int COMMITS = 4;
    private static final Schema SCHEMA = new Schema(required(1, "id", LongType.get()));

    private LocalEngine engine;
    private TrinoClient trino;
    private ExecutorService executor;

    @BeforeAll
    void start()
    {
        engine = SharedEngine.engine();
        trino = engine.connect(DATABASE);
        executor = Executors.newVirtualThreadPerTaskExecutor();
        IcebergCatalogs.glue(engine, "setup").createNamespace(Namespace.of(DATABASE), Map.of("location", SharedEngine.location(DATABASE)));
    }

    @AfterAll
    void stop()
    {
        if (executor != null) {
            executor.shutdownNow();
        }
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    void testHiveCatalogs()
            throws Exception
    {
        check("hive", List.of(through(hive("first")), through(hive("second"))));
    }

    @Test
    void testHiveCatalogsWithoutLocks()
            throws Exception
    {
        check("hive_without_locks", List.of(through(hiveWithoutLocks("first")), through(hiveWithoutLocks("second"))));
    }

    @Test
    void testGlueCatalogs()
            throws Exception
    {
        check("glue", List.of(through(IcebergCatalogs.glue(engine, "first")), through(IcebergCatalogs.glue(engine, "second"))));
        try (GlueClient glue = GlueClient.builder()
                .endpointOverride(engine.glue())
                .region(Region.of(LocalEngine.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(engine.accessKey(), engine.secretKey())))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            // Iceberg asks for no copies of the versions that it replaces, but the version counts on
            var versions = glue.getTableVersions(request -> request.databaseName(DATABASE).tableName("glue")).tableVersions();
            assertThat(versions).hasSize(1);
            assertThat(Integer.parseInt(versions.getFirst().versionId())).isGreaterThanOrEqualTo(2 * COMMITS);
        }
    }

    /**
     * The one with Glue's versions, the other with what it expects: Iceberg lets them work side by side.
     */
    @Test
    void testGlueAndHiveCatalogWithoutLocks()
            throws Exception
    {
        check("glue_and_hive", List.of(through(IcebergCatalogs.glue(engine, "glue")), through(hiveWithoutLocks("hive"))));
    }

    /**
     * Locks of one metastore mean nothing to another one, to Glue's clients, or to Trino. What keeps the commits apart
     * is that the metastore changes an Iceberg table only where the change was made to the metadata in force.
     */
    @Test
    void testAllAtOnce()
            throws Exception
    {
        HiveCatalog other = IcebergCatalogs.hive(engine, SharedEngine.otherMetastore().uri(), "other");
        check("all", List.of(
                through(hive("one")),
                through(other),
                through(IcebergCatalogs.glue(engine, "glue")),
                (name, ids) -> {
                    for (Round round : ids) {
                        round.await();
                        trino.execute("INSERT INTO %s VALUES %s".formatted(name.name(), round.id()));
                    }
                }));
    }

    /**
     * Each makes its own table of one name, but there can be only one.
     */
    @Test
    void testCreators()
            throws Exception
    {
        List<Catalog> catalogs = List.of(hive("first"), hive("second"), hiveWithoutLocks("third"), IcebergCatalogs.glue(engine, "fourth"));
        CyclicBarrier barrier = new CyclicBarrier(catalogs.size());
        for (int round = 0; round < 3; round++) {
            TableIdentifier name = TableIdentifier.of(DATABASE, "created_" + round);
            List<Future<Optional<String>>> results = new ArrayList<>();
            for (Catalog catalog : catalogs) {
                results.add(executor.submit(() -> {
                    barrier.await(120, SECONDS);
                    try {
                        return Optional.of(catalog.createTable(name, SCHEMA).uuid().toString());
                    }
                    catch (AlreadyExistsException _) {
                        return Optional.empty();
                    }
                }));
            }
            List<String> created = new ArrayList<>();
            for (Future<Optional<String>> result : results) {
                result.get(120, SECONDS).ifPresent(created::add);
            }
            for (Catalog catalog : catalogs) {
                assertThat(catalog.loadTable(name).uuid()).hasToString(created.getFirst());
            }
            assertThat(created).hasSize(1);
        }
    }

    private HiveCatalog hive(String name)
    {
        return IcebergCatalogs.hive(engine, engine.metastore(), name);
    }

    private HiveCatalog hiveWithoutLocks(String name)
    {
        return IcebergCatalogs.hiveWithoutLocks(engine, engine.metastore(), name);
    }

    private void check(String tableName, List<Writer> writers)
            throws Exception
    {
        TableIdentifier name = TableIdentifier.of(DATABASE, tableName);
        Catalog catalog = IcebergCatalogs.glue(engine, "check");
        catalog.createTable(name, SCHEMA).updateProperties()
                // they get in each other's way on purpose
                .set("commit.retry.num-retries", "200")
                .set("commit.retry.min-wait-ms", "20")
                .set("commit.retry.max-wait-ms", "200")
                .commit();

        CyclicBarrier barrier = new CyclicBarrier(writers.size());
        List<Future<?>> results = new ArrayList<>();
        for (int number = 0; number < writers.size(); number++) {
            Writer writer = writers.get(number);
            long first = (long) number * COMMITS;
            List<Round> rounds = LongStream.range(first, first + COMMITS).mapToObj(id -> new Round(barrier, id)).toList();
            results.add(executor.submit(() -> {
                try {
                    writer.write(name, rounds);
                }
                catch (BrokenBarrierException _) {
                    // another writer has failed, and says why
                }
                catch (Throwable e) {
                    barrier.reset();
                    throw e;
                }
                return null;
            }));
        }
        for (Future<?> result : results) {
            result.get(120, SECONDS);
        }

        Table table = catalog.loadTable(name);
        int commits = writers.size() * COMMITS;
        List<Long> snapshots = new ArrayList<>();
        for (Snapshot snapshot = table.currentSnapshot(); snapshot != null; snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId())) {
            snapshots.add(snapshot.snapshotId());
        }
        assertThat(snapshots).as("snapshots, from the last to the first").hasSize(commits);
        List<String> ids = LongStream.range(0, commits).mapToObj(Long::toString).toList();
        assertThat(IcebergRows.read(table).stream().map(List::getFirst)).as("by Iceberg").containsExactlyInAnyOrderElementsOf(ids);
        assertThat(trino.column("SELECT id FROM " + tableName)).as("by Trino").containsExactlyInAnyOrderElementsOf(ids);
    }

    private static Writer through(Catalog catalog)
    {
        return (name, rounds) -> {
            Table table = catalog.loadTable(name);
            for (Round round : rounds) {
                round.await();
                IcebergRows.append(table, Map.of("id", round.id()));
            }
        };
    }

    private interface Writer
    {
        void write(TableIdentifier table, List<Round> rounds)
                throws Exception;
    }

    /**
     * One commit of a writer, which begins when all are about to make theirs.
     *
     * @param id the row
     */
    private record Round(CyclicBarrier barrier, long id)
    {
        void await()
                throws Exception
        {
            barrier.await(120, SECONDS);
        }
    }
}
