package io.tarn.server;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import static io.trino.spi.StandardErrorCode.MISMATCHED_COLUMN_ALIASES;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.SYNTAX_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An engine that takes Athena's statements, asked by JDBC; what they did is seen by the clients of Glue and S3.
 */
final class AthenaDoor
        implements AutoCloseable
{
    private static final String ROWS = "ARRAY[CAST(ROW(1, 'one') AS row(id integer, name varchar)), CAST(ROW(2, 'two') AS row(id integer, name varchar))]";

    private final String url;
    private final Connection connection;
    private final Statement statement;
    private final GlueClient glue;
    private final S3Client s3;

    /**
     * @param endpoints as the engine writes them down
     */
    AthenaDoor(JsonNode endpoints, String catalogAndSchema)
            throws SQLException
    {
        url = "jdbc:trino://%s/%s?user=test".formatted(URI.create(endpoints.path("trino").asText()).getAuthority(), catalogAndSchema);
        connection = DriverManager.getConnection(url);
        statement = connection.createStatement();
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(endpoints.path("accessKey").asText(), endpoints.path("secretKey").asText()));
        glue = GlueClient.builder()
                .endpointOverride(URI.create(endpoints.path("aws").asText()))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
        s3 = S3Client.builder()
                .endpointOverride(URI.create(endpoints.path("s3").asText()))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                .build();
    }

    void testErrorsAndSession()
            throws SQLException
    {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> statement.execute("-- a comment\nCREATE EXTERNAL TABLE t (a int) STORED LIKE PARQUET"))
                .withMessageContaining("line 2:40: CREATE")
                .satisfies(exception -> assertThat(exception.getErrorCode()).isEqualTo(SYNTAX_ERROR.toErrorCode().getCode()));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> statement.execute("SHOW LOCKS"))
                .withMessageContaining("SHOW LOCKS is not supported by Athena")
                .satisfies(exception -> assertThat(exception.getErrorCode()).isEqualTo(NOT_SUPPORTED.toErrorCode().getCode()));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> statement.execute("SELECT FROM"))
                .withMessageContaining("line 1:8: mismatched input 'FROM'");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> statement.execute("SET SESSION awsdatacatalog.dialect = 'hive'"))
                .withMessageContaining("dialect is hive: it is auto, athena or trino");
        statement.execute("SET SESSION awsdatacatalog.dialect = 'athena'");
        try (PreparedStatement prepared = connection.prepareStatement("SELECT x.a + ? FROM UNNEST(ARRAY[CAST(ROW(1, 'é') AS row(a integer, b varchar))]) AS t(x) WHERE x.b = 'é'")) {
            prepared.setInt(1, 41);
            try (ResultSet result = prepared.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(42);
            }
        }
        assertThat(rows("EXPLAIN ANALYZE (FORMAT JSON) SELECT 1;").getFirst()).contains("Fragment");
        // Trino's own, which Athena does not know
        try (ResultSet result = statement.executeQuery("SHOW SESSION LIKE 'awsdatacatalog.dialect'")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString("Value")).isEqualTo("athena");
        }
        done("SET SESSION awsdatacatalog.dialect = 'auto'");
    }

    /**
     * What both parsers take, in a session that does not say whose it is.
     */
    void testAmbiguousStatements()
            throws SQLException
    {
        String query = "SELECT x.id, x.name FROM UNNEST(%s) AS t(x) WHERE x.name <> 'ask-ed'".formatted(ROWS);
        assertThat(rows(query)).containsExactly("1|one", "2|two");
        // Trino was asked, but not with a query
        assertThat(rows("SELECT count(*) FROM system.runtime.queries WHERE query LIKE '%ask' || '-ed%'")).containsExactly("1");
        assertThat(rows("SELECT x.id, n FROM UNNEST(%s) WITH ORDINALITY AS t(x, n);".formatted(ROWS))).containsExactly("1|1", "2|2");
        assertThat(rows("SELECT id FROM UNNEST(%s) AS t(id, name)".formatted(ROWS))).containsExactly("1", "2");
        assertThat(rows("SELECT x FROM UNNEST(ARRAY['a', 'b']) AS t(x)")).containsExactly("a", "b");
        // Trino's reading is one that runs: the only field, and not a row of it
        assertThat(rows("SELECT x + 1 FROM UNNEST(ARRAY[CAST(ROW(1) AS row(id integer))]) AS t(x)")).containsExactly("2");
        assertThat(rows("EXECUTE IMMEDIATE 'SELECT x.name FROM UNNEST(%s) AS t(x) WHERE x.id = ?' USING 2".formatted(ROWS.replace("'", "''")))).containsExactly("two");
        assertThat(rows("EXPLAIN SELECT x.name FROM UNNEST(%s) AS t(x)".formatted(ROWS)).getFirst()).contains("Output[columnNames = [name]");
        for (String prepare : new String[] {"true", "false"}) {
            try (Connection preparing = DriverManager.getConnection(url + "&explicitPrepare=" + prepare);
                    PreparedStatement prepared = preparing.prepareStatement("SELECT x.id + ? FROM UNNEST(%s) AS t(x) WHERE x.name = ?".formatted(ROWS))) {
                prepared.setInt(1, 40);
                prepared.setString(2, "two");
                try (ResultSet result = prepared.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getInt(1)).isEqualTo(42);
                }
            }
        }
        // neither has it, and Trino says so of what the client wrote
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> rows("SELECT no_such_column FROM UNNEST(%s) AS t(x)".formatted(ROWS)))
                .withMessageContaining("Column alias list has 1 entries but 't' has 2 columns available")
                .satisfies(exception -> assertThat(exception.getErrorCode()).isEqualTo(MISMATCHED_COLUMN_ALIASES.toErrorCode().getCode()));
        done("SET SESSION awsdatacatalog.dialect = 'trino'");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> rows(query))
                .withMessageContaining("Column alias list has 1 entries but 't' has 2 columns available");
        done("SET SESSION awsdatacatalog.dialect = 'auto'");
    }

    /**
     * Tables of Iceberg's kind from their creation to their end, in the database of the session.
     */
    void testIcebergTables()
            throws SQLException
    {
        done("CREATE DATABASE ice LOCATION 's3://ice/'");
        done(
                """
                CREATE TABLE ice.t (id bigint COMMENT 'the "key"', name string, `at` timestamp, tags array<string>)
                PARTITIONED BY (bucket(4, id))
                LOCATION 's3://ice/t/'
                TBLPROPERTIES ('table_type'='ICEBERG', 'format'='parquet', 'write_compression'='snappy', 'optimize_rewrite_delete_file_threshold'='10');
                """);
        assertThat(table("t").parameters()).containsEntry("table_type", "ICEBERG").hasEntrySatisfying("metadata_location", location -> assertThat(location).startsWith("s3://ice/t/metadata/"));
        assertThat(columns("t")).containsExactly("id bigint", "name string", "at timestamp", "tags array<string>");

        assertThat(update("INSERT INTO t VALUES (1, 'a', TIMESTAMP '2024-01-01 00:00:00', ARRAY['x', 'y']), (2, 'b', NULL, NULL), (3, 'c', NULL, ARRAY[])")).isEqualTo(3);
        String first = rows("SELECT snapshot_id FROM \"t$history\" ORDER BY made_current_at DESC LIMIT 1").getFirst();
        String moment = rows("SELECT made_current_at FROM \"t$history\" ORDER BY made_current_at DESC LIMIT 1").getFirst();
        assertThat(update("UPDATE t SET name = 'z' WHERE id = 1")).isEqualTo(1);
        assertThat(update("DELETE FROM t WHERE id = 2")).isEqualTo(1);
        assertThat(update(
                """
                MERGE INTO ice.t USING (VALUES (3, 'm'), (9, 'n')) AS s(id, name) ON t.id = s.id
                WHEN MATCHED THEN UPDATE SET name = s.name
                WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)
                """)).isEqualTo(2);
        String state = "SELECT id, name FROM ice.t%s ORDER BY id";
        assertThat(rows(state.formatted(""))).containsExactly("1|z", "3|m", "9|n");
        assertThat(rows(state.formatted(" FOR VERSION AS OF " + first))).containsExactly("1|a", "2|b", "3|c");
        assertThat(rows(state.formatted(" FOR TIMESTAMP AS OF TIMESTAMP '%s'".formatted(moment)))).containsExactly("1|a", "2|b", "3|c");

        // what was deleted and rewritten is in files of its own until then, and the snapshots keep them all
        long files = count("SELECT count(*) FROM \"t$files\"");
        done("OPTIMIZE t REWRITE DATA USING BIN_PACK");
        assertThat(count("SELECT count(*) FROM \"t$files\"")).isLessThan(files);
        assertThat(rows(state.formatted(""))).containsExactly("1|z", "3|m", "9|n");
        done("ALTER TABLE t SET TBLPROPERTIES ('vacuum_max_snapshot_age_seconds'='0', 'write_compression'='zstd')");
        assertThat(rows("SHOW TBLPROPERTIES t('vacuum_max_snapshot_age_seconds')")).containsExactly("vacuum_max_snapshot_age_seconds|0");
        assertThat(rows("SHOW TBLPROPERTIES t('optimize_rewrite_delete_file_threshold')")).containsExactly("optimize_rewrite_delete_file_threshold|10");
        int objects = objects("t/data/").size();
        done("VACUUM t");
        assertThat(count("SELECT count(*) FROM \"t$snapshots\"")).isEqualTo(1);
        assertThat(rows(state.formatted(""))).containsExactly("1|z", "3|m", "9|n");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> rows(state.formatted(" FOR VERSION AS OF " + first)));

        done("ALTER TABLE t ADD COLUMNS (price decimal(10,2), note string COMMENT 'what they said')");
        done("ALTER TABLE t CHANGE COLUMN name title string COMMENT 'what it is called'");
        done("ALTER TABLE t DROP COLUMN tags");
        done("INSERT INTO t (id, title, price) VALUES (10, 'o', DECIMAL '1.50')");
        assertThat(columns("t")).containsExactly("id bigint", "title string", "at timestamp", "price decimal(10,2)", "note string");
        // the files that a snapshot replaced go when it is itself one of the past
        done("VACUUM t");
        assertThat(objects("t/data/"))
                .hasSizeLessThan(objects)
                .containsAll(rows("SELECT substr(file_path, length('s3://ice/') + 1) FROM \"t$files\""));
        assertThat(rows("SELECT title, price FROM t WHERE id > 8 ORDER BY id")).containsExactly("n|null", "o|1.50");
        assertThat(rows("DESCRIBE t").stream().map(row -> row.substring(0, row.indexOf('|')))).containsExactly("id", "title", "at", "price", "note");
        assertThat(rows("DESCRIBE FORMATTED t")).contains("title|varchar||what it is called");
        assertThat(rows("SHOW CREATE TABLE t").getFirst()).contains("CREATE TABLE", "ice.t (", "partitioning = ARRAY['bucket(id, 4)']");

        // beside a table of Hive's kind
        done("CREATE EXTERNAL TABLE ice.h (id bigint, what string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://ice/h/'");
        done("INSERT INTO h VALUES (1, 'one'), (9, 'nine')");
        assertThat(rows("SELECT t.title, h.what FROM t JOIN h ON t.id = h.id ORDER BY t.id")).containsExactly("z|one", "n|nine");
        done("CREATE TABLE c WITH (table_type = 'ICEBERG', is_external = false, location = 's3://ice/c/', format = 'ORC', partitioning = ARRAY['bucket(4, id)'], vacuum_max_snapshot_age_seconds = 60) AS SELECT t.id, h.what FROM t JOIN h ON t.id = h.id");
        assertThat(table("c").parameters()).containsEntry("table_type", "ICEBERG");
        assertThat(table("c").storageDescriptor().location()).isEqualTo("s3://ice/c");
        assertThat(objects("c/data/")).isNotEmpty().allMatch(key -> key.endsWith(".orc"));
        assertThat(rows("SELECT * FROM \"AwsDataCatalog\".\"ice\".\"c\" ORDER BY id")).containsExactly("1|one", "9|nine");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> done("CREATE TABLE d WITH (table_type = 'ICEBERG', external_location = 's3://ice/d/') AS SELECT 1 AS a"))
                .withMessageContaining("line 1:46: external_location is for tables of Hive's kind");

        // an Iceberg table's files go with it, an external table's stay
        done("DROP TABLE t");
        done("DROP TABLE ice.c");
        done("DROP TABLE h");
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> table("t"));
        assertThat(objects("t/")).isEmpty();
        assertThat(objects("c/")).isEmpty();
        assertThat(objects("h/")).isNotEmpty();
        done("DROP DATABASE ice");
    }

    /**
     * What a translation has to say, where clients look for what Trino has to say.
     */
    void testWarnings()
            throws SQLException
    {
        assertThat(warnings("EXPLAIN ANALYZE (FORMAT JSON) SELECT 1")).containsExactly("Trino's EXPLAIN ANALYZE has one form, which is text: (FORMAT JSON) is left out");
        String query = "SELECT count(*) FROM UNNEST(ARRAY[%s])".formatted("1, ".repeat(254) + "1");
        // as Trino's it means what it says
        assertThat(warnings(query)).isEmpty();
        done("SET SESSION awsdatacatalog.dialect = 'athena'");
        assertThat(warnings(query)).satisfiesExactly(
                warning -> assertThat(warning).startsWith("In line 1 UNNEST has no column names"),
                warning -> assertThat(warning).isEqualTo("Athena takes at most 254 elements in an array constructor; in line 1 there are 255"));
        done("SET SESSION awsdatacatalog.dialect = 'auto'");
        assertThat(warnings("SELECT 1")).isEmpty();
    }

    private List<String> warnings(String sql)
            throws SQLException
    {
        rows(sql);
        List<String> warnings = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            warnings.add(warning.getMessage());
        }
        return warnings;
    }

    private void done(String sql)
            throws SQLException
    {
        statement.execute(sql);
        while (statement.getResultSet() != null && statement.getResultSet().next()) {
            // a statement is finished when its rows are read
        }
    }

    private int update(String sql)
            throws SQLException
    {
        return statement.executeUpdate(sql);
    }

    private long count(String sql)
            throws SQLException
    {
        return Long.parseLong(rows(sql).getFirst());
    }

    private List<String> rows(String sql)
            throws SQLException
    {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(result.getString(column));
                }
                rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    private Table table(String name)
    {
        return glue.getTable(request -> request.databaseName("ice").name(name)).table();
    }

    private List<String> columns(String name)
    {
        return table(name).storageDescriptor().columns().stream()
                .map(AthenaDoor::text)
                .toList();
    }

    private static String text(Column column)
    {
        return column.name() + " " + column.type();
    }

    private List<String> objects(String prefix)
    {
        return s3.listObjectsV2(request -> request.bucket("ice").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(key -> !key.endsWith("/"))
                .toList();
    }

    @Override
    public void close()
            throws SQLException
    {
        try (s3; glue; connection) {
            statement.close();
        }
    }
}
