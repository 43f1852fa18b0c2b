package io.tarn.server.write;

import io.tarn.server.lake.LakeFixture;
import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static io.tarn.server.lake.LakeFixture.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What is seen of writes that are under way, or were left so: nothing.
 */
@TestInstance(PER_CLASS)
class TestUnpublishedWrites
{
    private static final String SCHEMA = "unpublished";

    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void tablesThatAreBeingCreatedAreNotListed()
    {
        execute("CREATE SCHEMA s3.creating WITH (location = '%s')".formatted(location("creating")));
        execute("CREATE TABLE s3.creating.shown WITH (partitioned_by = ARRAY['p']) AS SELECT 1 AS a, 'x' AS p");
        execute("CREATE TABLE s3.creating.hidden WITH (partitioned_by = ARRAY['p']) AS SELECT 1 AS a, 'x' AS p");
        changeTable("creating", "hidden", parameters -> parameters.put("tarn.writes.creating", "query_of_somebody"));
        assertThat(text("SHOW TABLES FROM s3.creating")).isEqualTo("[[shown]]");
        assertThat(text("SELECT table_name FROM s3.information_schema.tables WHERE table_schema = 'creating'")).isEqualTo("[[shown]]");
        assertThat(text("SELECT DISTINCT table_name FROM s3.information_schema.columns WHERE table_schema = 'creating'")).isEqualTo("[[shown]]");
        assertThat(text("SELECT count(*) FROM s3.information_schema.columns WHERE table_schema = 'creating' AND table_name = 'hidden'")).isEqualTo("[[0]]");
        for (String table : List.of("hidden", "\"hidden$partitions\"", "\"hidden$files\"", "\"hidden$properties\"")) {
            assertThatThrownBy(() -> execute("SELECT * FROM s3.creating." + table)).hasMessageContaining("does not exist");
        }
        // but the name is taken, and the schema is not empty
        assertThatThrownBy(() -> execute("CREATE TABLE s3.creating.hidden (a bigint)")).hasMessageContaining("is being created by query query_of_somebody");
        execute("DROP TABLE s3.creating.shown");
        assertThatThrownBy(() -> execute("DROP SCHEMA s3.creating")).hasMessageContaining("Schema not empty");
        changeTable("creating", "hidden", parameters -> parameters.remove("tarn.writes.creating"));
        assertThat(text("SHOW TABLES FROM s3.creating")).isEqualTo("[[hidden]]");
        execute("DROP SCHEMA s3.creating CASCADE");
    }

    @Test
    void partitionsOfOpenWritesAreNotShown()
    {
        execute("CREATE SCHEMA s3.%s WITH (location = '%s')".formatted(SCHEMA, location(SCHEMA)));
        execute("CREATE TABLE s3.unpublished.t WITH (partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) t(x, p)");
        String all = "[[a], [b], [c]]";
        assertThat(partitions()).isEqualTo(all);
        // as if an insert that has registered b and c were not published yet
        changeTable(SCHEMA, "t", parameters -> parameters.put("tarn.writes.open", "%s:query_of_somebody:%s".formatted(parameters.get("tarn.writes.last"), System.currentTimeMillis())));
        for (String partition : List.of("b", "c")) {
            changePartition(partition, parameters -> parameters.put("trino_query_id", "query_of_somebody"));
        }
        assertThat(partitions()).isEqualTo("[[a]]");
        assertThat(text("SELECT count(*) FROM s3.unpublished.\"t$partitions\" WHERE p = 'b'")).isEqualTo("[[0]]");
        // rows that somebody else has published in one of them
        execute("INSERT INTO s3.unpublished.t VALUES (4, 'b'), (5, 'd')");
        assertThat(partitions()).isEqualTo("[[a], [b], [d]]");
        changeTable(SCHEMA, "t", parameters -> parameters.remove("tarn.writes.open"));
        assertThat(partitions()).isEqualTo("[[a], [b], [c], [d]]");
        execute("DROP SCHEMA s3.unpublished CASCADE");
    }

    private String partitions()
    {
        return text("SELECT p FROM s3.unpublished.\"t$partitions\" ORDER BY p");
    }

    private void changeTable(String schema, String name, Consumer<Map<String, String>> change)
    {
        Table table = lake.glue().getTable(request -> request.databaseName(schema).name(name)).table();
        Map<String, String> parameters = new HashMap<>(table.parameters());
        change.accept(parameters);
        lake.glue().updateTable(request -> request.databaseName(schema).tableInput(input -> input
                .name(name)
                .tableType(table.tableType())
                .owner(table.owner())
                .storageDescriptor(table.storageDescriptor())
                .partitionKeys(table.partitionKeys())
                .parameters(parameters)));
    }

    private void changePartition(String value, Consumer<Map<String, String>> change)
    {
        Partition partition = lake.glue().getPartition(request -> request.databaseName(SCHEMA).tableName("t").partitionValues(value)).partition();
        Map<String, String> parameters = new HashMap<>(partition.parameters());
        change.accept(parameters);
        lake.glue().updatePartition(request -> request.databaseName(SCHEMA).tableName("t").partitionValueList(value).partitionInput(input -> input
                .values(value)
                .storageDescriptor(partition.storageDescriptor())
                .parameters(parameters)));
    }

    private MaterializedResult execute(String sql)
    {
        return lake.queryRunner().execute(sql);
    }

    private String text(String sql)
    {
        return execute(sql).getMaterializedRows().toString();
    }
}
