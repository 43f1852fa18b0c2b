package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo.ExtendedRelationType;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.SkewedInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.metastore.HiveType.HIVE_INT;
import static io.trino.metastore.HiveType.HIVE_STRING;
import static io.trino.metastore.SortingColumn.Order.ASCENDING;
import static io.trino.metastore.SortingColumn.Order.DESCENDING;
import static io.trino.metastore.StorageFormat.NULL_STORAGE_FORMAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestGlueTables
{
    private static final StorageFormat PARQUET = StorageFormat.create(
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    private static final List<String> TYPES = List.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "string",
            "binary",
            "date",
            "timestamp",
            "decimal(38,18)",
            "decimal(10,0)",
            "char(255)",
            "varchar(65535)",
            "array<int>",
            "map<string,array<bigint>>",
            "struct<a:int,b:struct<c:string,d:array<map<string,decimal(5,2)>>>>",
            "uniontype<int,string>");

    @Test
    void testRoundTripOfEveryType()
    {
        List<Column> columns = IntStream.range(0, TYPES.size())
                .mapToObj(i -> new Column("c" + i, HiveType.valueOf(TYPES.get(i)), i % 2 == 0 ? Optional.of("comment 'ü' " + i) : Optional.empty(), i % 3 == 0 ? ImmutableMap.of("key", "value") : ImmutableMap.of()))
                .collect(toImmutableList());
        Table table = table()
                .setDataColumns(columns)
                .setPartitionColumns(ImmutableList.of(new Column("year", HIVE_INT, Optional.of("of the order"), ImmutableMap.of()), new Column("city", HIVE_STRING, Optional.empty(), ImmutableMap.of())))
                .build();
        assertThat(roundTrip(table)).isEqualTo(table);
    }

    @Test
    void testRoundTripOfEverythingElse()
    {
        assertThat(roundTrip(table().build())).isEqualTo(table().build());
        for (Table table : List.of(
                table().setOwner(Optional.empty()).build(),
                table().setTableType("MANAGED_TABLE").build(),
                table().setParameters(ImmutableMap.of("comment", "of the table", "skip.header.line.count", "1", "empty", "")).build(),
                table().setParameters(ImmutableMap.of()).build(),
                table().setViewOriginalText(Optional.of("original")).setViewExpandedText(Optional.of("expanded")).build(),
                table().withStorage(storage -> storage.setLocation(Optional.empty())).build(),
                table().withStorage(storage -> storage.setStorageFormat(NULL_STORAGE_FORMAT)).build(),
                table().withStorage(storage -> storage.setSerdeParameters(ImmutableMap.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\\"))).build(),
                table().withStorage(storage -> storage.setBucketProperty(new HiveBucketProperty(ImmutableList.of("c"), 8, ImmutableList.of()))).build(),
                table().withStorage(storage -> storage.setBucketProperty(new HiveBucketProperty(ImmutableList.of("c"), 8, ImmutableList.of(new SortingColumn("c", DESCENDING), new SortingColumn("d", ASCENDING))))).build())) {
            assertThat(roundTrip(table)).isEqualTo(table);
        }
    }

    @Test
    void testCommentIsGluesDescription()
    {
        Table table = table().setParameters(ImmutableMap.of("comment", "of the table", "other", "1")).build();
        TableInput input = GlueTables.toTableInput(table, Optional.empty());
        assertThat(input.description()).isEqualTo("of the table");
        assertThat(input.parameters()).isEqualTo(ImmutableMap.of("other", "1"));

        software.amazon.awssdk.services.glue.model.Table both = glueTable(input).toBuilder().parameters(ImmutableMap.of("comment", "stale")).build();
        assertThat(GlueTables.toTable("db", both).getParameters()).containsEntry("comment", "of the table");
        TableInput changed = GlueTables.withComment(both, Optional.of("new"));
        assertThat(changed.description()).isEqualTo("new");
        assertThat(changed.parameters()).isEmpty();
        assertThat(GlueTables.toTable("db", glueTable(GlueTables.withComment(both, Optional.empty()))).getParameters()).isEmpty();
    }

    @Test
    void testReplacingKeepsWhatTheMetastoreHasNoWordFor()
    {
        software.amazon.awssdk.services.glue.model.Table existing = glueTable(GlueTables.toTableInput(table().build(), Optional.empty())).toBuilder()
                .retention(7)
                .storageDescriptor(descriptor -> descriptor
                        .columns(software.amazon.awssdk.services.glue.model.Column.builder().name("c").type("int").build())
                        .serdeInfo(SerDeInfo.builder().name("serde").serializationLibrary("library").build())
                        .parameters(ImmutableMap.of("classification", "parquet"))
                        .compressed(true)
                        .additionalLocations("s3://lake/more")
                        .skewedInfo(SkewedInfo.builder().skewedColumnNames("c").skewedColumnValues("1").build()))
                .build();
        Table table = GlueTables.toTable("db", existing);
        assertThat(table.getStorage().isSkewed()).isTrue();

        TableInput replaced = GlueTables.toTableInput(table.withParameters(ImmutableMap.of("new", "1")), Optional.of(existing));
        assertThat(replaced.retention()).isEqualTo(7);
        assertThat(replaced.storageDescriptor().parameters()).isEqualTo(ImmutableMap.of("classification", "parquet"));
        assertThat(replaced.storageDescriptor().compressed()).isTrue();
        assertThat(replaced.storageDescriptor().additionalLocations()).containsExactly("s3://lake/more");
        assertThat(replaced.storageDescriptor().skewedInfo()).isEqualTo(existing.storageDescriptor().skewedInfo());
        assertThat(replaced.storageDescriptor().serdeInfo().name()).isEqualTo("serde");
        assertThat(replaced.parameters()).isEqualTo(ImmutableMap.of("new", "1"));

        assertThatThrownBy(() -> GlueTables.toTableInput(table, Optional.empty()))
                .isInstanceOf(TrinoException.class)
                .hasMessage("Table db.t is skewed: writing a skewed table or partition is not supported");
    }

    @Test
    void testAthenaView()
    {
        Table view = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder()
                .name("v")
                .tableType("VIRTUAL_VIEW")
                .viewOriginalText("/* Presto View: e30= */")
                .viewExpandedText("/* Presto View */")
                .description("what a user wrote")
                .parameters(ImmutableMap.of("presto_view", "true", "comment", "Presto View"))
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(glueColumn("a", "int"), glueColumn("b", "varchar"), glueColumn("c", "json"))
                        .location("")
                        .serdeInfo(SerDeInfo.builder().build())
                        .build())
                .build());
        assertThat(view.getOwner()).isEmpty();
        assertThat(view.getStorage().getStorageFormat()).isEqualTo(NULL_STORAGE_FORMAT);
        assertThat(view.getStorage().getOptionalLocation()).isEmpty();
        assertThat(view.getDataColumns()).extracting(Column::getName).containsExactly("a");
        assertThat(view.getViewOriginalText()).contains("/* Presto View: e30= */");
        assertThat(view.getParameters()).containsEntry("comment", "Presto View");

        Table bare = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder().name("v").tableType("VIRTUAL_VIEW").build());
        assertThat(bare.getDataColumns()).isEmpty();
        assertThat(bare.getParameters()).isEmpty();
    }

    @Test
    void testKindsOfRelations()
    {
        assertThat(kind(null, ImmutableMap.of())).isEqualTo(ExtendedRelationType.TABLE);
        assertThat(kind("", ImmutableMap.of())).isEqualTo(ExtendedRelationType.TABLE);
        assertThat(kind("MANAGED_TABLE", null)).isEqualTo(ExtendedRelationType.TABLE);
        assertThat(kind("VIRTUAL_VIEW", ImmutableMap.of())).isEqualTo(ExtendedRelationType.OTHER_VIEW);
        assertThat(kind("VIRTUAL_VIEW", ImmutableMap.of("presto_view", "true", "comment", "Presto View"))).isEqualTo(ExtendedRelationType.TRINO_VIEW);
        assertThat(kind("VIRTUAL_VIEW", ImmutableMap.of("presto_view", "true", "comment", "Presto Materialized View"))).isEqualTo(ExtendedRelationType.TRINO_MATERIALIZED_VIEW);
    }

    @Test
    void testTablesOfOtherTableFormats()
    {
        Table iceberg = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder()
                .name("i")
                .tableType("EXTERNAL_TABLE")
                .parameters(ImmutableMap.of("table_type", "ICEBERG", "metadata_location", "s3://lake/i/metadata/1.json"))
                .storageDescriptor(StorageDescriptor.builder().location("s3://lake/i").columns(glueColumn("a", "uuid"), glueColumn("b", "long")).build())
                .build());
        assertThat(iceberg.getDataColumns()).isEmpty();
        assertThat(iceberg.getStorage().getLocation()).isEqualTo("s3://lake/i");

        Table delta = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder()
                .name("d")
                .parameters(ImmutableMap.of("spark.sql.sources.provider", "delta"))
                .build());
        assertThat(delta.getTableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(delta.getStorage().getStorageFormat()).isEqualTo(NULL_STORAGE_FORMAT);

        Table hudi = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder()
                .name("h")
                .storageDescriptor(StorageDescriptor.builder().inputFormat("org.apache.hudi.hadoop.HoodieParquetInputFormat").columns(glueColumn("a", "?"), glueColumn("b", "int")).build())
                .build());
        assertThat(hudi.getDataColumns()).extracting(Column::getName).containsExactly("b");
    }

    @Test
    void testMissingPartsAndNulls()
    {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("present", "1");
        parameters.put("absent", null);
        Table table = GlueTables.toTable("db", software.amazon.awssdk.services.glue.model.Table.builder()
                .name("t")
                .parameters(parameters)
                .storageDescriptor(StorageDescriptor.builder()
                        .numberOfBuckets(-1)
                        .serdeInfo(SerDeInfo.builder().parameters(parameters).build())
                        .build())
                .build());
        assertThat(table.getParameters()).isEqualTo(ImmutableMap.of("present", "1"));
        assertThat(table.getStorage().getSerdeParameters()).isEqualTo(ImmutableMap.of("present", "1"));
        assertThat(table.getStorage().getBucketProperty()).isEmpty();
        assertThat(GlueStorages.toStorage("db.t", StorageDescriptor.builder().numberOfBuckets(4).build()).getBucketProperty()).isEmpty();

        Partition partition = new GluePartitions("db", "t").toPartition(software.amazon.awssdk.services.glue.model.Partition.builder().values("1").build());
        assertThat(partition.getColumns()).isEmpty();
        assertThat(partition.getStorage().getOptionalLocation()).isEmpty();
        assertThat(partition.getParameters()).isEmpty();
    }

    @Test
    void testPartitionRoundTrip()
    {
        GluePartitions converter = new GluePartitions("db", "t");
        Column column = new Column("c", HIVE_INT, Optional.empty(), ImmutableMap.of());
        for (List<Column> columns : List.of(List.of(column), List.of(column), List.of(column, column.withName("d")), List.<Column>of())) {
            Partition partition = Partition.builder()
                    .setDatabaseName("db")
                    .setTableName("t")
                    .setValues(ImmutableList.of("2024", "__HIVE_DEFAULT_PARTITION__"))
                    .setColumns(columns)
                    .setParameters(ImmutableMap.of("numRows", "3"))
                    .withStorage(storage -> storage.setStorageFormat(PARQUET).setLocation("s3://lake/t/2024").setSerdeParameters(ImmutableMap.of("serialization.format", "1")))
                    .build();
            var input = GluePartitions.toPartitionInput(partition, partition.getParameters());
            assertThat(converter.toPartition(software.amazon.awssdk.services.glue.model.Partition.builder()
                    .values(input.values())
                    .storageDescriptor(input.storageDescriptor())
                    .parameters(input.parameters())
                    .build())).isEqualTo(partition);
        }
    }

    @Test
    void testBlanksAndCaseInTypes()
    {
        assertThat(type(" ARRAY < Struct < a : int , b : decimal( 5 , 2 ) > > ")).isEqualTo(HiveType.valueOf("array<struct<a:int,b:decimal(5,2)>>"));
        assertThat(type("map<string, bigint>")).isEqualTo(HiveType.valueOf("map<string,bigint>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "integer", "varchar", "decimal(99,1)", "char(0)", "array<", "array<int", "struct<a>", "map<int>", "int,string", "<", ">", "'", "('", "json"})
    void testTypesThatAreNone(String text)
    {
        assertThatThrownBy(() -> type(text))
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TARN_INVALID_METADATA.toErrorCode()))
                .hasMessageStartingWith("Column db.t.c has the type '%s', which is no Hive type: ", text);
    }

    @Test
    void testHostileTypes()
    {
        assertThatThrownBy(() -> type("array<".repeat(100_000) + "int" + ">".repeat(100_000)))
                .isInstanceOf(TrinoException.class)
                .hasMessageContaining("nested more than 100 levels deep");
        assertThatThrownBy(() -> type(null))
                .isInstanceOf(TrinoException.class)
                .hasMessage("Column db.t.c has no type. Correct its definition in the catalogue");
        assertThatThrownBy(() -> GlueStorages.toStorage("db.t", StorageDescriptor.builder()
                .numberOfBuckets(1)
                .bucketColumns("c")
                .sortColumns(Order.builder().column("c").sortOrder(7).build())
                .build()))
                .isInstanceOf(TrinoException.class)
                .hasMessage("Table db.t is sorted by c in the order 7: it must be 1 (ascending) or 0 (descending). Correct SortColumns in the catalogue");
    }

    private static HiveType type(String text)
    {
        return GlueColumns.toColumns("db.t", List.of(glueColumn("c", text))).getFirst().getType();
    }

    private static software.amazon.awssdk.services.glue.model.Column glueColumn(String name, String type)
    {
        return software.amazon.awssdk.services.glue.model.Column.builder().name(name).type(type).build();
    }

    private static ExtendedRelationType kind(String tableType, Map<String, String> parameters)
    {
        return GlueTables.toTableInfo("db", software.amazon.awssdk.services.glue.model.Table.builder().name("t").tableType(tableType).parameters(parameters).build()).extendedRelationType();
    }

    private static Table.Builder table()
    {
        return Table.builder()
                .setDatabaseName("db")
                .setTableName("t")
                .setOwner(Optional.of("somebody"))
                .setTableType("EXTERNAL_TABLE")
                .setDataColumns(ImmutableList.of(new Column("c", HIVE_INT, Optional.empty(), ImmutableMap.of())))
                .setParameters(ImmutableMap.of("EXTERNAL", "TRUE"))
                .withStorage(storage -> storage.setStorageFormat(PARQUET).setLocation("s3://lake/t"));
    }

    private static Table roundTrip(Table table)
    {
        return GlueTables.toTable(table.getDatabaseName(), glueTable(GlueTables.toTableInput(table, Optional.empty())));
    }

    private static software.amazon.awssdk.services.glue.model.Table glueTable(TableInput input)
    {
        return software.amazon.awssdk.services.glue.model.Table.builder()
                .name(input.name())
                .description(input.description())
                .owner(input.owner())
                .tableType(input.tableType())
                .storageDescriptor(input.storageDescriptor())
                .partitionKeys(input.partitionKeys())
                .parameters(input.parameters())
                .viewOriginalText(input.viewOriginalText())
                .viewExpandedText(input.viewExpandedText())
                .build();
    }
}
