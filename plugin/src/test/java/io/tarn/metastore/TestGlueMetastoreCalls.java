package io.tarn.metastore;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.StatisticsUpdateMode;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.ConnectorIdentity;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_ERROR;
import static io.tarn.error.TarnErrorCode.TARN_METASTORE_UNAVAILABLE;
import static io.trino.metastore.HiveType.HIVE_INT;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How many calls are made for a thing, with what in them, and what becomes of answers that are not the usual ones.
 */
class TestGlueMetastoreCalls
{
    private static final Answer DONE = Answer.ok("{}");
    private static final Answer CONFLICT = Answer.error(400, "ConcurrentModificationException", "Table was changed");
    private static final Answer MISSING = Answer.error(400, "EntityNotFoundException", "Entity not found");
    private static final Answer EXISTS = Answer.error(400, "AlreadyExistsException", "Already exists");

    private ScriptedGlue server;
    private TestingGlue glue;
    private GlueMetastore metastore;

    @BeforeEach
    void setUp()
    {
        server = new ScriptedGlue();
        glue = TestingGlue.on(TestingGlue.config(server.uri()).setPartitionsSegments(3));
        metastore = glue.metastore();
    }

    @AfterEach
    void tearDown()
            throws Exception
    {
        glue.close();
        server.close();
    }

    @Test
    void testSmallTableIsListedInOneCall()
    {
        server.on("GetPartitions", partitions("2", "1", "__HIVE_DEFAULT_PARTITION__"));
        assertThat(names(TupleDomain.all())).contains(List.of("year=1", "year=2", "year=__HIVE_DEFAULT_PARTITION__"));
        assertThat(server.calls("GetPartitions")).singleElement().satisfies(request -> {
            assertThat(request.path("ExcludeColumnSchema").asBoolean()).isTrue();
            assertThat(request.path("MaxResults").asInt()).isEqualTo(1000);
            assertThat(request.has("Expression")).isFalse();
            assertThat(request.has("Segment")).isFalse();
        });
    }

    @Test
    void testLargeTableIsListedInSegments()
    {
        server.on("GetPartitions", request -> {
            if (!request.has("Segment")) {
                return Answer.ok("{'Partitions': [{'Values': ['0']}], 'NextToken': 'more'}");
            }
            int segment = request.path("Segment").path("SegmentNumber").asInt();
            assertThat(request.path("Segment").path("TotalSegments").asInt()).isEqualTo(3);
            if (!request.has("NextToken")) {
                return Answer.ok("{'Partitions': [{'Values': ['%s']}], 'NextToken': 'page 2'}".formatted(segment));
            }
            assertThat(request.path("NextToken").asText()).isEqualTo("page 2");
            return partitions(Integer.toString(segment + 10));
        });
        assertThat(names(TupleDomain.all())).contains(List.of("year=0", "year=1", "year=10", "year=11", "year=12", "year=2"));
        assertThat(server.calls("GetPartitions")).hasSize(1 + 3 * 2);
    }

