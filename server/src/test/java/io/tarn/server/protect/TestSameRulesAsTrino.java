package io.tarn.server.protect;

import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * One file of rules, in Trino's own form, twice: read by Trino's own access control over Trino's own Hive connector,
 * and by Tarn's over Tarn. The same users see the same.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestSameRulesAsTrino
{
    private static final String RULES =
            """
            {
              "catalogs": [{"user": "admin", "allow": "all"}, {"catalog": "awsdatacatalog|hive", "allow": "read-only"}],
              "schemas": [{"user": "admin", "owner": true}],
              "tables": [
                {"group": "marketing", "table": "userprofile", "privileges": ["SELECT"], "columns": [
                  {"name": "first_name", "allow": false}, {"name": "last_name", "allow": false}, {"name": "email", "allow": false},
                  {"name": "ip_address", "allow": false}, {"name": "phone", "allow": false}, {"name": "zip", "allow": false},
                  {"name": "cc", "allow": false}, {"name": "password", "allow": false}, {"name": "ssn", "allow": false}]},
                {"group": "support", "table": "userprofile", "privileges": ["SELECT"], "columns": [{"name": "cc", "allow": false}]},
                {"group": "desk", "table": "userprofile", "privileges": ["SELECT"], "filter": "age > '40'",
                 "columns": [{"name": "cc", "mask": "'****' || substr(cc, -4)"}, {"name": "ssn", "mask": "CAST(NULL AS varchar)"}, {"name": "password", "allow": false}]},
                {"group": "region", "table": "visits", "privileges": ["SELECT"], "filter": "region = 'east' AND username <> current_user"},
                {"user": "admin", "privileges": ["SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT"]},
                {"user": "nora", "privileges": []},
                {"catalog": "system", "schema": "jdbc", "privileges": ["SELECT"]},
                {"table": "visits", "privileges": ["SELECT"]}
              ]
            }
            """;
    private static final String GROUPS =
            """
            marketing:maria
            support:sam
            desk:dora
            region:ada,rita
            """;
    private static final List<String> USERS = List.of("maria", "sam", "dora", "ada", "rita", "admin", "nora", "otto");
    private static final List<String> QUERIES = List.of(
            "SELECT * FROM %s.lake.userprofile",
            "SELECT username, age FROM %s.lake.userprofile",
            "SELECT cc, username FROM %s.lake.userprofile",
            "SELECT ssn FROM %s.lake.userprofile",
            "SELECT gender, count(*), min(age) FROM %s.lake.userprofile GROUP BY gender",
            "SELECT count(*) FROM %s.lake.userprofile WHERE cc LIKE '%%1'",
            "SELECT * FROM %s.lake.visits",
            "SELECT v.username, p.gender FROM %1$s.lake.visits v LEFT JOIN %1$s.lake.userprofile p ON v.username = p.username",
            "SELECT count(*) FROM %s.lake.visits",
            "DESCRIBE %s.lake.userprofile",
            "SHOW TABLES FROM %s.lake",
            "SHOW SCHEMAS FROM %s LIKE 'lake'",
            "SELECT table_name, column_name FROM %s.information_schema.columns WHERE table_schema = 'lake'",
            "SHOW CREATE TABLE %s.lake.nothing",
            "DROP TABLE %s.lake.nothing");

    private ProtectedLake lake;
    private ProtectedEngine tarn;
    private ProtectedEngine peer;
    private Path rules;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        lake = new ProtectedLake();
        rules = Files.writeString(folder.resolve("rules.json"), RULES);
        Path groups = Files.writeString(folder.resolve("group.txt"), GROUPS);
        tarn = ProtectedEngine.start(lake.services(), folder, rules, groups);
        peer = ProtectedEngine.startPeer(lake.services(), rules, groups);
    }

    @AfterAll
    void stop()
    {
        tarn.close();
        peer.close();
        lake.close();
    }

    @Test
    void theSameUsersSeeTheSame()
    {
        List<String> differences = new ArrayList<>();
        int answered = 0;
        int refused = 0;
        for (String user : USERS) {
            for (String sql : QUERIES) {
                Outcome expected = outcome(peer, user, sql.formatted("hive"));
                Outcome actual = outcome(tarn, user, sql.formatted("awsdatacatalog"));
                if (!actual.equals(expected)) {
                    differences.add("%s: %s%n  %s%n  %s".formatted(user, sql, expected, actual));
                }
                if (expected.refused()) {
                    refused++;
                }
                else {
                    answered++;
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(answered).isGreaterThan(50);
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void overJdbc()
            throws SQLException
    {
        assertThat(columns("maria", "SELECT * FROM userprofile")).containsExactly("username", "gender", "age");
        try (Connection connection = tarn.connect("maria");
                ResultSet columns = connection.getMetaData().getColumns("awsdatacatalog", "lake", "userprofile", null)) {
            List<String> names = new ArrayList<>();
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME"));
            }
            assertThat(names).containsExactly("username", "gender", "age");
        }
        // what tools ask of a statement before they run it is not refused as statistics are
        try (Connection connection = tarn.connect("rita");
                var statement = connection.prepareStatement("SELECT * FROM visits WHERE spent > ?")) {
            assertThat(statement.getMetaData().getColumnCount()).isEqualTo(4);
            statement.setLong(1, 15);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString("username")).isEqualTo("bea");
                assertThat(result.next()).isFalse();
            }
        }
        assertThatThrownBy(() -> columns("sam", "SELECT cc FROM userprofile"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access Denied: Cannot read column cc of table awsdatacatalog.lake.userprofile: user sam may not, by tables[1] of the rules");
    }

    @Test
    void aChangeTakesEffectWithTheNextQuery()
            throws Exception
    {
        try {
            assertThat(tarn.query("rita", "SELECT count(*) FROM visits").getOnlyValue()).isEqualTo(2L);
            Files.writeString(rules, RULES.replace("region = 'east'", "region = 'west' AND username <> 'nobody'"));
            assertThat(tarn.query("rita", "SELECT username FROM visits").getOnlyValue()).isEqualTo("cyd");
            // broken, and the last good one stays
            Files.writeString(rules, RULES.replace("region = 'east'", "region = 'east\" x"));
            assertThat(tarn.query("rita", "SELECT username FROM visits").getOnlyValue()).isEqualTo("cyd");
            Files.delete(rules);
            assertThat(tarn.query("rita", "SELECT username FROM visits").getOnlyValue()).isEqualTo("cyd");
        }
        finally {
            Files.writeString(rules, RULES);
        }
        assertThat(tarn.query("rita", "SELECT count(*) FROM visits").getOnlyValue()).isEqualTo(2L);
    }

    private List<String> columns(String user, String sql)
            throws SQLException
    {
        try (Connection connection = tarn.connect(user);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                names.add(result.getMetaData().getColumnName(column));
            }
            return names;
        }
    }

    private static Outcome outcome(ProtectedEngine engine, String user, String sql)
    {
        try {
            MaterializedResult result = engine.query(user, sql);
            List<String> rows = result.getMaterializedRows().stream().map(row -> row.getFields().toString()).sorted().toList();
            return new Outcome(false, result.getColumnNames(), rows);
        }
        catch (RuntimeException e) {
            String kind = e.getMessage().startsWith("Access Denied") ? "Access Denied" : e.getMessage().replace("awsdatacatalog", "hive");
            return new Outcome(true, List.of(), List.of(kind));
        }
    }

    /**
     * @param rows in an order of their own; or, of a refused query, the message
     */
    private record Outcome(boolean refused, List<String> columns, List<String> rows) {}
}
