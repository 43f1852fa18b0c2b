package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.inject.Module;
import io.airlift.log.Logger;
import io.tarn.metastore.DatabaseChanges;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.quota.CurrentGate;
import io.tarn.storage.BucketFolderFileSystemFactory;
import io.trino.metastore.Column;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.PrincipalPrivileges;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.plugin.hive.metastore.file.FileHiveMetastore;
import io.trino.plugin.hive.metastore.file.FileHiveMetastoreConfig;
import io.trino.spi.NodeVersion;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.security.PrincipalType;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.metastore.Partitions.toPartitionValues;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A Trino of two nodes with the connector over a folder, and a metastore in files, so that handles and splits travel.
 */
public final class TarnQueryRunner
        implements AutoCloseable
{
    static final String BUCKET = "lake";
    static final String SCHEMA = "tests";

    private final Path root;
    private final CountingMetastore metastore;
    private final QueryRunner queryRunner;
    private final ConnectorFactory connectorFactory;

    public TarnQueryRunner(Path root)
            throws Exception
    {
        this.root = root;
        Files.createDirectories(root.resolve("s3").resolve(BUCKET));
        Files.createDirectories(root.resolve("s3").resolve("metastore"));
        HiveMetastore files = new FileHiveMetastore(
                new NodeVersion("test"),
                new BucketFolderFileSystemFactory(root.resolve("s3")),
                false,
                new FileHiveMetastoreConfig()
                        .setCatalogDirectory("s3://metastore/")
                        .setDisableLocationChecks(true));
        metastore = new CountingMetastore(files);
        metastore.metastore().createDatabase(Database.builder()
                .setDatabaseName(SCHEMA)
                .setOwnerName(Optional.of("public"))
                .setOwnerType(Optional.of(PrincipalType.ROLE))
                .build());
        queryRunner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog("tarn").setSchema(SCHEMA).build())
                .setWorkerCount(1)
                .build();
        Module metastoreModule = binder -> {
            binder.bind(QueryMetastores.class).toInstance(new QueryMetastores(metastore.metastore(), 1000));
            binder.bind(LiveTables.class).toInstance(new FileTables(files));
            binder.bind(DatabaseChanges.class).toInstance(database -> {
                throw new UnsupportedOperationException("a metastore of files does not change " + database);
            });
        };
        connectorFactory = new TarnConnectorFactory(new CurrentGate(), () -> metastoreModule);
        queryRunner.installPlugin(new Plugin()
        {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories()
            {
                return ImmutableList.of(connectorFactory);
            }
        });
        queryRunner.createCatalog("tarn", "tarn", ImmutableMap.of(
                "storage.kind", "local",
                "storage.local.root", root.resolve("s3").toString(),
                "tarn.max-split-size", "64kB",
                "tarn.small-file-group-size", "16kB",
                "tarn.dynamic-filtering.wait-timeout", "20s"));
    }

    CountingMetastore metastore()
    {
        return metastore;
    }

    QueryRunner queryRunner()
    {
        return queryRunner;
    }

    ConnectorFactory connectorFactory()
    {
        return connectorFactory;
    }

    void put(String key, String content)
            throws IOException
    {
        Path file = root.resolve("s3").resolve(BUCKET).resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(UTF_8));
    }

    void createJsonTable(String name, List<Column> columns, List<Column> keys, Map<String, String> parameters)
    {
        createTable(name, "org.openx.data.jsonserde.JsonSerDe", columns, keys, parameters);
    }

    void createTable(String name, String serde, List<Column> columns, List<Column> keys, Map<String, String> parameters)
    {
        createTable(
                name,
                name,
                StorageFormat.create(
                        serde,
                        "org.apache.hadoop.mapred.TextInputFormat",
                        "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"),
                columns,
                keys,
                parameters);
    }

    void createParquetTable(String name, String folder, List<Column> columns)
    {
        createParquetTable(name, folder, columns, List.of());
    }

    void createParquetTable(String name, String folder, List<Column> columns, List<Column> keys)
    {
        createParquetTable(name, folder, columns, keys, Map.of());
    }

    void createParquetTable(String name, String folder, List<Column> columns, List<Column> keys, Map<String, String> parameters)
    {
        createTable(
                name,
                folder,
                StorageFormat.create(
                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"),
                columns,
                keys,
                parameters);
    }

    /**
     * A table whose files name the files of its rows.
     */
    void createManifestTable(String name, String serde, List<Column> columns)
    {
        createTable(
                name,
                name,
                StorageFormat.create(
                        serde,
                        "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
                        "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"),
                columns,
                List.of(),
                Map.of());
    }

    private void createTable(String name, String folder, StorageFormat format, List<Column> columns, List<Column> keys, Map<String, String> parameters)
    {
        metastore.metastore().createTable(
                Table.builder()
                        .setDatabaseName(SCHEMA)
                        .setTableName(name)
                        .setOwner(Optional.of("tests"))
                        .setTableType("EXTERNAL_TABLE")
                        .setDataColumns(columns)
                        .setPartitionColumns(keys)
                        .setParameters(ImmutableMap.<String, String>builder().put("EXTERNAL", "TRUE").putAll(parameters).buildOrThrow())
                        .withStorage(storage -> storage
                                .setLocation("s3://%s/%s".formatted(BUCKET, folder))
                                .setStorageFormat(format))
                        .build(),
                PrincipalPrivileges.NO_PRIVILEGES);
    }

    /**
     * @param columns the partition's own
     */
    void addPartition(String table, String partitionName, List<Column> columns)
    {
        Table definition = metastore.metastore().getTable(SCHEMA, table).orElseThrow();
        Partition partition = Partition.builder()
                .setDatabaseName(SCHEMA)
                .setTableName(table)
                .setColumns(columns)
                .setValues(toPartitionValues(partitionName))
                .withStorage(storage -> storage
                        .setLocation("s3://%s/%s/%s".formatted(BUCKET, table, partitionName))
                        .setStorageFormat(definition.getStorage().getStorageFormat()))
                .build();
        metastore.metastore().addPartitions(SCHEMA, table, List.of(new PartitionWithStatistics(partition, partitionName, PartitionStatistics.empty())));
    }

    static List<Column> columns(String... declared)
    {
        return Arrays.stream(declared)
                .map(column -> column.split(" ", 2))
                .map(words -> new Column(words[0], HiveType.valueOf(words[1]), Optional.empty(), Map.of()))
                .toList();
    }

    @Override
    public void close()
    {
        queryRunner.close();
    }

    /**
     * Starts a server to play with: {@code SELECT * FROM tarn.tests.numbers}.
     */
    public static void main(String[] args)
            throws Exception
    {
        TarnQueryRunner runner = new TarnQueryRunner(Files.createTempDirectory("tarn"));
        runner.createJsonTable("numbers", columns("a bigint", "b string"), List.of(), Map.of());
        runner.put("numbers/lines.json", "{\"a\": 1, \"b\": \"one\"}\n{\"a\": 2, \"b\": \"two\"}\n");
        Logger.get(TarnQueryRunner.class).info("Trino answers at %s, catalogue tarn, schema %s", runner.queryRunner().getCoordinator().getBaseUrl(), SCHEMA);
    }
}
