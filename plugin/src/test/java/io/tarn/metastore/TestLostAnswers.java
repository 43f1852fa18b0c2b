package io.tarn.metastore;

import io.airlift.units.Duration;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.PrincipalPrivileges;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.FUNCTION_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestLostAnswers
{
    private static final Answer LOST = Answer.truncated("{");
    private static final Answer FAILED = Answer.error(500, "InternalServiceException", "oops");
    private static final Answer EXISTS = Answer.error(400, "AlreadyExistsException", "Table already exists");
    private static final Answer MISSING = Answer.error(400, "EntityNotFoundException", "No such table");
    private static final Answer CONFLICT = Answer.error(400, "ConcurrentModificationException", "Somebody else is at it");
    private static final Answer OTHER_VERSION = Answer.error(400, "VersionMismatchException", "Not the version");
    private static final Answer OK = Answer.ok("{}");

    @AutoClose
    private final ScriptedGlue server = new ScriptedGlue();

    @Test
    void testCreate()
            throws Exception
    {
        server.on("CreateTable", LOST, EXISTS, FAILED, EXISTS, LOST, EXISTS, Answer.THROTTLED, EXISTS);
        server.on("GetTable", stored("1"), stored("1"), stored("2"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().createTable(table("1"), NO_PRIVILEGES);
            glue.metastore().createTable(table("1"), NO_PRIVILEGES);
            // somebody else's
            assertThatThrownBy(() -> glue.metastore().createTable(table("1"), NO_PRIVILEGES)).isInstanceOf(TableAlreadyExistsException.class);
            // what was throttled was not done
            assertThatThrownBy(() -> glue.metastore().createTable(table("2"), NO_PRIVILEGES)).isInstanceOf(TableAlreadyExistsException.class);
            assertThat(server.calls("CreateTable")).hasSize(8);
        }
    }

    @Test
    void testDrop()
            throws Exception
    {
        server.on("DeleteTable", LOST, MISSING, Answer.THROTTLED, MISSING, MISSING);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().dropTable("db", "t", false);
            assertThatThrownBy(() -> glue.metastore().dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
            assertThatThrownBy(() -> glue.metastore().dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
        }
    }

    @Test
    void testThrottledBetween()
            throws Exception
    {
        // the client gives up in between, and is asked once more
        server.on("CreateTable", LOST, Answer.THROTTLED, Answer.THROTTLED, Answer.THROTTLED, EXISTS);
        server.on("GetTable", stored("1"));
        try (TestingGlue glue = TestingGlue.on(TestingGlue.config(server.uri()).setThrottlingPatience(new Duration(1, MINUTES)))) {
            glue.metastore().createTable(table("1"), NO_PRIVILEGES);
            assertThat(server.calls("CreateTable")).hasSize(5);
        }
    }

    @Test
    void testConflictBetween()
            throws Exception
    {
        server.on("DeleteTable", LOST, CONFLICT, MISSING, CONFLICT, MISSING);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().dropTable("db", "t", false);
            assertThatThrownBy(() -> glue.metastore().dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
        }
    }

    @Test
    void testAddPartitions()
            throws Exception
    {
        Answer created = Answer.ok("{'Errors': []}");
        Answer existing = Answer.ok("{'Errors': [{'PartitionValues': ['1'], 'ErrorDetail': {'ErrorCode': 'AlreadyExistsException', 'ErrorMessage': 'Partition already exists'}}]}");
        server.on("BatchCreatePartition", LOST, existing, FAILED, created, LOST, existing, existing, Answer.THROTTLED, existing, LOST, existing);
        server.on("BatchGetPartition", partition("1", "s3://bucket/t/1"), partition("2", "s3://bucket/t/1"), partition("1", "s3://bucket/t/1"), partition("1", "s3://bucket/t/1"), partition("1", "s3://bucket/elsewhere"));
        server.on("BatchDeletePartition", Answer.ok("{'Errors': []}"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            addPartitions(glue);
            addPartitions(glue);
            // of other parameters, so that it is somebody else's
            assertThatThrownBy(() -> addPartitions(glue)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            // as wanted, but nothing was lost
            assertThatThrownBy(() -> addPartitions(glue)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            assertThatThrownBy(() -> addPartitions(glue)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            // at another place
            assertThatThrownBy(() -> addPartitions(glue)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            assertThat(server.calls("BatchCreatePartition")).hasSize(11);
            // the other partition, which each of the four had created
            assertThat(server.calls("BatchDeletePartition")).hasSize(4).allSatisfy(call -> assertThat(call.get("PartitionsToDelete").toString()).isEqualTo("[{\"Values\":[\"2\"]}]"));
        }
    }

    @Test
    void testFunctions()
            throws Exception
    {
        UserFunction function = new UserFunction("db", "f", Optional.of("io.example.F"), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        server.on("CreateUserDefinedFunction", LOST, EXISTS, LOST, EXISTS, EXISTS);
        server.on("GetUserDefinedFunction", function("io.example.F"), function("io.example.Other"));
        server.on("DeleteUserDefinedFunction", LOST, MISSING, MISSING);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            UserFunctions functions = glue.metastore().userFunctions();
            functions.create(function);
            assertThatThrownBy(() -> functions.create(function)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            assertThatThrownBy(() -> functions.create(function)).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(ALREADY_EXISTS.toErrorCode()));
            functions.drop("db", "f");
            assertThatThrownBy(() -> functions.drop("db", "f")).isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(FUNCTION_NOT_FOUND.toErrorCode()));
        }
    }

    @Test
    void testDropPartition()
            throws Exception
    {
        server.on("DeletePartition", FAILED, MISSING, MISSING);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().dropPartition("db", "t", List.of("1"), false);
            assertThatThrownBy(() -> glue.metastore().dropPartition("db", "t", List.of("1"), false)).isInstanceOf(PartitionNotFoundException.class);
        }
    }

    @Test
    void testReplace()
            throws Exception
    {
        PrincipalPrivileges privileges = NO_PRIVILEGES;
        server.on("UpdateTable", LOST, OTHER_VERSION, LOST, OTHER_VERSION, OK);
        server.on("GetTable", stored("1"), stored("2"), stored("1"), stored("3"));
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().replaceTable("db", "t", table("2"), privileges, Map.of());
            // between the lost answer and the next attempt somebody else changed it
            assertThatThrownBy(() -> glue.metastore().replaceTable("db", "t", table("2"), privileges, Map.of()))
                    .isInstanceOfSatisfying(TrinoException.class, e -> assertThat(e.getErrorCode()).isEqualTo(TRANSACTION_CONFLICT.toErrorCode()));
        }
    }

    private static void addPartitions(TestingGlue glue)
    {
        glue.metastore().addPartitions("db", "t", Stream.of("1", "2")
                .map(value -> new PartitionWithStatistics(
                        Partition.builder()
                                .setDatabaseName("db")
                                .setTableName("t")
                                .setValues(List.of(value))
                                .setColumns(List.of(new Column("id", HiveType.HIVE_LONG, Optional.empty(), Map.of())))
                                .setParameters(Map.of("mark", "1"))
                                .withStorage(storage -> storage.setStorageFormat(StorageFormat.create("serde", "input", "output")).setLocation("s3://bucket/t/" + value))
                                .build(),
                        "day=" + value,
                        PartitionStatistics.empty()))
                .toList());
    }

    private static Answer partition(String mark, String location)
    {
        return Answer.ok("{'Partitions': [{'Values': ['1'], 'Parameters': {'mark': '%s'}, 'StorageDescriptor': {'Location': '%s', 'Columns': [{'Name': 'id', 'Type': 'bigint'}]}}], 'UnprocessedKeys': []}".formatted(mark, location));
    }

    private static Answer function(String className)
    {
        return Answer.ok("{'UserDefinedFunction': {'FunctionName': 'f', 'DatabaseName': 'db', 'ClassName': '%s', 'ResourceUris': []}}".formatted(className));
    }

    private static Answer stored(String mark)
    {
        return Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db', 'TableType': 'EXTERNAL_TABLE', 'VersionId': '1', 'Parameters': {'mark': '%s'}, 'StorageDescriptor': {'Location': 's3://bucket/t', 'Columns': [{'Name': 'id', 'Type': 'bigint'}]}}}".formatted(mark));
    }

    private static Table table(String mark)
    {
        return Table.builder()
                .setDatabaseName("db")
                .setTableName("t")
                .setOwner(Optional.empty())
                .setTableType("EXTERNAL_TABLE")
                .setParameters(Map.of("mark", mark))
                .setDataColumns(List.of(new Column("id", HiveType.HIVE_LONG, Optional.empty(), Map.of())))
                .withStorage(storage -> storage.setStorageFormat(StorageFormat.create("serde", "input", "output")).setLocation("s3://bucket/t"))
                .build();
    }
}
