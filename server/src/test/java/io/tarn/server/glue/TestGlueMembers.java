package io.tarn.server.glue;

import io.tarn.server.aws.FilledModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.FunctionType;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.ResourceShareType;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static io.tarn.server.glue.LocalGlue.column;
import static java.util.Locale.ENGLISH;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The service: every member that AWS's model lets a definition have is there again when it is read, whatever it is read
 * with, and the service adds what AWS adds.
 */
@TestInstance(PER_CLASS)
final class TestGlueMembers
{
    private LocalGlue glue;
    private GlueClient client;

    @BeforeAll
    void start(@TempDir Path folder)
    {
        glue = new LocalGlue(folder.resolve("glue.db"));
        client = glue.client();
        client.createDatabase(request -> request.databaseInput(database()));
    }

    @AfterAll
    void stop()
    {
        glue.close();
    }

    private static DatabaseInput database()
    {
        return FilledModel.fill(DatabaseInput.builder()).build().toBuilder().name("lake").build();
    }

    private static TableInput table(String name)
    {
        return FilledModel.fill(TableInput.builder()).build().toBuilder()
                .name(name)
                .partitionKeys(column("year:int"), column("word:string"))
                .build();
    }

    private void createTable(String name, Consumer<TableInput.Builder> changes)
    {
        client.createTable(request -> request.databaseName("lake").tableInput(table(name).toBuilder().applyMutation(changes).build()));
    }

    @Test
    void testDatabases()
    {
        DatabaseInput input = database();
        Consumer<Database> verify = found -> {
            assertKept(input, found);
            assertThat(found.catalogId()).isEqualTo("000000000000");
            assertThat(found.createTime()).isBeforeOrEqualTo(Instant.now());
            assertThat(FilledModel.set(found)).containsExactlyInAnyOrderElementsOf(FilledModel.set(FilledModel.fill(Database.builder()).build()));
        };
        assertThat(client.getDatabase(request -> request.name("lake")).database()).satisfies(verify);
        assertThat(client.getDatabases(_ -> {}).databaseList()).singleElement().satisfies(verify);
        assertThat(client.getDatabases(request -> request.resourceShareType(ResourceShareType.ALL)).databaseList()).hasSize(1);
        // nobody shares anything with this catalogue
        assertThat(client.getDatabases(request -> request.resourceShareType(ResourceShareType.FOREIGN)).databaseList()).isEmpty();
        assertThat(client.getDatabases(request -> request.resourceShareType(ResourceShareType.FEDERATED)).databaseList()).isEmpty();
    }

