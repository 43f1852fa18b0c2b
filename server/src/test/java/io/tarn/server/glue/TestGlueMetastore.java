package io.tarn.server.glue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import io.tarn.metastore.GlueConnection;
import io.tarn.metastore.GlueMetastore;
import io.tarn.metastore.GlueMetastoreConfig;
import io.tarn.metastore.GlueOperation;
import io.tarn.metastore.GlueStats;
import io.tarn.metastore.QueryMetastores;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.metastore.Column;
import io.trino.metastore.Database;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Partitions;
import io.trino.metastore.SchemaAlreadyExistsException;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.plugin.hive.metastore.glue.GlueCache;
import io.trino.plugin.hive.metastore.glue.GlueHiveMetastore;
import io.trino.plugin.hive.metastore.glue.GlueHiveMetastore.TableKind;
import io.trino.plugin.hive.metastore.glue.GlueHiveMetastoreConfig;
import io.trino.plugin.hive.metastore.glue.GlueMetastoreStats;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.function.LanguageFunction;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.metastore.HiveColumnStatistics.createBinaryColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createBooleanColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDateColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDecimalColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDoubleColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createStringColumnStatistics;
import static io.trino.metastore.HiveType.HIVE_DATE;
import static io.trino.metastore.HiveType.HIVE_INT;
import static io.trino.metastore.HiveType.HIVE_STRING;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.metastore.StatisticsUpdateMode.MERGE_INCREMENTAL;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_ALL;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The plugin's metastore on the local Glue API, and beside it Trino's own on the same: what one writes the other reads.
 */
@TestInstance(PER_CLASS)
class TestGlueMetastore
{
    private static final StorageFormat PARQUET = StorageFormat.create(
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    private static final OptionalLong NULLS = OptionalLong.of(5);
    private static final OptionalLong DISTINCT = OptionalLong.of(11);

    private final AtomicInteger databases = new AtomicInteger();
    private GlueStore store;
    private GlueService service;
    private AwsEndpoint endpoint;
    private GlueConnection connection;
    private ExecutorService executor;
    private GlueMetastore metastore;
    private GlueHiveMetastore peer;
    private String databaseName;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        store = GlueStore.open(folder.resolve("glue.db"));
        Credentials credentials = new Credentials("tarn", "secret");
        service = new GlueService(store);
        endpoint = AwsEndpoint.start("127.0.0.1", 0, credentials, List.of(service));
        GlueMetastoreConfig config = new GlueMetastoreConfig()
                .setEndpointUrl(endpoint.uri())
                .setRegion("us-east-1")
                .setAwsAccessKey(credentials.accessKey())
                .setAwsSecretKey(credentials.secretKey())
                .setRetryBaseDelay(new Duration(1, MILLISECONDS))
                .setRetryMaxDelay(new Duration(5, MILLISECONDS))
                .setDefaultWarehouseDir("memory:///warehouse")
                .setPartitionsSegments(4);
        GlueStats stats = new GlueStats();
        TrinoFileSystemFactory fileSystems = new MemoryFileSystemFactory();
        executor = newFixedThreadPool(4);
        connection = GlueConnection.create(config, stats);
        metastore = new GlueMetastore(connection.client(), config, stats, fileSystems, executor);
        peer = new GlueHiveMetastore(
                connection.client(),
                GlueCache.NOOP,
                new GlueMetastoreStats(),
                fileSystems,
                new GlueHiveMetastoreConfig(),
                new CatalogName("peer"),
                EnumSet.allOf(TableKind.class));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        peer.shutdown();
        executor.shutdownNow();
        connection.close();
        endpoint.close();
        service.close();
        store.close();
    }

    @BeforeEach
    void createDatabase()
    {
        databaseName = "db" + databases.incrementAndGet();
        metastore.createDatabase(database(databaseName));
    }

