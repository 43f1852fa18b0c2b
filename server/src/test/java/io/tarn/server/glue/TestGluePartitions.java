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
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource
final class TestGluePartitions
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
        glue.createTable("shop", "t", "year:int", "page:string");
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    @Test
    void testLife()
    {
        glue.createPartition("shop", "t", "2018", "Dogs");
        Partition partition = partition("2018", "Dogs");
        assertThat(partition.values()).containsExactly("2018", "Dogs");
        assertThat(partition.databaseName()).isEqualTo("shop");
        assertThat(partition.tableName()).isEqualTo("t");
        assertThat(partition.catalogId()).isEqualTo("000000000000");
        assertThat(partition.creationTime()).isNotNull();
        assertThat(partition.storageDescriptor().location()).isEqualTo("s3://bucket/2018/Dogs");

        client.updatePartition(request -> request.databaseName("SHOP").tableName("T").partitionValueList("2018", "Dogs").partitionInput(input -> input
                .values("2019", "Cats")
                .parameters(Map.of("k", "v"))));
        assertThatThrownBy(() -> partition("2018", "Dogs")).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Cannot find partition [2018, Dogs] of shop.t.");
        assertThat(partition("2019", "Cats"))
                .isEqualTo(partition.toBuilder().values("2019", "Cats").parameters(Map.of("k", "v")).storageDescriptor((StorageDescriptor) null).build());

        client.deletePartition(request -> request.databaseName("shop").tableName("t").partitionValues("2019", "Cats"));
        assertThat(select(null)).isEmpty();
        assertThatThrownBy(() -> client.deletePartition(request -> request.databaseName("shop").tableName("t").partitionValues("2019", "Cats"))).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void testErrors()
    {
        glue.createPartition("shop", "t", "2018", "Dogs");
        glue.createPartition("shop", "t", "2018", "Cats");
        glue.createTable("shop", "plain");
        assertThatThrownBy(() -> glue.createPartition("shop", "t", "2018", "Dogs")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createPartition("shop", "none", "2018")).isInstanceOf(EntityNotFoundException.class).hasMessageContaining("Table shop.none");
        assertThatThrownBy(() -> glue.createPartition("shop", "t", "2018"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The number of partition keys do not match the number of partition values: table shop.t has the keys [year, page], the values are [2018]");
        assertThatThrownBy(() -> glue.createPartition("shop", "plain")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> partition("2018")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client.updatePartition(request -> request.databaseName("shop").tableName("t").partitionValueList("2018", "Dogs").partitionInput(input -> input.values("2018", "Cats"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> client.updatePartition(request -> request.databaseName("shop").tableName("t").partitionValueList("1", "x").partitionInput(input -> input.values("1", "x"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updatePartition(request -> request.databaseName("shop").tableName("t").partitionValueList("2018", "Dogs").partitionInput(_ -> {})))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.createPartition("shop", "t", "2018", "x".repeat(1025))).isInstanceOf(ValidationException.class).hasMessageContaining("'partitionInput.values.2.member'");
        assertThatThrownBy(() -> client.createPartition(request -> request.databaseName("shop").tableName("t"))).isInstanceOf(ValidationException.class).hasMessageContaining("'partitionInput'");
    }

    @Test
    void testValuesOfAnyCharacters()
    {
        List<List<String>> hostile = List.of(
                List.of("1", "a/b"),
                List.of("1", "a%2fb"),
                List.of("1/a", "b"),
                List.of("", ""),
                List.of("1", "line\nbreak\ttab \u0000 nul"),
                List.of("1", "' OR 1=1 --"),
                List.of("1", "ü \uD83D\uDE00 %"));
        hostile.forEach(values -> glue.createPartition("shop", "t", values.toArray(String[]::new)));
        assertThat(partitions(_ -> {})).extracting(Partition::values).containsExactlyInAnyOrderElementsOf(hostile);
        hostile.forEach(values -> assertThat(partition(values.toArray(String[]::new)).values()).isEqualTo(values));
        assertThat(client.getPartitionsPaginator(request -> request.databaseName("shop").tableName("t").maxResults(1)).stream().flatMap(page -> page.partitions().stream()))
                .extracting(Partition::values)
                .containsExactlyInAnyOrderElementsOf(hostile);
    }

    @Test
    void testExpressions()
    {
        for (int year = 2016; year < 2020; year++) {
            for (String page : List.of("Cats", "Dogs", "__HIVE_DEFAULT_PARTITION__")) {
                glue.createPartition("shop", "t", Integer.toString(year), page);
            }
        }
        assertThat(select(null)).hasSize(12);
        assertThat(select("year > 2018 AND page = 'Dogs'")).containsExactly("2019/Dogs");
        assertThat(select("(year = '2016' OR year = '2017') AND NOT page IN ('Dogs')")).containsExactly("2016/Cats", "2017/Cats");
        assertThat(select("page IS NULL AND year BETWEEN 2017 AND 2018")).containsExactly("2017/__HIVE_DEFAULT_PARTITION__", "2018/__HIVE_DEFAULT_PARTITION__");
        assertThat(select("page LIKE 'C%' and year <> 2016")).containsExactly("2017/Cats", "2018/Cats", "2019/Cats");
        assertThat(select("year < 1000")).isEmpty();

        assertThatThrownBy(() -> select("year = "))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Table shop.t: Invalid expression at position 7: expected a literal, found the end");
        assertThatThrownBy(() -> select("id = 1")).isInstanceOf(InvalidInputException.class).hasMessageContaining("'id' is not a partition key; the table has [year, page]");
        assertThatThrownBy(() -> select("page = '" + "x".repeat(2048) + "'")).isInstanceOf(ValidationException.class).hasMessageContaining("'expression'");
        glue.createPartition("shop", "t", "next", "Dogs");
        assertThatThrownBy(() -> select("year > 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Partition [next, Dogs]: the value of year is 'next', which is not a number");
    }

    @Test
    void testPagesAndSegments()
    {
        int count = 250;
        for (int start = 0; start < count; start += 50) {
            List<PartitionInput> inputs = IntStream.range(start, start + 50)
                    .mapToObj(i -> PartitionInput.builder().values(Integer.toString(i), i % 2 == 0 ? "even" : "odd").build())
                    .toList();
            assertThat(client.batchCreatePartition(request -> request.databaseName("shop").tableName("t").partitionInputList(inputs)).errors()).isEmpty();
        }
        List<Partition> all = partitions(_ -> {});
        assertThat(all).hasSize(count).doesNotHaveDuplicates();
        assertThat(partitions(request -> request.maxResults(7))).isEqualTo(all);
        assertThat(partitions(request -> request.maxResults(7).expression("page = 'odd'"))).hasSize(count / 2);

        List<Partition> segments = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int segment = number;
            List<Partition> part = partitions(request -> request.maxResults(11).segment(builder -> builder.segmentNumber(segment).totalSegments(4)));
            assertThat(part).hasSizeBetween(count / 8, count / 2);
            segments.addAll(part);
        }
        assertThat(segments).containsExactlyInAnyOrderElementsOf(all);

        GetPartitionsResponse page = client.getPartitions(request -> request.databaseName("shop").tableName("t").maxResults(7));
        for (Consumer<GetPartitionsRequest.Builder> other : List.<Consumer<GetPartitionsRequest.Builder>>of(
                request -> request.nextToken(page.nextToken() + "A"),
                request -> request.nextToken("249/odd"),
                request -> request.nextToken(page.nextToken()).expression("year = 1"),
                request -> request.nextToken(page.nextToken()).segment(segment -> segment.segmentNumber(0).totalSegments(2)))) {
            assertThatThrownBy(() -> client.getPartitions(request -> other.accept(request.databaseName("shop").tableName("t")))).isInstanceOf(InvalidInputException.class).hasMessageContaining("NextToken");
        }
        assertThatThrownBy(() -> partitions(request -> request.segment(segment -> segment.segmentNumber(2).totalSegments(2)))).isInstanceOf(ValidationException.class).hasMessageContaining("segmentNumber");
        assertThatThrownBy(() -> partitions(request -> request.segment(segment -> segment.segmentNumber(0).totalSegments(11)))).isInstanceOf(ValidationException.class).hasMessageContaining("totalSegments");
        assertThatThrownBy(() -> partitions(request -> request.maxResults(1001))).isInstanceOf(ValidationException.class);
    }

    @Test
    void testAnswersAreBounded()
    {
        // ten partitions of 900 kB each: no page holds them all
        String large = "x".repeat(450_000);
        for (int i = 0; i < 10; i++) {
            String year = Integer.toString(i);
            client.createPartition(request -> request.databaseName("shop").tableName("t").partitionInput(input -> input
                    .values(year, "p")
                    .parameters(Map.of("a", large, "b", large))));
        }
        assertThat(client.getPartitions(request -> request.databaseName("shop").tableName("t")).partitions()).hasSize(5);
        assertThat(partitions(_ -> {})).hasSize(10);

        List<PartitionValueList> keys = IntStream.range(0, 10).mapToObj(i -> PartitionValueList.builder().values(Integer.toString(i), "p").build()).toList();
        BatchGetPartitionResponse response = client.batchGetPartition(request -> request.databaseName("shop").tableName("t").partitionsToGet(keys));
        assertThat(response.partitions()).hasSize(5);
        assertThat(response.unprocessedKeys()).isEqualTo(keys.subList(5, 10));
    }

    @Test
    void testExcludeColumnSchema()
    {
        glue.createPartition("shop", "t", "2018", "Dogs");
        assertThat(partitions(request -> request.excludeColumnSchema(true))).singleElement().satisfies(partition -> {
            assertThat(partition.storageDescriptor().hasColumns()).isFalse();
            assertThat(partition.storageDescriptor().location()).isEqualTo("s3://bucket/2018/Dogs");
        });
        assertThat(partitions(request -> request.excludeColumnSchema(false)).getFirst().storageDescriptor().columns()).hasSize(1);
    }

    @Test
    void testBatches()
    {
        glue.createPartition("shop", "t", "1", "a");
        List<PartitionError> errors = client.batchCreatePartition(request -> request.databaseName("shop").tableName("t").partitionInputList(
                input -> input.values("1", "a"),
                input -> input.values("2", "a"),
                input -> input.values("3"),
                input -> input.values("2", "a"))).errors();
        assertThat(errors).extracting(error -> error.partitionValues() + " " + error.errorDetail().errorCode())
                .containsExactly("[1, a] AlreadyExistsException", "[3] InvalidInputException", "[2, a] AlreadyExistsException");
        assertThat(select(null)).containsExactly("1/a", "2/a");

        BatchGetPartitionResponse found = client.batchGetPartition(request -> request.databaseName("shop").tableName("t").partitionsToGet(
                key -> key.values("2", "a"), key -> key.values("9", "a"), key -> key.values("1", "a")));
        assertThat(found.partitions()).extracting(Partition::values).containsExactly(List.of("2", "a"), List.of("1", "a"));
        assertThat(found.unprocessedKeys()).isEmpty();

        assertThat(client.batchUpdatePartition(request -> request.databaseName("shop").tableName("t").entries(
                entry -> entry.partitionValueList("1", "a").partitionInput(input -> input.values("1", "a").parameters(Map.of("k", "v"))),
                entry -> entry.partitionValueList("9", "a").partitionInput(input -> input.values("9", "a")),
                entry -> entry.partitionValueList("2", "a").partitionInput(input -> input.values("1", "a")))).errors())
                .extracting(error -> error.partitionValueList() + " " + error.errorDetail().errorCode())
                .containsExactly("[9, a] EntityNotFoundException", "[2, a] AlreadyExistsException");
        assertThat(partition("1", "a").parameters()).isEqualTo(Map.of("k", "v"));

        assertThat(client.batchDeletePartition(request -> request.databaseName("shop").tableName("t").partitionsToDelete(
                key -> key.values("1", "a"), key -> key.values("9", "a"))).errors())
                .extracting(error -> error.partitionValues() + " " + error.errorDetail().errorCode())
                .containsExactly("[9, a] EntityNotFoundException");
        assertThat(select(null)).containsExactly("2/a");
    }

    @Test
    void testBatchLimits()
    {
        List<PartitionInput> inputs = IntStream.range(0, 101).mapToObj(i -> PartitionInput.builder().values(Integer.toString(i), "a").build()).toList();
        List<PartitionValueList> keys = IntStream.range(0, 1001).mapToObj(i -> PartitionValueList.builder().values(Integer.toString(i), "a").build()).toList();
        List<BatchUpdatePartitionRequestEntry> entries = inputs.stream().map(input -> BatchUpdatePartitionRequestEntry.builder().partitionValueList(input.values()).partitionInput(input).build()).toList();
        assertThatThrownBy(() -> client.batchCreatePartition(request -> request.databaseName("shop").tableName("t").partitionInputList(inputs)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Value at 'partitionInputList' failed to satisfy constraint: Member must have length less than or equal to 100");
        assertThatThrownBy(() -> client.batchGetPartition(request -> request.databaseName("shop").tableName("t").partitionsToGet(keys))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> client.batchDeletePartition(request -> request.databaseName("shop").tableName("t").partitionsToDelete(keys.subList(0, 26)))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> client.batchUpdatePartition(request -> request.databaseName("shop").tableName("t").entries(entries))).isInstanceOf(ValidationException.class);
        assertThat(select(null)).isEmpty();
        assertThat(client.batchGetPartition(request -> request.databaseName("shop").tableName("t").partitionsToGet(keys.subList(0, 1000))).partitions()).isEmpty();
    }

    private Partition partition(String... values)
    {
        return client.getPartition(request -> request.databaseName("shop").tableName("t").partitionValues(values)).partition();
    }

    private List<Partition> partitions(Consumer<GetPartitionsRequest.Builder> arguments)
    {
        return client.getPartitionsPaginator(request -> arguments.accept(request.databaseName("shop").tableName("t"))).stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    private List<String> select(String expression)
    {
        return partitions(request -> request.expression(expression)).stream()
                .map(partition -> String.join("/", partition.values()))
                .toList();
    }
}