    @Test
    void testTables()
    {
        TableInput input = table("filled");
        createTable("filled", _ -> {});
        Consumer<Table> verify = found -> {
            assertKept(input, found);
            assertThat(found.catalogId()).isEqualTo("000000000000");
            assertThat(found.databaseName()).isEqualTo("lake");
            assertThat(found.createdBy()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThat(found.createTime()).isBeforeOrEqualTo(found.updateTime());
            assertThat(found.isRegisteredWithLakeFormation()).isFalse();
            assertThat(found.isMultiDialectView()).isTrue();
            List<String> members = FilledModel.set(FilledModel.fill(Table.builder()).build());
            // of federation, materialized views, tables of Iceberg that the service keeps, and what runs in the background
            assertThat(members).filteredOn(member -> !FilledModel.set(found).contains(member))
                    .containsExactlyInAnyOrder("FederatedTable", "IsMaterializedView", "IcebergTableMetadata", "Status");
        };
        assertThat(client.getTable(request -> request.databaseName("lake").name("filled")).table()).satisfies(verify);
        assertThat(client.getTables(request -> request.databaseName("lake").expression("filled")).tableList()).singleElement().satisfies(verify);
        assertThat(client.getTableVersions(request -> request.databaseName("lake").tableName("filled")).tableVersions()).singleElement().satisfies(version -> assertThat(version.table()).satisfies(verify));
        assertThat(client.getTableVersion(request -> request.databaseName("lake").tableName("filled")).tableVersion().table()).satisfies(verify);
        assertThat(client.searchTables(request -> request.searchText("\"filled\"")).tableList()).singleElement().satisfies(verify);
        assertThat(client.searchTables(request -> request.searchText("\"filled\"").resourceShareType(ResourceShareType.FOREIGN)).tableList()).isEmpty();

        client.updateTable(request -> request.databaseName("lake").tableInput(input));
        assertThat(client.getTable(request -> request.databaseName("lake").name("filled")).table()).satisfies(verify);

        Table attributes = client.getTable(request -> request.databaseName("lake").name("filled").attributesToGet(TableAttributes.NAME)).table();
        assertThat(FilledModel.set(attributes)).containsExactlyInAnyOrder("Name", "DatabaseName");
        assertThat(client.getTable(request -> request.databaseName("lake").name("filled").attributesToGet(TableAttributes.DEFAULT)).table()).satisfies(verify);
    }

    @Test
    void testPlainTableIsNoView()
    {
        client.createTable(request -> request.databaseName("lake").tableInput(table -> table.name("plain")));
        assertThat(client.getTable(request -> request.databaseName("lake").name("plain")).table().isMultiDialectView()).isFalse();
    }

    @Test
    void testPartitions()
    {
        createTable("parted", _ -> {});
        List<PartitionInput> inputs = IntStream.range(0, 3)
                .mapToObj(index -> FilledModel.fill(PartitionInput.builder()).build().toBuilder().values(String.valueOf(2000 + index), "a").build())
                .toList();
        client.createPartition(request -> request.databaseName("lake").tableName("parted").partitionInput(inputs.get(0)));
        client.batchCreatePartition(request -> request.databaseName("lake").tableName("parted").partitionInputList(inputs.get(1)));
        client.createPartition(request -> request.databaseName("lake").tableName("parted").partitionInput(partition -> partition.values("2002", "a")));
        client.updatePartition(request -> request.databaseName("lake").tableName("parted").partitionValueList("2002", "a").partitionInput(inputs.get(2)));

        List<Partition> found = client.getPartitions(request -> request.databaseName("lake").tableName("parted")).partitions();
        assertThat(found).hasSize(3);
        for (int i = 0; i < found.size(); i++) {
            assertKept(inputs.get(i), found.get(i));
            assertThat(FilledModel.set(found.get(i))).containsExactlyInAnyOrderElementsOf(FilledModel.set(FilledModel.fill(Partition.builder()).build()));
            List<String> values = inputs.get(i).values();
            assertThat(client.getPartition(request -> request.databaseName("lake").tableName("parted").partitionValues(values)).partition()).isEqualTo(found.get(i));
            assertThat(client.batchGetPartition(request -> request.databaseName("lake").tableName("parted").partitionsToGet(list -> list.values(values))).partitions()).containsExactly(found.get(i));
        }
        // only the columns are left out
        Partition without = client.getPartitions(request -> request.databaseName("lake").tableName("parted").excludeColumnSchema(true)).partitions().getFirst();
        assertThat(without.storageDescriptor().hasColumns()).isFalse();
        assertThat(without.toBuilder().storageDescriptor(found.getFirst().storageDescriptor()).build()).isEqualTo(found.getFirst());
        assertThat(without.storageDescriptor().toBuilder().columns(found.getFirst().storageDescriptor().columns()).build()).isEqualTo(found.getFirst().storageDescriptor());
    }

    @Test
    void testFunctions()
    {
        UserDefinedFunctionInput input = FilledModel.fill(UserDefinedFunctionInput.builder()).build().toBuilder().functionName("filled").functionType(FunctionType.AGGREGATE_FUNCTION).build();
        client.createUserDefinedFunction(request -> request.databaseName("lake").functionInput(input));
        client.createUserDefinedFunction(request -> request.databaseName("lake").functionInput(function -> function.functionName("plain")));
        UserDefinedFunction found = client.getUserDefinedFunction(request -> request.databaseName("lake").functionName("filled")).userDefinedFunction();
        assertKept(input, found);
        assertThat(FilledModel.set(found)).containsExactlyInAnyOrderElementsOf(FilledModel.set(FilledModel.fill(UserDefinedFunction.builder()).build()));
        assertThat(client.getUserDefinedFunctions(request -> request.databaseName("lake").pattern("*")).userDefinedFunctions()).hasSize(2);
        assertThat(client.getUserDefinedFunctions(request -> request.databaseName("lake").pattern("*").functionType(FunctionType.AGGREGATE_FUNCTION)).userDefinedFunctions()).containsExactly(found);
        assertThat(client.getUserDefinedFunctions(request -> request.databaseName("lake").pattern("*").functionType(FunctionType.STORED_PROCEDURE)).userDefinedFunctions()).isEmpty();
    }

    @Test
    void testStatistics()
    {
        createTable("counted", table -> table.storageDescriptor(storage -> storage.columns(column("c:bigint"))));
        ColumnStatisticsData all = FilledModel.fill(ColumnStatisticsData.builder()).build();
        Map<String, SdkField<?>> kinds = all.sdkFields().stream()
                .filter(field -> field.memberName().endsWith("ColumnStatisticsData"))
                .collect(toMap(field -> field.memberName().replace("ColumnStatisticsData", "").toUpperCase(ENGLISH), identity()));
        assertThat(kinds).hasSize(7);
        kinds.forEach((type, field) -> {
            ColumnStatisticsData.Builder data = ColumnStatisticsData.builder().type(type);
            field.set(data, field.getValueOrDefault(all));
            ColumnStatistics statistics = ColumnStatistics.builder()
                    .columnName("c")
                    .columnType("bigint")
                    .analyzedTime(Instant.parse("2026-01-01T00:00:00Z"))
                    .statisticsData(data.build())
                    .build();
            assertThat(client.updateColumnStatisticsForTable(request -> request.databaseName("lake").tableName("counted").columnStatisticsList(statistics)).errors()).isEmpty();
            assertThat(client.getColumnStatisticsForTable(request -> request.databaseName("lake").tableName("counted").columnNames("c")).columnStatisticsList()).containsExactly(statistics);
        });
    }

    /**
     * Every member that has a value in one has it in the other; definitions of views have other classes when they are
     * read than when they are given.
     */
    private static void assertKept(SdkPojo input, SdkPojo found)
    {
        Map<String, SdkField<?>> fields = found.sdkFields().stream().collect(toMap(SdkField::memberName, identity()));
        for (SdkField<?> field : input.sdkFields()) {
            assertThat(fields).containsKey(field.memberName());
            assertKept(field.memberName(), field.getValueOrDefault(input), fields.get(field.memberName()).getValueOrDefault(found));
        }
    }

    private static void assertKept(String name, Object given, Object kept)
    {
        assertThat(given).as("%s is filled", name).isNotNull();
        assertThat(kept).as(name).isNotNull();
        if (given instanceof SdkPojo pojo && !given.getClass().isInstance(kept)) {
            assertKept(pojo, (SdkPojo) kept);
        }
        else if (given instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof SdkPojo) {
            assertThat((List<?>) kept).as(name).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertKept(name, list.get(i), ((List<?>) kept).get(i));
            }
        }
        else {
            assertThat(kept).as(name).isEqualTo(given);
        }
    }
}