    @Test
    void testAnswerIsFilteredAgain()
    {
        server.on("GetPartitions", partitions("1", "2", "3", "one", "__HIVE_DEFAULT_PARTITION__"));
        assertThat(names(year(2))).contains(List.of("year=2", "year=one"));
        assertThat(server.calls("GetPartitions")).singleElement().satisfies(request -> assertThat(request.path("Expression").asText()).isEqualTo("(year = 2)"));
        assertThat(names(TupleDomain.none())).contains(List.of());
        assertThat(server.callCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidInputException", "InvalidStateException"})
    void testRefusedExpression(String code)
    {
        server.on("GetPartitions", request -> request.has("Expression")
                ? Answer.error(400, code, "__HIVE_DE is not an integer")
                : partitions("1", "2", "__HIVE_DEFAULT_PARTITION__"));
        assertThat(names(year(2))).contains(List.of("year=2"));
        assertThat(server.calls("GetPartitions")).hasSize(2);
        assertThat(glue.stats().getRefusedExpressions().getTotalCount()).isEqualTo(1);
    }

    @Test
    void testNamesAreEscaped()
    {
        server.on("GetPartitions", Answer.ok("{'Partitions': [{'Values': ['a/b=c %', '2024-01-01 10:00:00']}]}"));
        List<String> names = metastore.getPartitionNamesByFilter("db", "t", List.of("City", "ts"), TupleDomain.all()).orElseThrow();
        assertThat(names).containsExactly("city=a%2Fb%3Dc %25/ts=2024-01-01 10%3A00%3A00");

        server.on("BatchGetPartition", Answer.ok("{'Partitions': [{'Values': ['a/b=c %', '2024-01-01 10:00:00']}]}"));
        assertThat(metastore.getPartitionsByNames(table(), names)).containsOnlyKeys(names).allSatisfy((_, partition) -> assertThat(partition).isPresent());
    }

    @Test
    void testPartitionWithTooFewValues()
    {
        server.on("GetPartitions", partitions("1"));
        assertFails(TARN_INVALID_METADATA, () -> metastore.getPartitionNamesByFilter("db", "t", List.of("year", "month"), TupleDomain.all()))
                .hasMessage("Partition [1] of table db.t has 1 values for the 2 partition keys [year, month]. Drop it from the catalogue and add it again");
    }

    @Test
    void testMissingTable()
    {
        for (String operation : List.of("GetTable", "GetPartitions", "BatchGetPartition", "GetPartition", "GetColumnStatisticsForTable", "GetColumnStatisticsForPartition", "DeleteTable", "GetTables", "GetDatabase", "BatchCreatePartition", "DeletePartition", "GetUserDefinedFunctions")) {
            server.on(operation, MISSING);
        }
        assertThat(metastore.getTable("db", "t")).isEmpty();
        assertThat(metastore.getDatabase("db")).isEmpty();
        assertThat(metastore.getTables("db")).isEmpty();
        assertThat(metastore.getAllFunctions("db")).isEmpty();
        assertThat(names(TupleDomain.all())).isEmpty();
        assertThat(metastore.getPartition(table(), List.of("1"))).isEmpty();
        assertThat(metastore.getPartitionColumnStatistics("db", "t", Set.of("year=1"), Set.of("c"))).isEqualTo(Map.of("year=1", Map.of()));
        assertThatThrownBy(() -> metastore.getPartitionsByNames(table(), List.of("year=1"))).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> metastore.getTableColumnStatistics("db", "t", Set.of("c"))).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> metastore.dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> metastore.commentTable("db", "t", Optional.empty())).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> metastore.addPartitions("db", "t", List.of(partition("1")))).isInstanceOf(TableNotFoundException.class);
        assertThatThrownBy(() -> metastore.dropPartition("db", "t", List.of("1"), false))
                .isInstanceOf(PartitionNotFoundException.class)
                .hasMessage("Partition [1] of table 'db.t' not found");
    }

    @Test
    void testPartitionsAreReadInBatchesAndUnprocessedOnesAgain()
    {
        server.on("BatchGetPartition", request -> {
            List<String> keys = values(request, "PartitionsToGet");
            assertThat(keys).hasSizeLessThanOrEqualTo(1000);
            // half of them, and none with a 7
            List<String> processed = keys.subList(0, (keys.size() + 1) / 2);
            List<String> unprocessed = keys.subList((keys.size() + 1) / 2, keys.size());
            return Answer.ok("{'Partitions': [%s], 'UnprocessedKeys': [%s]}".formatted(
                    processed.stream().filter(key -> !key.contains("7")).map("{'Values': ['%s']}"::formatted).collect(joining(",")),
                    unprocessed.stream().map("{'Values': ['%s']}"::formatted).collect(joining(","))));
        });
        List<String> names = IntStream.range(0, 1500).mapToObj("year=%s"::formatted).toList();
        Map<String, Optional<Partition>> partitions = metastore.getPartitionsByNames(table(), names);
        assertThat(partitions.keySet()).containsExactlyElementsOf(names);
        assertThat(partitions).allSatisfy((name, partition) -> assertThat(partition.isPresent()).isEqualTo(!name.contains("7")));
        // 1000, 500, 250 … 1 and 500, 250 … 1
        assertThat(server.calls("BatchGetPartition")).hasSize(10 + 9);
    }

    @Test
    void testPartitionsThatStayUnprocessed()
    {
        server.on("BatchGetPartition", request -> Answer.ok("{'UnprocessedKeys': [%s]}".formatted(values(request, "PartitionsToGet").stream().map("{'Values': ['%s']}"::formatted).collect(joining(",")))));
        assertFails(TARN_METASTORE_UNAVAILABLE, () -> metastore.getPartitionsByNames(table(), List.of("year=1", "year=2")))
                .hasMessage("Glue leaves 2 of 2 partitions of db.t unread after 4 attempts, the first of them [1]. Try again later");
        assertThat(server.callCount()).isEqualTo(4);
    }

    @Test
    void testPartitionsAreAddedInBatches()
    {
        server.on("BatchCreatePartition", DONE);
        metastore.addPartitions("db", "t", IntStream.range(0, 250).mapToObj(year -> partition(Integer.toString(year))).toList());
        assertThat(server.calls("BatchCreatePartition")).extracting(request -> request.path("PartitionInputList").size()).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(server.callCount()).isEqualTo(3);
        assertThat(server.calls("BatchCreatePartition").getFirst().at("/PartitionInputList/0/Parameters/numRows").asText()).isEqualTo("7");
        metastore.addPartitions("db", "t", List.of());
        assertThat(server.callCount()).isEqualTo(3);
    }

    @Test
    void testPartitionsThatCannotAllBeAdded()
    {
        server.on("BatchCreatePartition", request -> values(request, "PartitionInputList").contains("50")
                        ? Answer.ok("{'Errors': [{'PartitionValues': ['50'], 'ErrorDetail': {'ErrorCode': 'AlreadyExistsException', 'ErrorMessage': 'Partition already exists.'}}]}")
                        : DONE)
                .on("BatchGetPartition", partitions("50"))
                .on("BatchDeletePartition", DONE);
        assertFails(ALREADY_EXISTS, () -> metastore.addPartitions("db", "t", IntStream.range(0, 90).mapToObj(year -> partition(Integer.toString(year))).toList()))
                .hasMessage("1 of the partitions of table db.t cannot be created: [50] (AlreadyExistsException: Partition already exists.)");
        // those that were created are removed again, and only those
        assertThat(server.calls("BatchDeletePartition")).extracting(request -> request.path("PartitionsToDelete").size()).containsExactlyInAnyOrder(25, 25, 25, 14);
        assertThat(server.calls("BatchDeletePartition")).allSatisfy(request -> assertThat(values(request, "PartitionsToDelete")).doesNotContain("50"));
    }

    @Test
    void testPartitionsWhoseAnswerWasLost()
    {
        server.on("BatchCreatePartition", Answer.error(500, "InternalServiceException", "lost"), Answer.ok("{'Errors': [{'PartitionValues': ['1'], 'ErrorDetail': {'ErrorCode': 'AlreadyExistsException'}}]}"))
                .on("BatchGetPartition", Answer.ok("{'Partitions': [{'Values': ['1'], 'Parameters': {'trino_query_id': 'q1'}}]}"));
        PartitionWithStatistics added = partition("1", partition -> partition.setParameters(ImmutableMap.of("trino_query_id", "q1")));
        metastore.addPartitions("db", "t", List.of(added));
        PartitionWithStatistics others = partition("1", partition -> partition.setParameters(ImmutableMap.of("trino_query_id", "q2")));
        server.on("BatchDeletePartition", DONE);
        assertFails(ALREADY_EXISTS, () -> metastore.addPartitions("db", "t", List.of(others)));
    }

    @Test
    void testPartitionsAreDroppedInBatches()
    {
        server.on("BatchDeletePartition", Answer.ok("{'Errors': [{'PartitionValues': ['1'], 'ErrorDetail': {'ErrorCode': 'EntityNotFoundException'}}]}"), DONE);
        metastore.dropPartitions("db", "t", IntStream.range(0, 60).mapToObj(year -> List.of(Integer.toString(year))).toList());
        assertThat(server.calls("BatchDeletePartition")).extracting(request -> request.path("PartitionsToDelete").size()).containsExactlyInAnyOrder(25, 25, 10);

        server.on("BatchDeletePartition", Answer.ok("{'Errors': [{'PartitionValues': ['1'], 'ErrorDetail': {'ErrorCode': 'InternalServiceException', 'ErrorMessage': 'oops'}}]}"));
        metastore.dropPartitions("db", "t", List.of(List.of("1")));
        assertFails(TARN_METASTORE_ERROR, () -> metastore.dropPartitions("db", "t", List.of(List.of("1"))))
                .hasMessage("1 of the partitions of table db.t cannot be dropped: [1] (InternalServiceException: oops)");
    }

    @Test
    void testChangeIsMadeToTheVersionThatWasRead()
    {
        server.on("GetTable", glueTable("3"), glueTable("4")).on("UpdateTable", CONFLICT, DONE);
        metastore.addColumn("db", "t", "added", HiveType.HIVE_STRING, "new");
        assertThat(server.calls("UpdateTable")).extracting(request -> request.path("VersionId").asText()).containsExactly("3", "4");
        assertThat(server.calls("UpdateTable").getLast().at("/TableInput/StorageDescriptor/Columns/1/Name").asText()).isEqualTo("added");
        assertThat(server.calls("UpdateTable").getLast().at("/TableInput/Retention").asInt()).isEqualTo(9);
    }

    @Test
    void testChangeThatIsAlwaysOvertaken()
    {
        server.on("GetTable", glueTable("3")).on("UpdateTable", CONFLICT);
        assertFails(TRANSACTION_CONFLICT, () -> metastore.commentTable("db", "t", Optional.of("new")))
                .hasMessage("Table db.t was changed by somebody else since its version 3 was read. Run the statement again");
        assertThat(server.calls("UpdateTable")).hasSize(4);
    }

    @Test
    void testReplacementIsNotRepeated()
    {
        server.on("GetTable", glueTable("3")).on("UpdateTable", CONFLICT);
        assertFails(TRANSACTION_CONFLICT, () -> metastore.replaceTable("db", "t", table(), NO_PRIVILEGES, Map.of()));
        assertThat(server.calls("UpdateTable")).hasSize(1);
    }

    @Test
    void testIcebergTableThatHasMovedOn()
    {
        server.on("GetTable", Answer.ok("{'Table': {'Name': 't', 'VersionId': '1', 'Parameters': {'table_type': 'ICEBERG', 'metadata_location': 's3://lake/2.json'}}}"))
                .on("UpdateTable", DONE);
        Table stale = Table.builder(table()).setParameter("table_type", "ICEBERG").setParameter("previous_metadata_location", "s3://lake/1.json").build();
        assertFails(TRANSACTION_CONFLICT, () -> metastore.replaceTable("db", "t", stale, NO_PRIVILEGES, Map.of()))
                .hasMessageContaining("its metadata is at s3://lake/2.json, but the change was made to s3://lake/1.json");
        metastore.replaceTable("db", "t", stale.withParameters(ImmutableMap.of("table_type", "ICEBERG", "previous_metadata_location", "s3://lake/2.json")), NO_PRIVILEGES, Map.of());
        assertThat(server.calls("UpdateTable")).hasSize(1);
    }

    @Test
    void testTableWhoseAnswerWasLost()
    {
        server.on("CreateTable", Answer.error(500, "InternalServiceException", "lost"), EXISTS)
                .on("GetTable", Answer.ok("{'Table': {'Name': 't', 'Parameters': {'trino_query_id': 'q1'}}}"));
        metastore.createTable(Table.builder(table()).setParameter("trino_query_id", "q1").build(), NO_PRIVILEGES);
        assertThatThrownBy(() -> metastore.createTable(Table.builder(table()).setParameter("trino_query_id", "q2").build(), NO_PRIVILEGES))
                .isInstanceOf(TableAlreadyExistsException.class);
        assertThatThrownBy(() -> metastore.createTable(table(), NO_PRIVILEGES))
                .isInstanceOf(TableAlreadyExistsException.class);
    }

    @Test
    void testRename()
    {
        server.on("GetTable", glueTable("3"))
                .on("CreateTable", DONE)
                .on("GetPartitions", Answer.ok("{'Partitions': [{'Values': ['1'], 'StorageDescriptor': {'Location': 's3://lake/t/1'}}], 'NextToken': 'more'}"), partitions("2"))
                .on("BatchCreatePartition", DONE)
                .on("GetColumnStatisticsForTable", Answer.ok("{'ColumnStatisticsList': [{'ColumnName': 'c', 'ColumnType': 'int', 'StatisticsData': {'Type': 'LONG', 'LongColumnStatisticsData': {'NumberOfNulls': 0, 'NumberOfDistinctValues': 1}}}]}"))
                .on("UpdateColumnStatisticsForTable", DONE)
                .on("DeleteTable", DONE);
        metastore.renameTable("db", "t", "other", "renamed");
        assertThat(server.calls("CreateTable")).singleElement().satisfies(request -> {
            assertThat(request.path("DatabaseName").asText()).isEqualTo("other");
            assertThat(request.at("/TableInput/Name").asText()).isEqualTo("renamed");
            assertThat(request.at("/TableInput/Retention").asInt()).isEqualTo(9);
        });
        assertThat(server.calls("BatchCreatePartition")).hasSize(2).allSatisfy(request -> assertThat(request.path("TableName").asText()).isEqualTo("renamed"));
        assertThat(server.calls("UpdateColumnStatisticsForTable")).hasSize(1);
        assertThat(server.calls("DeleteTable")).extracting(request -> request.path("Name").asText()).containsExactly("t");
    }

    @Test
    void testRenameThatFailsLeavesTheOldTable()
    {
        server.on("GetTable", glueTable("3"))
                .on("CreateTable", DONE)
                .on("GetPartitions", partitions("1"))
                .on("BatchCreatePartition", Answer.error(400, "ResourceNumberLimitExceededException", "too many"))
                .on("BatchDeletePartition", DONE)
                .on("DeleteTable", DONE);
        assertFails(TARN_METASTORE_ERROR, () -> metastore.renameTable("db", "t", "db", "renamed")).hasMessageContaining("too many");
        assertThat(server.calls("DeleteTable")).extracting(request -> request.path("Name").asText()).containsExactly("renamed");
    }

    @Test
    void testDropWithData()
            throws Exception
    {
        TrinoFileSystem fileSystem = glue.fileSystems().create(ConnectorIdentity.ofUser("test"));
        for (String path : List.of("memory:///managed/f", "memory:///external/f")) {
            try (OutputStream out = fileSystem.newOutputFile(Location.of(path)).create()) {
                out.write(1);
            }
        }
        server.on(
                        "GetTable",
                        Answer.ok("{'Table': {'Name': 't', 'TableType': 'MANAGED_TABLE', 'StorageDescriptor': {'Location': 'memory:///managed'}}}"),
                        Answer.ok("{'Table': {'Name': 't', 'TableType': 'EXTERNAL_TABLE', 'StorageDescriptor': {'Location': 'memory:///external'}}}"),
                        Answer.ok("{'Table': {'Name': 't', 'TableType': 'MANAGED_TABLE', 'StorageDescriptor': {'Location': 'memory:///'}}}"))
                .on("DeleteTable", DONE);
        metastore.dropTable("db", "t", true);
        metastore.dropTable("db", "t", true);
        metastore.dropTable("db", "t", true);
        assertThat(fileSystem.newInputFile(Location.of("memory:///managed/f")).exists()).isFalse();
        assertThat(fileSystem.newInputFile(Location.of("memory:///external/f")).exists()).isTrue();
    }

    @Test
    void testStatisticsAreAddedToThoseThereAre()
    {
        server.on("GetTable", Answer.ok("{'Table': {'Name': 't', 'VersionId': '3', 'Parameters': {'numRows': '5', 'other': 'x'}, 'StorageDescriptor': {'Columns': [{'Name': 'c', 'Type': 'int'}]}}}"))
                .on("UpdateTable", CONFLICT, DONE)
                .on("GetColumnStatisticsForTable", Answer.ok("{'ColumnStatisticsList': [{'ColumnName': 'c', 'StatisticsData': {'Type': 'LONG', 'LongColumnStatisticsData': {'NumberOfNulls': 0, 'NumberOfDistinctValues': 1}}}]}"))
                .on("DeleteColumnStatisticsForTable", DONE);
        metastore.updateTableStatistics("db", "t", OptionalLong.empty(), StatisticsUpdateMode.MERGE_INCREMENTAL, rows(2));
        JsonNode update = server.calls("UpdateTable").getLast();
        assertThat(update.at("/TableInput/Parameters/numRows").asText()).isEqualTo("7");
        assertThat(update.at("/TableInput/Parameters/other").asText()).isEqualTo("x");
        assertThat(update.path("SkipArchive").asBoolean()).isTrue();
        // one for each try of the change
        assertThat(server.calls("GetTable")).hasSize(2);
        // what is known of the column no longer holds
        assertThat(server.calls("DeleteColumnStatisticsForTable")).extracting(request -> request.path("ColumnName").asText()).containsExactly("c");

        int before = server.callCount();
        metastore.updateTableStatistics("db", "t", OptionalLong.empty(), StatisticsUpdateMode.MERGE_INCREMENTAL, rows(0));
        assertThat(server.callCount()).isEqualTo(before);
    }

    @Test
    void testTableNamesWithParameters()
    {
        server.on("GetTables", Answer.ok("{'TableList': [{'Name': 'a', 'Parameters': {'k': '1'}}, {'Name': 'b'}], 'NextToken': 'more'}"), Answer.ok("{'TableList': [{'Name': 'c', 'Parameters': {'k': '2'}}, {'Name': 'd', 'Parameters': {'k': '3'}}]}"));
        assertThat(metastore.getTableNamesWithParameters("db", "k", Set.of("1", "3", ""))).containsExactly("a", "d");
        assertThat(server.calls("GetTables")).hasSize(2);
    }

    @Test
    void testPartitionStatisticsAreUpdatedTogether()
    {
        server.on("BatchGetPartition", partitions("1", "2"))
                .on("BatchUpdatePartition", DONE)
                .on("GetColumnStatisticsForPartition", DONE);
        metastore.updatePartitionStatistics(table(), StatisticsUpdateMode.OVERWRITE_ALL, Map.of("year=1", rows(3), "year=2", rows(4)));
        assertThat(server.calls("BatchUpdatePartition")).singleElement().satisfies(request -> assertThat(request.path("Entries")).hasSize(2));
    }

    @Test
    void testOneQueryAsksOnce()
    {
        server.on("GetTable", glueTable("1"))
                .on("GetPartitions", partitions("1", "2"))
                .on("BatchGetPartition", partitions("1", "2"))
                .on("GetDatabase", MISSING)
                .on("UpdateTable", DONE);
        QueryMetastores queries = new QueryMetastores(metastore, 100);
        HiveMetastore query = queries.forQuery();
        for (int i = 0; i < 3; i++) {
            Table table = query.getTable("db", "t").orElseThrow();
            List<String> names = query.getPartitionNamesByFilter("db", "t", List.of("year"), TupleDomain.all()).orElseThrow();
            assertThat(query.getPartitionsByNames(table, names)).hasSize(2);
            assertThat(query.getDatabase("none")).isEmpty();
        }
        assertThat(server.callCount()).isEqualTo(4);
        assertThat(glue.stats().callCount()).isEqualTo(4);

        // what it changes it reads again
        query.commentTable("db", "t", Optional.of("new"));
        query.getTable("db", "t");
        assertThat(server.calls("GetTable")).hasSize(3);

        queries.forQuery().getTable("db", "t");
        assertThat(server.calls("GetTable")).hasSize(4);
    }

    @Test
    void testCatalogIdIsInEveryRequest()
            throws Exception
    {
        server.on("GetTable", glueTable("1")).on("GetPartitions", partitions("1")).on("BatchCreatePartition", DONE);
        try (TestingGlue other = TestingGlue.on(TestingGlue.config(server.uri()).setCatalogId("123456789012"))) {
            other.metastore().getTable("db", "t");
            other.metastore().getPartitionNamesByFilter("db", "t", List.of("year"), TupleDomain.all());
            other.metastore().addPartitions("db", "t", List.of(partition("1")));
        }
        for (String operation : List.of("GetTable", "GetPartitions", "BatchCreatePartition")) {
            assertThat(server.calls(operation)).singleElement().satisfies(request -> assertThat(request.path("CatalogId").asText()).isEqualTo("123456789012"));
        }
    }

    private Optional<List<String>> names(TupleDomain<String> filter)
    {
        return metastore.getPartitionNamesByFilter("db", "t", List.of("year"), filter);
    }

    private static TupleDomain<String> year(long year)
    {
        return TupleDomain.withColumnDomains(ImmutableMap.of("year", Domain.singleValue(INTEGER, year)));
    }

    private static Answer partitions(String... values)
    {
        return Answer.ok("{'Partitions': [%s]}".formatted(List.of(values).stream().map("{'Values': ['%s']}"::formatted).collect(joining(","))));
    }

    private static Answer glueTable(String version)
    {
        return Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db', 'VersionId': '%s', 'Retention': 9, 'StorageDescriptor': {'Columns': [{'Name': 'c', 'Type': 'int'}]}, 'PartitionKeys': [{'Name': 'year', 'Type': 'int'}]}}".formatted(version));
    }

    private static List<String> values(JsonNode request, String list)
    {
        return StreamSupport.stream(request.path(list).spliterator(), false)
                .map(entry -> entry.path("Values").path(0).asText())
                .toList();
    }

    private static Table table()
    {
        return Table.builder()
                .setDatabaseName("db")
                .setTableName("t")
                .setOwner(Optional.empty())
                .setTableType("EXTERNAL_TABLE")
                .setDataColumns(ImmutableList.of(column("c")))
                .setPartitionColumns(ImmutableList.of(column("year")))
                .withStorage(storage -> storage.setStorageFormat(StorageFormat.NULL_STORAGE_FORMAT))
                .build();
    }

    private static Column column(String name)
    {
        return new Column(name, HIVE_INT, Optional.empty(), ImmutableMap.of());
    }

    private static PartitionWithStatistics partition(String year)
    {
        return partition(year, _ -> {});
    }

    private static PartitionWithStatistics partition(String year, Consumer<Partition.Builder> consumer)
    {
        Partition.Builder builder = Partition.builder()
                .setDatabaseName("db")
                .setTableName("t")
                .setValues(List.of(year))
                .setColumns(List.of(column("c")))
                .withStorage(storage -> storage.setStorageFormat(StorageFormat.NULL_STORAGE_FORMAT).setLocation("s3://lake/t/year=" + year));
        consumer.accept(builder);
        return new PartitionWithStatistics(builder.build(), "year=" + year, rows(7));
    }

    private static PartitionStatistics rows(long count)
    {
        return new PartitionStatistics(new HiveBasicStatistics(OptionalLong.empty(), OptionalLong.of(count), OptionalLong.empty(), OptionalLong.empty()), ImmutableMap.of());
    }

    private static AbstractThrowableAssert<?, ?> assertFails(ErrorCodeSupplier errorCode, ThrowingCallable callable)
    {
        return assertThatThrownBy(callable)
                .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(errorCode.toErrorCode()));
    }
}
