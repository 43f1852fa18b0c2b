package io.tarn.server.glue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.TableVersionError;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.tarn.server.glue.LocalGlue.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

@ParameterizedClass
@EnumSource
final class TestGlueTables
{
    @Parameter
    private GlueDatabase database;
    @TempDir
    private Path folder;
    private LocalGlue glue;
    private GlueClient client;

    @BeforeEach
    void start()
    {
        glue = new LocalGlue(database.create(folder));
        client = glue.client();
        glue.createDatabase("shop");
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    @Test
    void testEveryMemberComesBack()
    {
        TableInput input = TableInput.builder()
                .name("Orders")
                .description("what was\nordered")
                .owner("me")
                .retention(3)
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", "csv", "skip.header.line.count", "1"))
                .partitionKeys(column("year:int"))
                .viewOriginalText("/* Presto View: eyJ9 */")
                .viewExpandedText("select 'ü'")
                .viewDefinition(view -> view.isProtected(true).representations(representation -> representation.dialect("ATHENA").viewOriginalText("select 1")))
                .storageDescriptor(storage -> storage
                        .columns(column("Id:bigint"), column("address:struct<street:string,zip:string>").toBuilder().comment("where").parameters(Map.of("k", "v")).build())
                        .location("s3://lake/orders")
                        .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                        .compressed(true)
                        .numberOfBuckets(-1)
                        .bucketColumns("id")
                        .sortColumns(order -> order.column("id").sortOrder(1))
                        .serdeInfo(serde -> serde.serializationLibrary("org.apache.hadoop.hive.serde2.OpenCSVSerde").parameters(Map.of("escapeChar", "\\", "quoteChar", "\"", "separatorChar", ","))))
                .build();
        client.createTable(request -> request.databaseName("SHOP").tableInput(input));
        Table table = client.getTable(request -> request.databaseName("shop").name("ORDERS")).table();
        assertThat(table.name()).isEqualTo("orders");
        assertThat(table.databaseName()).isEqualTo("shop");
        assertThat(table.versionId()).isEqualTo("0");
        assertThat(table.catalogId()).isEqualTo("000000000000");
        assertThat(table.createTime()).isNotNull().isEqualTo(table.updateTime());
        assertThat(table.createdBy()).startsWith("arn:aws:iam::");
        assertThat(table.isRegisteredWithLakeFormation()).isFalse();
        assertThat(table.storageDescriptor()).isEqualTo(input.storageDescriptor());
        assertThat(table.partitionKeys()).isEqualTo(input.partitionKeys());
        assertThat(table.parameters()).isEqualTo(input.parameters());
        assertThat(table.viewOriginalText()).isEqualTo(input.viewOriginalText());
        assertThat(table.viewDefinition().representations().getFirst().viewOriginalText()).isEqualTo("select 1");
        assertThat(List.of(table.description(), table.owner(), table.retention(), table.tableType(), table.viewExpandedText()))
                .isEqualTo(List.of(input.description(), input.owner(), input.retention(), input.tableType(), input.viewExpandedText()));
    }

    @Test
    void testVersions()
    {
        glue.createTable("shop", "t");
        update("one", null, null);
        update("two", "1", null);
        update("skipping", null, true);
        assertThatThrownBy(() -> update("stale", "1", null))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("Table shop.t is at version 3, not at 1");

        Table current = client.getTable(request -> request.databaseName("shop").name("t")).table();
        assertThat(current.versionId()).isEqualTo("3");
        assertThat(current.description()).isEqualTo("skipping");
        assertThat(current.createTime()).isBeforeOrEqualTo(current.updateTime());
        assertThat(versions()).containsExactly("3", "1", "0");

        GetTableVersionsResponse page = client.getTableVersions(request -> request.databaseName("shop").tableName("t").maxResults(2));
        assertThat(page.tableVersions()).extracting(TableVersion::versionId).containsExactly("3", "1");
        assertThat(client.getTableVersions(request -> request.databaseName("shop").tableName("t").nextToken(page.nextToken())).tableVersions())
                .extracting(TableVersion::versionId)
                .containsExactly("0");
        assertThatThrownBy(() -> client.getTableVersions(request -> request.databaseName("shop").tableName("t").nextToken("Zm9yZ2Vk"))).isInstanceOf(InvalidInputException.class);

        assertThat(version("1").description()).isEqualTo("one");
        assertThat(version("0").description()).isNull();
        assertThat(version(null)).isEqualTo(current);
        assertThatThrownBy(() -> version("2")).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Version 2 of table shop.t not found.");
        assertThatThrownBy(() -> version("x")).isInstanceOf(InvalidInputException.class).hasMessageContaining("VersionId is 'x', not a number");

        client.deleteTableVersion(request -> request.databaseName("shop").tableName("t").versionId("1"));
        assertThat(versions()).containsExactly("3", "0");
        assertThatThrownBy(() -> client.deleteTableVersion(request -> request.databaseName("shop").tableName("t").versionId("1"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.deleteTableVersion(request -> request.databaseName("shop").tableName("t").versionId("3"))).isInstanceOf(InvalidInputException.class);
        assertThat(client.batchDeleteTableVersion(request -> request.databaseName("shop").tableName("t").versionIds("0", "1", "3")).errors())
                .extracting(TableVersionError::versionId, error -> error.errorDetail().errorCode())
                .containsExactly(tuple("1", "EntityNotFoundException"), tuple("3", "InvalidInputException"));
        assertThat(versions()).containsExactly("3");

        client.deleteTable(request -> request.databaseName("shop").name("t"));
        glue.createTable("shop", "t");
        assertThat(versions()).containsExactly("0");
    }

    @Test
    void testListing()
    {
        Stream.of("orders", "orders_raw", "raw_orders", "users", "users_2", "view_v").forEach(name -> glue.createTable("shop", name));
        assertThat(tables("orders*")).containsExactly("orders", "orders_raw");
        assertThat(tables("*orders")).containsExactly("orders", "raw_orders");
        assertThat(tables("*Orders*")).containsExactly("orders", "orders_raw", "raw_orders");
        assertThat(tables("orders.*")).containsExactly("orders", "orders_raw");
        assertThat(tables("orders|users")).containsExactly("orders", "users");
        assertThat(tables("users_[0-9]")).containsExactly("users_2");
        assertThat(tables("orders")).containsExactly("orders");
        assertThat(tables("none*")).isEmpty();
        assertThat(tables("")).hasSize(6);
        // exponential in a matcher that backtracks
        assertThat(tables("(o*)*(r*)*(d*)*" + "(e?)".repeat(100) + "x")).isEmpty();
        assertThatThrownBy(() -> tables("[")).isInstanceOf(InvalidInputException.class).hasMessageContaining("'[' is not a pattern of names");

        assertThat(client.getTables(request -> request.databaseName("shop").attributesToGet(TableAttributes.NAME)).tableList())
                .first()
                .isEqualTo(Table.builder().name("orders").databaseName("shop").build());
        assertThatThrownBy(() -> client.getTables(request -> request.databaseName("shop").attributesToGet(TableAttributes.TABLE_TYPE))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.getTables(request -> request.databaseName("none"))).isInstanceOf(EntityNotFoundException.class);
        // the token holds for the arguments that it was given with
        String token = client.getTables(request -> request.databaseName("shop").maxResults(1)).nextToken();
        assertThatThrownBy(() -> client.getTables(request -> request.databaseName("shop").expression("o*").nextToken(token))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void testErrors()
    {
        glue.createTable("shop", "t", "year:int");
        assertThatThrownBy(() -> glue.createTable("shop", "T")).isInstanceOf(AlreadyExistsException.class).hasMessageContaining("Table shop.t already exists.");
        assertThatThrownBy(() -> glue.createTable("none", "t")).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Database none not found.");
        assertThatThrownBy(() -> client.getTable(request -> request.databaseName("shop").name("none"))).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Table shop.none not found.");
        assertThatThrownBy(() -> client.getTable(request -> request.databaseName("none").name("none"))).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Database none not found.");
        assertThatThrownBy(() -> client.deleteTable(request -> request.databaseName("shop").name("none"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName("shop").tableInput(input -> input.name("none")))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName("shop").name("t").tableInput(input -> input.name("u")))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.createTable(request -> request.databaseName("shop").tableInput(input -> input.name("u").partitionKeys(column("a:int"))).partitionIndexes(index -> index.indexName("i").keys("b"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.createTable(request -> request.databaseName("shop").tableInput(input -> input.name("u").storageDescriptor(storage -> storage.columns(column("c:int").toBuilder().comment("x".repeat(256)).build())))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Value at 'tableInput.storageDescriptor.columns.1.member.comment' failed to satisfy constraint: Member must have length less than or equal to 255");
        assertThatThrownBy(() -> client.createTable(request -> request.databaseName("shop").tableInput(input -> input.name("u").storageDescriptor(storage -> storage.columns(column -> column.type("int"))))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'tableInput.storageDescriptor.columns.1.member.name'");
        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName("shop").viewUpdateAction("ADD").tableInput(input -> input.name("t")))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.getTable(request -> request.databaseName("shop").name("t").transactionId("1"))).isInstanceOf(InvalidInputException.class);

        glue.createPartition("shop", "t", "2018");
        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName("shop").tableInput(input -> input.name("t"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has partitions");
    }

    @Test
    void testBatchDelete()
    {
        glue.createTable("shop", "a");
        glue.createTable("shop", "b", "year:int");
        glue.createPartition("shop", "b", "2018");
        List<TableError> errors = client.batchDeleteTable(request -> request.databaseName("shop").tablesToDelete("a", "none", "B")).errors();
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.tableName()).isEqualTo("none");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        assertThat(tables("")).isEmpty();
        assertThatThrownBy(() -> client.batchDeleteTable(request -> request.databaseName("shop").tablesToDelete(IntStream.range(0, 101).mapToObj(i -> "t" + i).toList())))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("less than or equal to 100");
    }

    @Test
    void testOneOfManyWritersWinsEachVersion()
            throws Exception
    {
        int clients = 8;
        int rounds = 5;
        glue.createTable("shop", "t");
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            for (int round = 0; round < rounds; round++) {
                String version = Integer.toString(round);
                List<Callable<Boolean>> writers = IntStream.range(0, clients)
                        .<Callable<Boolean>>mapToObj(writer -> () -> {
                            try {
                                update("writer " + writer, version, null);
                                return true;
                            }
                            catch (ConcurrentModificationException e) {
                                return false;
                            }
                        })
                        .toList();
                int winners = 0;
                for (Future<Boolean> won : executor.invokeAll(writers)) {
                    winners += won.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        }
        assertThat(versions()).containsExactly("5", "4", "3", "2", "1", "0");
    }

    private void update(String description, String version, Boolean skipArchive)
    {
        client.updateTable(request -> request.databaseName("shop").versionId(version).skipArchive(skipArchive).tableInput(input -> input.name("t").description(description)));
    }

    private Table version(String version)
    {
        return client.getTableVersion(request -> request.databaseName("shop").tableName("t").versionId(version)).tableVersion().table();
    }

    private List<String> versions()
    {
        return client.getTableVersionsPaginator(request -> request.databaseName("shop").tableName("t").maxResults(2)).stream()
                .flatMap(page -> page.tableVersions().stream())
                .map(TableVersion::versionId)
                .toList();
    }

    private List<String> tables(String expression)
    {
        return client.getTablesPaginator(request -> request.databaseName("shop").expression(expression).maxResults(2)).stream()
                .flatMap(page -> page.tableList().stream())
                .map(Table::name)
                .toList();
    }
}
