package io.tarn.metastore;

import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.metastore.PrincipalPrivileges;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestLostAnswers
{
    private static final Answer LOST = Answer.truncated("{");
    private static final Answer FAILED = Answer.error(500, "InternalServiceException", "oops");
    private static final Answer THROTTLED = Answer.error(400, "ThrottlingException", "Rate exceeded");
    private static final Answer EXISTS = Answer.error(400, "AlreadyExistsException", "Table already exists");
    private static final Answer MISSING = Answer.error(400, "EntityNotFoundException", "No such table");
    private static final Answer OTHER_VERSION = Answer.error(400, "VersionMismatchException", "Not the version");
    private static final Answer OK = Answer.ok("{}");

    private ScriptedGlue server;

    @BeforeEach
    void setUp()
    {
        server = new ScriptedGlue();
    }

    @AfterEach
    void tearDown()
    {
        server.close();
    }

    @Test
    void testCreate()
            throws Exception
    {
        server.on("CreateTable", LOST, EXISTS, FAILED, EXISTS, LOST, EXISTS, THROTTLED, EXISTS);
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
        server.on("DeleteTable", LOST, MISSING, THROTTLED, MISSING, MISSING);
        try (TestingGlue glue = TestingGlue.on(server.uri())) {
            glue.metastore().dropTable("db", "t", false);
            assertThatThrownBy(() -> glue.metastore().dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
            assertThatThrownBy(() -> glue.metastore().dropTable("db", "t", false)).isInstanceOf(TableNotFoundException.class);
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
