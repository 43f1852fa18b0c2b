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
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource
final class TestPartitionIndexes
{
    private static final List<String> EXPRESSIONS = List.of(
            "year = 2018",
            "year = 2018 AND page = 'p3'",
            "page = 'p3'",
            "page IN ('p1', 'p7', 'none') AND year >= 2017",
            "year BETWEEN 2016 AND 2017 AND day = '2018-01-05'",
            "day > '2018-01-20'",
            "day < '2018-01-03' OR day = '2018-01-28'",
            "page LIKE 'p1%'",
            "page IS NULL",
            "NOT (year = 2018)",
            "year = 2018 OR page = 'p1'",
            "year > 3000");

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
        glue.createTable("shop", "t", "year:int", "page:string", "day:date");
    }

    @AfterEach
    void stop()
    {
        glue.close();
    }

    @Test
    void testAnswersAreTheSame()
    {
        fill();
        List<List<String>> without = EXPRESSIONS.stream().map(this::select).toList();
        assertThat(without.get(1)).isNotEmpty();

        createIndex("by_day", "day");
        createIndex("by_page", "page", "year");
        createIndex("all", "year", "page", "day");
        awaitBackground();
        assertThat(indexes()).extracting(PartitionIndexDescriptor::indexName).containsExactly("all", "by_day", "by_page");
        assertThat(indexes()).extracting(PartitionIndexDescriptor::indexStatus).containsOnly(PartitionIndexStatus.ACTIVE);
        assertThat(indexes().getLast().keys()).containsExactly(
                KeySchemaElement.builder().name("page").type("string").build(),
                KeySchemaElement.builder().name("year").type("int").build());
        for (int i = 0; i < EXPRESSIONS.size(); i++) {
            String expression = EXPRESSIONS.get(i);
            assertThat(select(expression)).as(expression).containsExactlyInAnyOrderElementsOf(without.get(i));
            List<String> segments = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                int segment = number;
                segments.addAll(values(request -> request.expression(expression).maxResults(5).segment(part -> part.segmentNumber(segment).totalSegments(3))));
            }
            assertThat(segments).as(expression).containsExactlyInAnyOrderElementsOf(without.get(i));
        }
    }

    private void fill()
    {
        List<PartitionInput> inputs = new ArrayList<>();
        for (int year = 2016; year < 2020; year++) {
            for (int page = 0; page < 12; page++) {
                for (int day = 1; day < 30; day += 3) {
                    inputs.add(PartitionInput.builder()
                            .values(Integer.toString(year), page == 9 ? "__HIVE_DEFAULT_PARTITION__" : "p" + page, "2018-01-%02d".formatted(day))
                            .build());
                }
            }
        }
        for (int start = 0; start < inputs.size(); start += 100) {
            List<PartitionInput> batch = inputs.subList(start, Math.min(start + 100, inputs.size()));
            assertThat(client.batchCreatePartition(request -> request.databaseName("shop").tableName("t").partitionInputList(batch)).errors()).isEmpty();
        }
    }

    @Test
    void testOnlyItsPartOfTheTableIsLookedAt()
    {
        glue.createPartition("shop", "t", "2018", "good", "2018-01-01");
        glue.createPartition("shop", "t", "next year", "bad", "2018-01-01");
        String expression = "year = 2018 AND page = 'good'";
        assertThatThrownBy(() -> select(expression)).isInstanceOf(InvalidInputException.class).hasMessageContaining("'next year'");
        createIndex("by_page", "page");
        awaitBackground();
        assertThat(select(expression)).containsExactly("2018/good/2018-01-01");
        // what is asked for is still looked at
        createIndex("by_year", "year");
        awaitBackground();
        assertThatThrownBy(() -> select("year = 2018")).isInstanceOf(InvalidInputException.class).hasMessageContaining("'next year'");
    }

    @Test
    void testItFollowsThePartitions()
    {
        createIndex("by_page", "page");
        glue.createPartition("shop", "t", "2018", "a", "2018-01-01");
        glue.createPartition("shop", "t", "2019", "a", "2018-01-01");
        assertThat(select("page = 'a'")).containsExactly("2018/a/2018-01-01", "2019/a/2018-01-01");
        client.updatePartition(request -> request.databaseName("shop").tableName("t").partitionValueList("2018", "a", "2018-01-01").partitionInput(input -> input.values("2018", "b", "2018-01-01")));
        assertThat(select("page = 'a'")).containsExactly("2019/a/2018-01-01");
        assertThat(select("page = 'b'")).containsExactly("2018/b/2018-01-01");
        client.deletePartition(request -> request.databaseName("shop").tableName("t").partitionValues("2019", "a", "2018-01-01"));
        assertThat(select("page = 'a'")).isEmpty();
        client.deleteTable(request -> request.databaseName("shop").name("t"));
        glue.createTable("shop", "t", "year:int", "page:string", "day:date");
        assertThat(indexes()).isEmpty();
    }

    @Test
    void testALaterPageGoesOnInTheSameOrder()
    {
        fill();
        createIndex("by_page", "page");
        awaitBackground();
        GetPartitionsResponse first = client.getPartitions(request -> request.databaseName("shop").tableName("t").expression("page = 'p3'").maxResults(7));
        // a better one, which this listing does not change to
        createIndex("by_page_and_day", "page", "day");
        awaitBackground();
        List<String> rest = values(request -> request.expression("page = 'p3'").maxResults(7).nextToken(first.nextToken()));
        assertThat(rest).hasSize(33);
        client.deletePartitionIndex(request -> request.databaseName("shop").tableName("t").indexName("by_page"));
        assertThatThrownBy(() -> values(request -> request.expression("page = 'p3'").maxResults(7).nextToken(first.nextToken())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("partition index by_page, which was deleted meanwhile");
        awaitBackground();
        assertThat(indexes()).extracting(PartitionIndexDescriptor::indexName).containsExactly("by_page_and_day");
        assertThat(select("page = 'p3'")).hasSize(40);
    }

    @Test
    void testUnfinishedWorkIsGoneOnWith()
    {
        fill();
        glue.store().write(transaction -> {
            transaction.partitionIndexes().insert(new PartitionIndexRows.PartitionIndexRow("shop", "t", "half", List.of("page"), PartitionIndexRows.Status.CREATING, ""));
            return null;
        });
        // not used before it is whole
        assertThat(select("page = 'p3'")).hasSize(40);
        assertThat(indexes()).extracting(PartitionIndexDescriptor::indexStatus).containsExactly(PartitionIndexStatus.CREATING);
        try (GlueService next = new GlueService(glue.store())) {
            awaitBackground();
        }
        assertThat(indexes()).extracting(PartitionIndexDescriptor::indexStatus).containsExactly(PartitionIndexStatus.ACTIVE);
        assertThat(select("page = 'p3'")).hasSize(40);
    }

    @Test
    void testErrors()
    {
        createIndex("one", "page");
        assertThatThrownBy(() -> createIndex("one", "year")).isInstanceOf(AlreadyExistsException.class).hasMessageContaining("Partition index one of table shop.t already exists");
        assertThatThrownBy(() -> createIndex("other", "PAGE")).isInstanceOf(AlreadyExistsException.class).hasMessageContaining("one of table shop.t is over [page] already");
        assertThatThrownBy(() -> createIndex("wrong", "id")).isInstanceOf(InvalidInputException.class).hasMessageContaining("is over id, which is not one of the partition keys [year, page, day] of table shop.t");
        assertThatThrownBy(() -> createIndex("wrong", "year", "year")).isInstanceOf(InvalidInputException.class).hasMessageContaining("each only once");
        createIndex("two", "year");
        createIndex("three", "day");
        assertThatThrownBy(() -> createIndex("four", "year", "day")).isInstanceOf(ResourceNumberLimitExceededException.class).hasMessageContaining("has 3 partition indexes");
        assertThatThrownBy(() -> client.deletePartitionIndex(request -> request.databaseName("shop").tableName("t").indexName("none"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.getPartitionIndexes(request -> request.databaseName("shop").tableName("none"))).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.updateTable(request -> request.databaseName("shop").tableInput(input -> input
                .name("t")
                .partitionKeys(LocalGlue.column("year:string"), LocalGlue.column("page:string"), LocalGlue.column("day:date")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot change their names, types or order while it has partition indexes ([one, three, two])");
        client.createTable(request -> request.databaseName("shop")
                .tableInput(input -> input.name("u").partitionKeys(LocalGlue.column("year:int")))
                .partitionIndexes(index -> index.indexName("i").keys("year")));
        assertThat(client.getPartitionIndexes(request -> request.databaseName("shop").tableName("u")).partitionIndexDescriptorList()).hasSize(1);
        assertThatThrownBy(() -> client.createTable(request -> request.databaseName("shop")
                .tableInput(input -> input.name("v").partitionKeys(LocalGlue.column("year:int")))
                .partitionIndexes(index -> index.indexName("i").keys("month"))))
                .isInstanceOf(InvalidInputException.class);
        // nothing of it is there
        assertThatThrownBy(() -> client.getTable(request -> request.databaseName("shop").name("v"))).isInstanceOf(EntityNotFoundException.class);
    }

    private void createIndex(String name, String... keys)
    {
        client.createPartitionIndex(request -> request.databaseName("shop").tableName("t").partitionIndex(index -> index.indexName(name).keys(keys)));
    }

    /**
     * Asks until the background is done; each question is a request, so that this does not spin.
     */
    private void awaitBackground()
    {
        while (indexes().stream().anyMatch(index -> index.indexStatus() != PartitionIndexStatus.ACTIVE)) {
            Thread.yield();
        }
    }

    private List<PartitionIndexDescriptor> indexes()
    {
        return client.getPartitionIndexes(request -> request.databaseName("shop").tableName("t")).partitionIndexDescriptorList();
    }

    private List<String> select(String expression)
    {
        return values(request -> request.expression(expression));
    }

    private List<String> values(Consumer<GetPartitionsRequest.Builder> arguments)
    {
        return client.getPartitionsPaginator(request -> arguments.accept(request.databaseName("shop").tableName("t"))).stream()
                .flatMap(page -> page.partitions().stream())
                .map(partition -> String.join("/", partition.values()))
                .toList();
    }
}