    @Test
    void testDatabases()
    {
        Database created = metastore.getDatabase(databaseName).orElseThrow();
        assertThat(created.getLocation()).contains("memory:///warehouse/" + databaseName);
        assertThat(created.getComment()).contains("of the database");
        assertThat(created.getParameters()).isEqualTo(ImmutableMap.of("key", "value"));
        assertThat(peer.getDatabase(databaseName)).contains(created);
        assertThat(metastore.getAllDatabases()).contains(databaseName);
        assertThat(metastore.getDatabase("none")).isEmpty();
        assertThatThrownBy(() -> metastore.createDatabase(database(databaseName))).isInstanceOf(SchemaAlreadyExistsException.class);
        assertThatThrownBy(() -> metastore.renameDatabase(databaseName, "other")).hasMessageContaining("Glue cannot rename a database");
        metastore.dropDatabase(databaseName, false);
        assertThat(metastore.getDatabase(databaseName)).isEmpty();
        assertThatThrownBy(() -> metastore.dropDatabase(databaseName, false)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> metastore.createTable(table("t").build(), NO_PRIVILEGES)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(metastore.getTables(databaseName)).isEmpty();
    }

    @Test
    void testTables()
    {
        List<String> types = List.of("boolean", "tinyint", "int", "bigint", "double", "string", "date", "timestamp", "decimal(20,3)", "varchar(10)", "array<struct<a:int,b:map<string,double>>>");
        Table table = table("t")
                .setDataColumns(IntStream.range(0, types.size())
                        .mapToObj(i -> new Column("c" + i, HiveType.valueOf(types.get(i)), i % 2 == 0 ? Optional.of("comment 'ü' " + i) : Optional.empty(), ImmutableMap.of()))
                        .collect(toImmutableList()))
                .setParameters(ImmutableMap.of("EXTERNAL", "TRUE", "comment", "of the table"))
                .withStorage(storage -> storage
                        .setBucketProperty(new HiveBucketProperty(ImmutableList.of("c2"), 4, ImmutableList.of(new SortingColumn("c2", SortingColumn.Order.DESCENDING))))
                        .setSerdeParameters(ImmutableMap.of("serialization.format", "1", "quote", "\"\\")))
                .build();
        metastore.createTable(table, NO_PRIVILEGES);
        assertThat(metastore.getTable(databaseName, "t")).contains(table);
        assertThat(peer.getTable(databaseName, "t")).contains(table);
        assertThatThrownBy(() -> metastore.createTable(table, NO_PRIVILEGES)).isInstanceOf(TableAlreadyExistsException.class);

        Table byPeer = Table.builder(table).setTableName("by_peer").build();
        peer.createTable(byPeer, NO_PRIVILEGES);
        assertThat(metastore.getTable(databaseName, "by_peer")).contains(byPeer);
        assertThat(metastore.getTables(databaseName)).containsExactlyInAnyOrderElementsOf(peer.getTables(databaseName));
        assertThat(metastore.getTableNamesWithParameters(databaseName, "EXTERNAL", Set.of("TRUE"))).containsExactlyInAnyOrder("t", "by_peer");
        assertThat(metastore.getTableNamesWithParameters(databaseName, "EXTERNAL", Set.of("FALSE"))).isEmpty();

        metastore.dropTable(databaseName, "t", false);
        assertThat(metastore.getTable(databaseName, "t")).isEmpty();
        assertThatThrownBy(() -> metastore.dropTable(databaseName, "t", false)).isInstanceOf(TableNotFoundException.class);
    }

    @Test
    void testChangesOfTables()
    {
        metastore.createTable(table("t").build(), NO_PRIVILEGES);
        metastore.commentTable(databaseName, "t", Optional.of("new comment"));
        metastore.addColumn(databaseName, "t", "added", HIVE_STRING, "new");
        metastore.renameColumn(databaseName, "t", "added", "renamed");
        metastore.commentColumn(databaseName, "t", "year", Optional.of("of the order"));
        metastore.commentColumn(databaseName, "t", "c", Optional.of("changed"));
        Table changed = metastore.getTable(databaseName, "t").orElseThrow();
        assertThat(changed.getParameters()).containsEntry("comment", "new comment");
        assertThat(changed.getDataColumns()).containsExactly(
                new Column("c", HIVE_INT, Optional.of("changed"), ImmutableMap.of()),
                new Column("renamed", HIVE_STRING, Optional.of("new"), ImmutableMap.of()));
        assertThat(changed.getColumn("year").orElseThrow().getComment()).contains("of the order");
        assertThat(peer.getTable(databaseName, "t")).contains(changed);

        metastore.dropColumn(databaseName, "t", "renamed");
        metastore.commentTable(databaseName, "t", Optional.empty());
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getDataColumns()).extracting(Column::getName).containsExactly("c");
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getParameters()).doesNotContainKey("comment");

