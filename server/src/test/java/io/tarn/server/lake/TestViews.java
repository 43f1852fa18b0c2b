package io.tarn.server.lake;

import io.trino.testing.QueryFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.Executors.newFixedThreadPool;
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
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(view("hives").viewOriginalText("SELECT percentile(n, 0.5), n FROM numbers").viewExpandedText(null).build()));
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(view("garbled").viewOriginalText("/* Presto View: !!! */").build()));
        for (String catalog : lake.tarnCatalogs()) {
            assertThatThrownBy(() -> rows(catalog, "SELECT * FROM hives")).isInstanceOf(QueryFailedException.class)
                    .hasMessageContaining("View %s.hives is written in Hive's dialect and cannot be translated, at line 1, column 8".formatted(SCHEMA));
            assertThatThrownBy(() -> rows(catalog, "SELECT * FROM garbled")).isInstanceOf(QueryFailedException.class)
                    .hasMessageContaining("The definition of view %s.garbled cannot be decoded".formatted(SCHEMA));
            // the others are listed all the same
            assertThat(rows(catalog, "SELECT count(*) FROM information_schema.columns WHERE table_schema = '%s' AND table_name = 'numbers'".formatted(SCHEMA))).isEqualTo("[[2]]");
        }
    }

    @Test
    void viewsOfTarnInTheCatalogue()
    {
        execute("s3", "CREATE VIEW made COMMENT 'what it is' AS SELECT n, name, cast(n AS decimal(5, 1)) d, TIME '01:02:03' t, array[n] a, cast(row(1, 'x') AS row(i integer, v varchar(3))) r FROM numbers");
        software.amazon.awssdk.services.glue.model.Table made = glueTable("made");
        assertThat(made.tableType()).isEqualTo("VIRTUAL_VIEW");
        assertThat(made.viewExpandedText()).isEqualTo("/* Presto View */");
        assertThat(made.viewOriginalText()).startsWith("/* Presto View: ").endsWith(" */");
        assertThat(made.parameters()).containsEntry("presto_view", "true").containsEntry("comment", "Presto View").containsEntry("trino_created_by", "Tarn").containsKeys("trino_version", "trino_query_id");
        assertThat(made.hasPartitionKeys()).isTrue();
        assertThat(made.partitionKeys()).isEmpty();
        assertThat(made.storageDescriptor().location()).isEmpty();
        assertThat(made.storageDescriptor().columns().stream().map(column -> column.name() + " " + column.type()))
                .containsExactly("n bigint", "name string", "d decimal(5,1)", "t string", "a array<bigint>", "r struct<i:int,v:varchar(3)>");
        assertThat(made.owner()).isEqualTo("user");
        for (String catalog : List.of("s3", "hive")) {
            assertThat(rows(catalog, "SELECT * FROM made WHERE n = 2")).isEqualTo("[[2, two, 2.0, 01:02:03, [2], [1, x]]]");
            assertThat(rows(catalog, "SHOW CREATE VIEW made")).contains("COMMENT 'what it is'", "SECURITY DEFINER");
            assertThat(rows(catalog, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = '%s' AND schema_name = '%s' AND table_name = 'made'".formatted(catalog, SCHEMA))).isEqualTo("[[what it is]]");
        }
    }

    @Test
    void eachChangesTheViewsOfTheOther()
    {
        List<List<String>> pairs = List.of(List.of("s3", "hive"), List.of("hive", "s3"));
        for (List<String> pair : pairs) {
            String mine = pair.getFirst();
            String other = pair.getLast();
            String view = "of_" + mine;
            execute(mine, "CREATE VIEW %s SECURITY INVOKER AS SELECT n FROM %s.%s.numbers".formatted(view, mine, SCHEMA));
            assertThat(rows(other, "SELECT sum(n) FROM " + view)).isEqualTo("[[3]]");
            assertThatThrownBy(() -> execute(other, "CREATE VIEW %s AS SELECT 1 x".formatted(view))).hasMessageContaining("already exists");
            execute(other, "COMMENT ON VIEW %s IS 'seen by %s'".formatted(view, other));
            execute(other, "COMMENT ON COLUMN %s.n IS 'a number'".formatted(view));
            for (String catalog : pair) {
                assertThat(rows(catalog, "SHOW CREATE VIEW " + view)).contains("COMMENT 'seen by %s'".formatted(other), "SECURITY INVOKER");
                assertThat(rows(catalog, "DESCRIBE " + view)).isEqualTo("[[n, bigint, , a number]]");
            }
            execute(other, "CREATE OR REPLACE VIEW %s AS SELECT n * 10 n, name FROM %s.%s.numbers".formatted(view, other, SCHEMA));
            assertThat(rows(mine, "SELECT n, name FROM %s ORDER BY n".formatted(view))).isEqualTo("[[10, one], [20, two]]");
            assertThat(rows(mine, "SHOW CREATE VIEW " + view)).doesNotContain("COMMENT");
            execute(other, "ALTER VIEW %s RENAME TO %s_renamed".formatted(view, view));
            assertThat(rows(mine, "SELECT sum(n) FROM %s_renamed".formatted(view))).isEqualTo("[[30]]");
            assertThatThrownBy(() -> execute(mine, "DROP VIEW " + view)).hasMessageContaining("does not exist");
            execute(other, "DROP VIEW %s_renamed".formatted(view));
            assertThatThrownBy(() -> rows(mine, "SELECT * FROM %s_renamed".formatted(view))).hasMessageContaining("does not exist");
        }
    }

    @Test
    void aCommentLeavesAnAthenaViewAsItIs()
    {
        create("commented",
                """
                {"originalSql": "SELECT name FROM numbers", "catalog": "awsdatacatalog", "schema": "%s", "columns": [{"name": "name", "type": "varchar"}]}""".formatted(SCHEMA));
        execute("s3", "COMMENT ON VIEW commented IS 'why'");
        execute("s3", "COMMENT ON COLUMN commented.name IS 'whose'");
        software.amazon.awssdk.services.glue.model.Table table = glueTable("commented");
        String definition = new String(Base64.getDecoder().decode(table.viewOriginalText().substring("/* Presto View: ".length(), table.viewOriginalText().length() - 3)), UTF_8);
        assertThat(definition).contains("\"catalog\":\"awsdatacatalog\"", "\"comment\":\"why\"", "\"comment\":\"whose\"").doesNotContain("s3");
        assertThat(table.parameters()).isEqualTo(Map.of("presto_view", "true", "comment", "Presto View"));
        assertThat(rows("s3", "DESCRIBE commented")).isEqualTo("[[name, varchar, , whose]]");
        execute("s3", "COMMENT ON VIEW commented IS NULL");
        assertThat(rows("s3", "SHOW CREATE VIEW commented")).doesNotContain("why");
    }

    @Test
    void aViewReplacesOnlyViews()
    {
        assertThatThrownBy(() -> execute("s3", "CREATE OR REPLACE VIEW numbers AS SELECT 1 x")).hasMessageContaining("Table already exists");
        assertThatThrownBy(() -> execute("s3", "DROP VIEW numbers")).hasMessageContaining("a table with that name exists");
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(view("kept").viewOriginalText("/* Presto Materialized View: e30= */").parameters(Map.of("presto_view", "true", "comment", "Presto Materialized View")).build()));
        assertThatThrownBy(() -> execute("s3", "CREATE OR REPLACE VIEW kept AS SELECT 1 x")).hasMessageContaining("aterialized view already exists");
        assertThatThrownBy(() -> execute("s3", "DROP VIEW kept")).hasMessageContaining("does not exist");
        assertThat(glueTable("kept").viewOriginalText()).contains("Materialized");
        execute("s3", "CREATE VIEW taken AS SELECT 1 x");
        assertThatThrownBy(() -> execute("s3", "ALTER VIEW taken RENAME TO numbers")).hasMessageContaining("a table with that name exists");
        assertThatThrownBy(() -> execute("s3", "CREATE VIEW nowhere.v AS SELECT 1 x")).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> execute("s3", "ALTER VIEW taken SET AUTHORIZATION bob")).hasMessageContaining("does not support permission management");
        assertThatThrownBy(() -> execute("s3", "CREATE VIEW long AS SELECT '%s' x".formatted("x".repeat(310_000)))).hasMessageContaining("Glue keeps at most 409600");
    }

    @Test
    void extraProperties()
    {
        execute("s3", "CREATE VIEW extra WITH (extra_properties = MAP(ARRAY['team'], ARRAY['shop'])) AS SELECT 1 x");
        assertThat(glueTable("extra").parameters()).containsEntry("team", "shop").containsEntry("presto_view", "true");
        assertThatThrownBy(() -> execute("s3", "CREATE VIEW other WITH (extra_properties = MAP(ARRAY['presto_view'], ARRAY['false'])) AS SELECT 1 x"))
                .hasMessageContaining("may not have [presto_view]");
    }

    @Test
    void oneOfManyCreatesAView()
            throws Exception
    {
        List<String> outcomes = atOnce(8, client -> "CREATE VIEW raced AS SELECT %s x".formatted(client));
        assertThat(outcomes.stream().filter(String::isEmpty)).hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> !outcome.isEmpty())).allMatch(outcome -> outcome.contains("already exists"));
        String winner = Integer.toString(outcomes.indexOf(""));
        assertThat(rows("s3", "SELECT x FROM raced")).isEqualTo("[[%s]]".formatted(winner));
    }

    @Test
    void changesAtOnceAreAllMade()
            throws Exception
    {
        int clients = 6;
        execute("s3", "CREATE VIEW shared AS SELECT 0 c0, 1 c1, 2 c2, 3 c3, 4 c4, 5 c5");
        assertThat(atOnce(clients, client -> "COMMENT ON COLUMN shared.c%s IS 'by %1$s'".formatted(client))).containsOnly("");
        for (int client = 0; client < clients; client++) {
            assertThat(rows("s3", "DESCRIBE shared")).contains("[c%s, integer, , by %1$s]".formatted(client));
        }
        assertThat(atOnce(clients, client -> "CREATE OR REPLACE VIEW shared AS SELECT %s x".formatted(client))).containsOnly("");
        assertThat(rows("s3", "SELECT count(*) FROM shared WHERE x BETWEEN 0 AND 5")).isEqualTo("[[1]]");
    }

    /**
     * Runs a statement of each client at once.
     *
     * @return of each client, the message with which it failed, or an empty text
     */
    private List<String> atOnce(int clients, IntFunction<String> statement)
            throws Exception
    {
        CyclicBarrier start = new CyclicBarrier(clients);
        try (ExecutorService executor = newFixedThreadPool(clients)) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                outcomes.add(executor.submit(() -> {
                    start.await();
                    try {
                        execute("s3", statement.apply(client));
                        return "";
                    }
                    catch (QueryFailedException e) {
                        return e.getMessage();
                    }
                }));
            }
            List<String> messages = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                messages.add(outcome.get());
            }
            return messages;
        }
    }

    private void execute(String catalog, String sql)
    {
        lake.queryRunner().execute(lake.session(catalog), sql);
    }

    private software.amazon.awssdk.services.glue.model.Table glueTable(String name)
    {
        return lake.glue().getTable(request -> request.databaseName(SCHEMA).name(name)).table();
    }

    private void create(String name, String definition)
    {
        String text = "/* Presto View: " + Base64.getEncoder().encodeToString(definition.getBytes(UTF_8)) + " */";
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
