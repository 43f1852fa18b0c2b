package io.tarn.server.connector;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.airlift.units.Duration;
import io.tarn.TarnPlugin;
import io.tarn.server.lake.LakeServices;
import io.trino.Session;
import io.trino.plugin.tpch.TpchPlugin;
import io.trino.testing.BaseConnectorTest;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorBehavior;
import io.trino.testing.sql.TestTable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static io.trino.plugin.tpch.TpchMetadata.TINY_SCHEMA_NAME;
import static io.trino.testing.QueryAssertions.copyTpchTables;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_ADD_COLUMN_WITH_POSITION;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_ADD_FIELD;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_AGGREGATION_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_CREATE_MATERIALIZED_VIEW;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_DEFAULT_COLUMN_VALUE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_DROP_FIELD;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_LIMIT_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_MERGE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_NOT_NULL_CONSTRAINT;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_PREDICATE_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_RENAME_FIELD;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_RENAME_SCHEMA;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_REPORTING_WRITTEN_BYTES;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_ROW_LEVEL_DELETE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_SET_COLUMN_TYPE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_TOPN_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_UPDATE;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Trino's own test of connectors, over the local Glue and S3.
 */
public class TestTarnConnectorTest
        extends BaseConnectorTest
{
    private static final String CATALOG = "tarn";
    private static final String SCHEMA = "tpch";
    private static final int MAX_GLUE_NAME_LENGTH = 255;
    private static final String TOO_LONG = "Member must have length less than or equal to 255";
    private static final String CANNOT_MODIFY = "cannot be changed one by one: only whole partitions can be deleted, by a filter on partition keys alone";

    private static final Set<TestingConnectorBehavior> UNSUPPORTED = Sets.immutableEnumSet(
            SUPPORTS_ADD_COLUMN_WITH_POSITION,
            SUPPORTS_ADD_FIELD,
            SUPPORTS_AGGREGATION_PUSHDOWN,
            SUPPORTS_CREATE_MATERIALIZED_VIEW,
            SUPPORTS_DEFAULT_COLUMN_VALUE,
            SUPPORTS_DROP_FIELD,
            SUPPORTS_LIMIT_PUSHDOWN,
            SUPPORTS_MERGE,
            SUPPORTS_NOT_NULL_CONSTRAINT,
            SUPPORTS_PREDICATE_PUSHDOWN,
            SUPPORTS_RENAME_FIELD,
            SUPPORTS_RENAME_SCHEMA,
            SUPPORTS_ROW_LEVEL_DELETE,
            SUPPORTS_SET_COLUMN_TYPE,
            SUPPORTS_TOPN_PUSHDOWN,
            SUPPORTS_UPDATE);

    // what the engine's suite does not expect of a connector
    private static final Set<TestingConnectorBehavior> BEYOND = Sets.immutableEnumSet(SUPPORTS_REPORTING_WRITTEN_BYTES);

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        LakeServices services = closeAfterClass(new LakeServices());
        QueryRunner queryRunner = DistributedQueryRunner.builder(testSessionBuilder().setCatalog(CATALOG).setSchema(SCHEMA).build()).build();
        try {
            queryRunner.installPlugin(new TpchPlugin());
            queryRunner.createCatalog("tpch", "tpch");
            queryRunner.installPlugin(new TarnPlugin());
            queryRunner.createCatalog(CATALOG, "tarn", ImmutableMap.<String, String>builder()
                    .putAll(services.tarnGlueProperties())
                    .put("glue.default-warehouse-dir", LakeServices.location("warehouse"))
                    .put("storage.kind", "s3")
                    .putAll(services.s3Properties(services.s3Endpoint()))
                    .buildOrThrow());
            queryRunner.execute("CREATE SCHEMA " + SCHEMA);
            copyTpchTables(queryRunner, "tpch", TINY_SCHEMA_NAME, REQUIRED_TPCH_TABLES);
            return queryRunner;
        }
        catch (Throwable t) {
            queryRunner.close();
            throw t;
        }
    }

    @Override
    protected boolean hasBehavior(TestingConnectorBehavior connectorBehavior)
    {
        if (UNSUPPORTED.contains(connectorBehavior)) {
            return false;
        }
        return BEYOND.contains(connectorBehavior) || super.hasBehavior(connectorBehavior);
    }

    @Override
    protected Session withoutSmallFileThreshold(Session session)
    {
        return Session.builder(session)
                .setCatalogSessionProperty(CATALOG, "parquet_small_file_threshold", "0B")
                .setCatalogSessionProperty(CATALOG, "orc_small_file_threshold", "0B")
                .build();
    }

    @Override
    protected OptionalInt maxSchemaNameLength()
    {
        return OptionalInt.of(MAX_GLUE_NAME_LENGTH);
    }

    @Override
    protected OptionalInt maxTableNameLength()
    {
        return OptionalInt.of(MAX_GLUE_NAME_LENGTH);
    }

    @Override
    protected OptionalInt maxColumnNameLength()
    {
        return OptionalInt.of(MAX_GLUE_NAME_LENGTH);
    }

    @Override
    protected void verifySchemaNameLengthFailurePermissible(Throwable e)
    {
        assertThat(e).hasMessageContaining(TOO_LONG);
    }

    @Override
    protected void verifyTableNameLengthFailurePermissible(Throwable e)
    {
        assertThat(e).hasMessageContaining(TOO_LONG);
    }

    @Override
    protected void verifyColumnNameLengthFailurePermissible(Throwable e)
    {
        assertThat(e).hasMessageContaining(TOO_LONG);
    }

    @Override
    protected boolean isColumnNameRejected(Exception exception, String columnName, boolean delimited)
    {
        return exception.getMessage().startsWith("Hive column names must not ") && exception.getMessage().endsWith(": '%s'".formatted(columnName));
    }

    @Override
    protected Optional<DataMappingTestSetup> filterDataMappingSmokeTestData(DataMappingTestSetup setup)
    {
        return switch (setup.getTrinoTypeName()) {
            // Hive has no such types
            case "time", "time(6)", "timestamp(3) with time zone", "timestamp(6) with time zone" -> Optional.of(setup.asUnsupported());
            // milliseconds are kept, as in Athena, so that the values of the test are not found again
            case "timestamp(6)" -> Optional.empty();
            default -> Optional.of(setup);
        };
    }

    // the suite's ten seconds are short where the machine is busy
    @Override
    protected Duration getConcurrentInsertTimeout()
    {
        return new Duration(30, SECONDS);
    }

    @Override
    protected TestTable createTableWithDefaultColumns()
    {
        return abort("Glue keeps no default values of columns");
    }

    // a schema is created with the location below the warehouse, and shows it
    @Test
    @Override
    public void testShowCreateSchema()
    {
        assertThat((String) computeScalar("SHOW CREATE SCHEMA tpch")).isEqualTo(
                """
                CREATE SCHEMA tarn.tpch
                WITH (
                   location = '%s'
                )""".formatted(LakeServices.location("warehouse/tpch")));
    }

    // the format is a property that every table has, and is shown
    @Test
    @Override
    public void testShowCreateTable()
    {
        assertThat((String) computeScalar("SHOW CREATE TABLE orders")).isEqualTo(
                """
                CREATE TABLE tarn.tpch.orders (
                   orderkey bigint,
                   custkey bigint,
                   orderstatus varchar(1),
                   totalprice double,
                   orderdate date,
                   orderpriority varchar(15),
                   clerk varchar(15),
                   shippriority integer,
                   comment varchar(79)
                )
                WITH (
                   format = 'PARQUET'
                )""");
    }

    // the message says what is possible instead
    @Test
    @Override
    public void testRenameSchema()
    {
        assertQueryFails("ALTER SCHEMA tpch RENAME TO renamed", "Glue cannot rename a database: create renamed and move the tables of tpch there");
    }

    // Parquet is read by name, as in Athena: values under the old name are out of sight, unless it is read by position
    @Test
    @Override
    public void testRenameColumn()
    {
        try (TestTable table = newTrinoTable("test_rename_column_", "AS SELECT 'some value' x")) {
            assertUpdate("ALTER TABLE " + table.getName() + " RENAME COLUMN x TO Y");
            assertUpdate("ALTER TABLE " + table.getName() + " RENAME COLUMN IF EXISTS absent TO z");
            assertQueryFails("ALTER TABLE " + table.getName() + " RENAME COLUMN absent TO z", ".* Column 'absent' does not exist");
            assertUpdate("INSERT INTO " + table.getName() + " VALUES 'another'", 1);
            assertQuery("SELECT y FROM " + table.getName(), "VALUES NULL, 'another'");
            assertQuery(parquetByPosition(), "SELECT y FROM " + table.getName(), "VALUES 'some value', 'another'");
            assertUpdate("ALTER TABLE " + table.getName() + " RENAME COLUMN y TO x");
            assertQuery("SELECT * FROM " + table.getName(), "VALUES 'some value', NULL");
        }
    }

    // as for testRenameColumn
    @Test
    @Override
    public void testAlterTableRenameColumnToLongName()
    {
        String longest = "z".repeat(MAX_GLUE_NAME_LENGTH);
        try (TestTable table = newTrinoTable("test_long_column_", "AS SELECT 123 x")) {
            assertThatThrownBy(() -> assertUpdate("ALTER TABLE " + table.getName() + " RENAME COLUMN x TO " + longest + "z"))
                    .satisfies(this::verifyColumnNameLengthFailurePermissible);
            assertQuery("SELECT x FROM " + table.getName(), "VALUES 123");
            assertUpdate("ALTER TABLE " + table.getName() + " RENAME COLUMN x TO " + longest);
            assertUpdate("INSERT INTO " + table.getName() + " VALUES 456", 1);
            assertQuery("SELECT " + longest + " FROM " + table.getName(), "VALUES NULL, 456");
            assertThat(query("SHOW STATS FOR " + table.getName())).succeeds();
        }
    }

    // as for testRenameColumn: what was dropped is seen again under its name
    @Test
    @Override
    public void testDropAndAddColumnWithSameName()
    {
        try (TestTable table = newTrinoTable("test_drop_add_column_", "AS SELECT 1 x, 2 y, 3 z")) {
            assertUpdate("ALTER TABLE " + table.getName() + " DROP COLUMN y");
            assertQuery("SELECT * FROM " + table.getName(), "VALUES (1, 3)");
            assertUpdate("ALTER TABLE " + table.getName() + " ADD COLUMN y int");
            assertQuery("SELECT * FROM " + table.getName(), "VALUES (1, 3, 2)");
        }
    }

    private Session parquetByPosition()
    {
        return Session.builder(getSession())
                .setCatalogSessionProperty(CATALOG, "parquet_use_column_names", "false")
                .build();
    }

    // rows go by whole partitions only, as in Trino's Hive connector, whose suite turns the same tests around
    @Test
    @Override
    public void testDelete()
    {
        assertRowsStay(super::testDelete);
    }

    @Test
    @Override
    public void testDeleteWithLike()
    {
        assertRowsStay(super::testDeleteWithLike);
    }

    @Test
    @Override
    public void testDeleteWithComplexPredicate()
    {
        assertRowsStay(super::testDeleteWithComplexPredicate);
    }

    @Test
    @Override
    public void testDeleteWithSubquery()
    {
        assertRowsStay(super::testDeleteWithSubquery);
    }

    @Test
    @Override
    public void testExplainAnalyzeWithDeleteWithSubquery()
    {
        assertRowsStay(super::testExplainAnalyzeWithDeleteWithSubquery);
    }

    @Test
    @Override
    public void testDeleteWithSemiJoin()
    {
        assertRowsStay(super::testDeleteWithSemiJoin);
    }

    @Test
    @Override
    public void testDeleteWithVarcharPredicate()
    {
        assertRowsStay(super::testDeleteWithVarcharPredicate);
    }

    // the message of the four that follow says what is possible instead
    @Test
    @Override
    public void verifySupportsRowLevelDeleteDeclaration()
    {
        assertCannotModify("DELETE FROM %s WHERE regionkey = 2");
    }

    @Test
    @Override
    public void verifySupportsUpdateDeclaration()
    {
        assertCannotModify("UPDATE %s SET nationkey = 100 WHERE regionkey = 2");
    }

    @Test
    @Override
    public void verifySupportsRowLevelUpdateDeclaration()
    {
        assertCannotModify("UPDATE %s SET nationkey = nationkey * 100 WHERE regionkey = 2");
    }

    @Test
    @Override
    public void verifySupportsMergeDeclaration()
    {
        assertCannotModify("MERGE INTO %s USING (VALUES 42) t(dummy) ON false WHEN NOT MATCHED THEN INSERT (regionkey) VALUES (1)");
    }

    private void assertCannotModify(String statement)
    {
        try (TestTable table = newTrinoTable("test_cannot_modify_", "AS SELECT * FROM nation")) {
            assertQueryFails(statement.formatted(table.getName()), "Rows of table .* " + CANNOT_MODIFY);
            assertQuery("SELECT * FROM " + table.getName(), "SELECT * FROM nation");
        }
    }

    private static void assertRowsStay(ThrowingCallable test)
    {
        assertThatThrownBy(test).hasStackTraceContaining(CANNOT_MODIFY);
    }
}
