package io.tarn.server.lake;

import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Base64;
import java.util.List;
import java.util.Map;

import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Views as Athena and Trino keep them in Glue.
 */
@TestInstance(PER_CLASS)
final class TestViews
{
    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        Declared table = Declared.json("numbers", "n bigint", "name string");
        lake.put(table.folder() + "lines.json", "{\"n\": 1, \"name\": \"one\"}\n{\"n\": 2, \"name\": \"two\"}\n".getBytes(UTF_8));
        lake.declare(table);
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void anAthenaViewHasNoOwner()
    {
        create("athenas",
                """
                {"originalSql": "SELECT name, n FROM numbers WHERE n > 1", "catalog": "awsdatacatalog", "schema": "%s",
                 "columns": [{"name": "name", "type": "varchar"}, {"name": "n", "type": "bigint"}]}""".formatted(SCHEMA));
        for (String catalog : lake.tarnCatalogs()) {
            assertThat(rows(catalog, "SELECT * FROM athenas")).isEqualTo("[[two, 2]]");
            assertThat(rows(catalog, "SELECT table_type FROM information_schema.tables WHERE table_schema = '%s' AND table_name = 'athenas'".formatted(SCHEMA))).isEqualTo("[[VIEW]]");
            assertThat(rows(catalog, "SHOW CREATE VIEW athenas")).contains("SECURITY INVOKER");
            assertThat(rows(catalog, "DESCRIBE athenas")).isEqualTo("[[name, varchar, , ], [n, bigint, , ]]");
        }
    }

    @Test
    void aTrinoViewRunsAsItsOwner()
    {
        create("trinos",
                """
                {"originalSql": "SELECT sum(n) s FROM s3.%s.numbers", "catalog": "s3", "schema": "%1$s", "owner": "alice", "runAsInvoker": false, "path": [],
                 "columns": [{"name": "s", "type": "bigint"}]}""".formatted(SCHEMA));
        assertThat(rows("s3", "SELECT s FROM trinos")).isEqualTo("[[3]]");
        assertThat(rows("s3", "SHOW CREATE VIEW trinos")).contains("SECURITY DEFINER");
    }

    @Test
    void viewsThatCannotBeRead()
    {
        create("hives", null);
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(view("garbled").viewOriginalText("/* Presto View: !!! */").build()));
        for (String catalog : lake.tarnCatalogs()) {
            assertThatThrownBy(() -> rows(catalog, "SELECT * FROM hives")).isInstanceOf(QueryFailedException.class)
                    .hasMessageContaining("View %s.hives is written in Hive's dialect".formatted(SCHEMA));
            assertThatThrownBy(() -> rows(catalog, "SELECT * FROM garbled")).isInstanceOf(QueryFailedException.class)
                    .hasMessageContaining("The definition of view %s.garbled cannot be decoded".formatted(SCHEMA));
            // the others are listed all the same
            assertThat(rows(catalog, "SELECT count(*) FROM information_schema.columns WHERE table_schema = '%s' AND table_name = 'numbers'".formatted(SCHEMA))).isEqualTo("[[2]]");
        }
    }

    private void create(String name, String definition)
    {
        String text = definition == null ? "SELECT * FROM numbers" : "/* Presto View: " + Base64.getEncoder().encodeToString(definition.getBytes(UTF_8)) + " */";
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(view(name).viewOriginalText(text).build()));
    }

    private static TableInput.Builder view(String name)
    {
        return TableInput.builder()
                .name(name)
                .tableType("VIRTUAL_VIEW")
                .parameters(Map.of("presto_view", "true", "comment", "Presto View"))
                .partitionKeys(List.of())
                .viewExpandedText("/* Presto View */")
                .storageDescriptor(storage -> storage.columns(Declared.columns("name string", "n bigint")).location("").serdeInfo(_ -> {}));
    }

    private String rows(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