        Table replaced = Table.builder(changed).setParameter("new", "1").setOwner(Optional.of("other")).build();
        metastore.replaceTable(databaseName, "t", replaced, NO_PRIVILEGES, Map.of());
        assertThat(metastore.getTable(databaseName, "t")).contains(replaced);
        assertThatThrownBy(() -> metastore.addColumn(databaseName, "none", "c", HIVE_INT, null)).isInstanceOf(TableNotFoundException.class);
    }

    @Test
    void testChangesAtTheSameTime()
    {
        metastore.createTable(table("t").build(), NO_PRIVILEGES);
        List<String> columns = IntStream.range(0, 4).mapToObj(i -> "added" + i).toList();
        try (ExecutorService threads = newFixedThreadPool(columns.size())) {
            columns.forEach(column -> threads.submit(() -> metastore.addColumn(databaseName, "t", column, HIVE_INT, null)));
        }
        // none is lost
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getDataColumns()).extracting(Column::getName)
                .containsExactlyInAnyOrderElementsOf(ImmutableList.<String>builder().add("c").addAll(columns).build());
    }

    @Test
    void testViews()
    {
        Table view = table("v")
                .setTableType("VIRTUAL_VIEW")
                .setOwner(Optional.empty())
                .setPartitionColumns(ImmutableList.of())
                .setParameters(ImmutableMap.of("presto_view", "true", "comment", "Presto View"))
                .setViewOriginalText(Optional.of("/* Presto View: e30= */"))
                .setViewExpandedText(Optional.of("/* Presto View */"))
                .withStorage(storage -> storage.setStorageFormat(StorageFormat.VIEW_STORAGE_FORMAT).setLocation(Optional.empty()))
                .build();
        metastore.createTable(view, NO_PRIVILEGES);
        assertThat(metastore.getTable(databaseName, "v")).contains(view);
        // as a client leaves one that names nothing it need not
        connection.client().createTable(request -> request.databaseName(databaseName).tableInput(input -> input.name("bare").tableType("VIRTUAL_VIEW").viewOriginalText("SELECT 1")));
        assertThat(metastore.getTable(databaseName, "bare").orElseThrow().getViewOriginalText()).contains("SELECT 1");
        assertThat(metastore.getTables(databaseName)).containsExactlyInAnyOrderElementsOf(peer.getTables(databaseName));
    }

    @Test
    void testPartitions()
    {
        Table table = table("t").build();
        metastore.createTable(table, NO_PRIVILEGES);
        List<PartitionWithStatistics> added = new ArrayList<>();
        for (String year : List.of("2022", "2023", "__HIVE_DEFAULT_PARTITION__")) {
            for (String city : List.of("Bern", "O'Fallon", "a/b=c %", "Zürich", "__HIVE_DEFAULT_PARTITION__")) {
                added.add(partition(table, PartitionStatistics.empty(), year, city));
            }
        }
        metastore.addPartitions(databaseName, "t", added);
        List<String> names = added.stream().map(PartitionWithStatistics::getPartitionName).sorted().toList();
        assertThat(names(table, TupleDomain.all())).isEqualTo(names);

        assertSelects(table, names, "city", Domain.singleValue(VARCHAR, utf8Slice("O'Fallon")), "city=O%27Fallon");
        assertSelects(table, names, "city", Domain.singleValue(VARCHAR, utf8Slice("a/b=c %")), "city=a%2Fb%3Dc %25");
        assertSelects(table, names, "city", Domain.multipleValues(VARCHAR, List.of(utf8Slice("Bern"), utf8Slice("Zürich"))), "city=Bern", "city=Zürich");
        assertSelects(table, names, "city", Domain.onlyNull(VARCHAR), "city=__HIVE_DEFAULT_PARTITION__");
        assertSelects(table, names, "city", Domain.create(ValueSet.ofRanges(Range.lessThan(VARCHAR, utf8Slice("O"))), false), "city=Bern");
        assertSelects(table, names, "year", Domain.singleValue(INTEGER, 2023L), "year=2023");
        assertSelects(table, names, "year", Domain.notNull(INTEGER), "year=2022", "year=2023");
        assertSelects(table, names, "year", Domain.onlyNull(INTEGER), "year=__HIVE_DEFAULT_PARTITION__");
        assertSelects(table, names, "year", Domain.create(ValueSet.ofRanges(Range.greaterThanOrEqual(INTEGER, 2023L)), false), "year=2023");

        Map<String, Optional<Partition>> partitions = metastore.getPartitionsByNames(table, ImmutableList.<String>builder().addAll(names).add("year=1/city=none").build());
        assertThat(partitions).hasSize(names.size() + 1).containsEntry("year=1/city=none", Optional.empty());
        for (PartitionWithStatistics partition : added) {
            assertThat(partitions.get(partition.getPartitionName())).contains(partition.getPartition());
            assertThat(metastore.getPartition(table, partition.getPartition().getValues())).contains(partition.getPartition());
            assertThat(peer.getPartition(table, partition.getPartition().getValues())).contains(partition.getPartition());
        }

        assertThatThrownBy(() -> metastore.addPartitions(databaseName, "t", List.of(partition(table, PartitionStatistics.empty(), "1999", "new"), added.getFirst())))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()))
                .hasMessageContaining("[2022, Bern]");
        assertThat(metastore.getPartition(table, List.of("1999", "new"))).isEmpty();

        PartitionWithStatistics moved = new PartitionWithStatistics(
                Partition.builder(added.getFirst().getPartition()).withStorage(storage -> storage.setLocation("s3://lake/moved")).build(),
                added.getFirst().getPartitionName(),
                PartitionStatistics.empty());
        metastore.alterPartition(databaseName, "t", moved);
        assertThat(metastore.getPartition(table, moved.getPartition().getValues())).contains(moved.getPartition());
        metastore.dropPartition(databaseName, "t", moved.getPartition().getValues(), false);
        metastore.dropPartitions(databaseName, "t", List.of(moved.getPartition().getValues(), List.of("2022", "O'Fallon")));
        assertThat(names(table, TupleDomain.all())).hasSize(names.size() - 2);
        assertThatThrownBy(() -> metastore.dropPartition(databaseName, "t", moved.getPartition().getValues(), false)).hasMessageContaining("Partition [2022, Bern] of table");
    }

    @Test
    void testDatePartitions()
    {
        Table table = table("t").setPartitionColumns(ImmutableList.of(new Column("day", HIVE_DATE, Optional.empty(), ImmutableMap.of()))).build();
        metastore.createTable(table, NO_PRIVILEGES);
        metastore.addPartitions(databaseName, "t", IntStream.range(1, 29)
                .mapToObj(day -> partition(table, PartitionStatistics.empty(), "2024-02-%02d".formatted(day)))
                .toList());
        long tenth = LocalDate.of(2024, 2, 10).toEpochDay();
        Domain range = Domain.create(ValueSet.ofRanges(Range.range(DATE, tenth, true, tenth + 2, false)), false);
        assertThat(names(table, TupleDomain.withColumnDomains(ImmutableMap.of("day", range)))).containsExactly("day=2024-02-10", "day=2024-02-11");
    }

    @Test
    void testManyPartitions()
    {
        Table table = table("t").build();
        metastore.createTable(table, NO_PRIVILEGES);
        List<PartitionWithStatistics> added = IntStream.range(0, 2500)
                .mapToObj(i -> partition(table, PartitionStatistics.empty(), Integer.toString(i), "c" + i % 7))
                .toList();
        long before = calls(GlueOperation.BATCH_CREATE_PARTITION);
        metastore.addPartitions(databaseName, "t", added);
        assertThat(calls(GlueOperation.BATCH_CREATE_PARTITION) - before).isEqualTo(25);

        List<String> names = added.stream().map(PartitionWithStatistics::getPartitionName).sorted().toList();
        assertThat(names(table, TupleDomain.all())).isEqualTo(names);
        before = calls(GlueOperation.BATCH_GET_PARTITION);
        assertThat(metastore.getPartitionsByNames(table, names)).hasSize(2500).allSatisfy((_, partition) -> assertThat(partition).isPresent());
        assertThat(calls(GlueOperation.BATCH_GET_PARTITION) - before).isEqualTo(3);

        // a list too long for an expression selects exactly all the same
        Domain even = Domain.multipleValues(INTEGER, IntStream.range(0, 1250).mapToObj(i -> 2L * i).toList());
        assertThat(names(table, TupleDomain.withColumnDomains(ImmutableMap.of("year", even)))).hasSize(1250);

        metastore.renameTable(databaseName, "t", databaseName, "renamed");
        assertThat(metastore.getTable(databaseName, "t")).isEmpty();
        assertThat(metastore.getPartitionNamesByFilter(databaseName, "renamed", List.of("year", "city"), TupleDomain.all())).contains(names);
    }

    @Test
    void testOneQueryAsksOnce()
    {
        Table table = table("t").build();
        metastore.createTable(table, NO_PRIVILEGES);
        HiveMetastore query = new QueryMetastores(metastore, 100).forQuery();
        long before = metastore.stats().callCount();
        for (int i = 0; i < 3; i++) {
            assertThat(query.getTable(databaseName, "t")).contains(table);
            assertThat(query.getPartitionNamesByFilter(databaseName, "t", List.of("year", "city"), TupleDomain.all())).contains(List.of());
        }
        assertThat(metastore.stats().callCount() - before).isEqualTo(2);
    }

    @Test
    void testTableStatistics()
    {
        Map<String, HiveColumnStatistics> columns = ImmutableMap.<String, HiveColumnStatistics>builder()
                .put("boolean", createBooleanColumnStatistics(OptionalLong.of(1), OptionalLong.of(2), NULLS))
                .put("bigint", createIntegerColumnStatistics(OptionalLong.of(-3), OptionalLong.of(Long.MAX_VALUE), NULLS, DISTINCT))
                .put("double", createDoubleColumnStatistics(OptionalDouble.of(-1.5), OptionalDouble.of(2.25), NULLS, DISTINCT))
                .put("decimal(20,3)", createDecimalColumnStatistics(Optional.of(new BigDecimal("-12345678901234567.891")), Optional.of(new BigDecimal("1.500")), NULLS, DISTINCT))
                .put("date", createDateColumnStatistics(Optional.of(LocalDate.of(2000, 1, 1)), Optional.of(LocalDate.of(2024, 2, 29)), NULLS, DISTINCT))
                .put("string", createStringColumnStatistics(OptionalLong.of(100), OptionalDouble.of(3.25), NULLS, DISTINCT))
                .put("binary", createBinaryColumnStatistics(OptionalLong.of(100), OptionalDouble.of(3.25), NULLS))
                .buildOrThrow();
        List<String> types = ImmutableList.copyOf(columns.keySet());
        Map<String, HiveColumnStatistics> byName = IntStream.range(0, types.size()).boxed().collect(toImmutableMap(i -> "c" + i, i -> columns.get(types.get(i))));
        metastore.createTable(table("t")
                .setDataColumns(IntStream.range(0, types.size())
                        .mapToObj(i -> new Column("c" + i, HiveType.valueOf(types.get(i)), Optional.empty(), ImmutableMap.of()))
                        .toList())
                .build(), NO_PRIVILEGES);
        PartitionStatistics statistics = new PartitionStatistics(new HiveBasicStatistics(1, 20, 300, 4000), byName);
        metastore.updateTableStatistics(databaseName, "t", OptionalLong.empty(), OVERWRITE_ALL, statistics);
        assertThat(metastore.getTableColumnStatistics(databaseName, "t", byName.keySet())).isEqualTo(byName);
        assertThat(peer.getTableColumnStatistics(databaseName, "t", byName.keySet())).isEqualTo(byName);
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getParameters())
                .containsEntry("numFiles", "1").containsEntry("numRows", "20").containsEntry("rawDataSize", "300").containsEntry("totalSize", "4000");

        metastore.updateTableStatistics(databaseName, "t", OptionalLong.empty(), MERGE_INCREMENTAL, new PartitionStatistics(
                new HiveBasicStatistics(1, 10, 100, 1000),
                ImmutableMap.of("c1", createIntegerColumnStatistics(OptionalLong.of(-30), OptionalLong.of(0), OptionalLong.of(1), OptionalLong.of(2)))));
        // of columns that the added rows say nothing about, nothing is known any more
        assertThat(metastore.getTableColumnStatistics(databaseName, "t", byName.keySet()))
                .isEqualTo(ImmutableMap.of("c1", createIntegerColumnStatistics(OptionalLong.of(-30), OptionalLong.of(Long.MAX_VALUE), OptionalLong.of(6), DISTINCT)));
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getParameters()).containsEntry("numRows", "30");

        metastore.updateTableStatistics(databaseName, "t", OptionalLong.empty(), StatisticsUpdateMode.CLEAR_ALL, PartitionStatistics.empty());
        assertThat(metastore.getTableColumnStatistics(databaseName, "t", byName.keySet())).isEmpty();
        assertThat(metastore.getTable(databaseName, "t").orElseThrow().getParameters()).doesNotContainKey("numRows");
    }

    @Test
    void testPartitionStatistics()
    {
        Table table = table("t").build();
        metastore.createTable(table, NO_PRIVILEGES);
        Map<String, HiveColumnStatistics> columns = ImmutableMap.of("c", createIntegerColumnStatistics(OptionalLong.of(1), OptionalLong.of(9), NULLS, DISTINCT));
        metastore.addPartitions(databaseName, "t", List.of(
                partition(table, new PartitionStatistics(new HiveBasicStatistics(1, 2, 3, 4), columns), "1", "a"),
                partition(table, PartitionStatistics.empty(), "2", "b")));
        Set<String> names = Set.of("year=1/city=a", "year=2/city=b", "year=3/city=none");
        assertThat(metastore.getPartitionColumnStatistics(databaseName, "t", names, Set.of("c")))
                .isEqualTo(ImmutableMap.of("year=1/city=a", columns, "year=2/city=b", ImmutableMap.of(), "year=3/city=none", ImmutableMap.of()));
        assertThat(metastore.getPartition(table, List.of("1", "a")).orElseThrow().getParameters()).containsEntry("numRows", "2");

        metastore.updatePartitionStatistics(table, OVERWRITE_ALL, ImmutableMap.of(
                "year=1/city=a", new PartitionStatistics(new HiveBasicStatistics(5, 6, 7, 8), ImmutableMap.of()),
                "year=2/city=b", new PartitionStatistics(new HiveBasicStatistics(9, 10, 11, 12), columns)));
        assertThat(metastore.getPartitionColumnStatistics(databaseName, "t", names, Set.of("c")))
                .isEqualTo(ImmutableMap.of("year=1/city=a", ImmutableMap.of(), "year=2/city=b", columns, "year=3/city=none", ImmutableMap.of()));
        assertThat(metastore.getPartition(table, List.of("1", "a")).orElseThrow().getParameters()).containsEntry("numRows", "6");
        assertThat(metastore.getPartition(table, List.of("2", "b")).orElseThrow().getParameters()).containsEntry("totalSize", "12");
    }

    @Test
    void testFunctions()
    {
        LanguageFunction function = new LanguageFunction("answer(bigint)", "RETURN 42", ImmutableList.of(), Optional.of("owner"));
        metastore.createFunction(databaseName, "answer", function);
        assertThat(metastore.functionExists(databaseName, "answer", "answer(bigint)")).isTrue();
        assertThat(metastore.functionExists(databaseName, "answer", "answer(varchar)")).isFalse();
        assertThat(metastore.getFunctions(databaseName, "answer")).containsExactly(function);
        assertThat(peer.getFunctions(databaseName, "answer")).containsExactly(function);
        assertThatThrownBy(() -> metastore.createFunction(databaseName, "answer", function))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));

        LanguageFunction byPeer = new LanguageFunction("answer(varchar)", "RETURN '42'", ImmutableList.of(), Optional.empty());
        peer.createFunction(databaseName, "answer", byPeer);
        peer.createFunction(databaseName, "answers", byPeer);
        assertThat(metastore.getFunctions(databaseName, "answer")).containsExactlyInAnyOrder(function, byPeer);
        assertThat(metastore.getAllFunctions(databaseName)).hasSize(3);

        LanguageFunction replaced = new LanguageFunction("answer(bigint)", "RETURN 43", ImmutableList.of(), Optional.of("owner"));
        metastore.replaceFunction(databaseName, "answer", replaced);
        assertThat(metastore.getFunctions(databaseName, "answer")).containsExactlyInAnyOrder(replaced, byPeer);
        metastore.dropFunction(databaseName, "answer", "answer(bigint)");
        assertThatThrownBy(() -> metastore.dropFunction(databaseName, "answer", "answer(bigint)"))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(FUNCTION_NOT_FOUND.toErrorCode()));
        assertThatThrownBy(() -> metastore.createFunction(databaseName, "an__swer", function))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(NOT_SUPPORTED.toErrorCode()));
    }

    private void assertSelects(Table table, List<String> names, String column, Domain domain, String... parts)
    {
        List<String> expected = names.stream()
                .filter(name -> Set.of(parts).stream().anyMatch(part -> name.startsWith(part + "/") || name.endsWith("/" + part)))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(names(table, TupleDomain.withColumnDomains(ImmutableMap.of(column, domain)))).isEqualTo(expected);
    }

    private List<String> names(Table table, TupleDomain<String> filter)
    {
        return metastore.getPartitionNamesByFilter(
                databaseName,
                table.getTableName(),
                table.getPartitionColumns().stream().map(Column::getName).toList(),
                filter).orElseThrow();
    }

    private long calls(GlueOperation operation)
    {
        return metastore.stats().operation(operation).callCount();
    }

    private static Database database(String name)
    {
        return Database.builder()
                .setDatabaseName(name)
                .setOwnerName(Optional.empty())
                .setOwnerType(Optional.empty())
                .setComment(Optional.of("of the database"))
                .setParameters(ImmutableMap.of("key", "value"))
                .build();
    }

    private Table.Builder table(String name)
    {
        return Table.builder()
                .setDatabaseName(databaseName)
                .setTableName(name)
                .setOwner(Optional.of("somebody"))
                .setTableType("EXTERNAL_TABLE")
                .setDataColumns(ImmutableList.of(new Column("c", HIVE_INT, Optional.empty(), ImmutableMap.of())))
                .setPartitionColumns(ImmutableList.of(
                        new Column("year", HIVE_INT, Optional.empty(), ImmutableMap.of()),
                        new Column("city", HIVE_STRING, Optional.empty(), ImmutableMap.of())))
                .setParameters(ImmutableMap.of("EXTERNAL", "TRUE"))
                .withStorage(storage -> storage.setStorageFormat(PARQUET).setLocation("s3://lake/" + name));
    }

    private static PartitionWithStatistics partition(Table table, PartitionStatistics statistics, String... values)
    {
        String name = Partitions.makePartName(table.getPartitionColumns().stream().map(Column::getName).toList(), List.of(values));
        Partition partition = Partition.builder()
                .setDatabaseName(table.getDatabaseName())
                .setTableName(table.getTableName())
                .setValues(List.of(values))
                .setColumns(table.getDataColumns())
                .withStorage(storage -> storage.setStorageFormat(PARQUET).setLocation(table.getStorage().getLocation() + "/" + name))
                .build();
        return new PartitionWithStatistics(partition, name, statistics);
    }
}
