package io.tarn.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * One engine, asked in every way; the last test stops it.
 */
@TestInstance(PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
public class TestUpCommand
{
    private Path data;
    private TarnProcess engine;
    private JsonNode endpoints;

    @BeforeAll
    public void start(@TempDir Path folder)
            throws Exception
    {
        data = folder.resolve("data");
        Path etc = copyOfEtc(folder.resolve("etc"));
        Path quotas = etc.resolve("quotas.json");
        Files.writeString(quotas, Files.readString(quotas).replace("\"workgroups\": [",
                """
                "workgroups": [
                    {"name": "tiny", "selectors": [{"named": true}], "limits": {"bytes": "1kB"}},
                    {"name": "one", "selectors": [{"user": "ann"}]},
                    {"name": "other", "selectors": [{"user": "ann"}]},
                """));
        engine = TarnProcess.start(etc, "up", "--port", "0", "--data", data.toString()).awaitUp();
        endpoints = new ObjectMapper().readTree(Files.readString(data.resolve("endpoints.json")));
    }

    @AfterAll
    public void stop()
    {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    public void testEndpointsFile()
            throws Exception
    {
        assertThat(endpoints.path("pid").asLong()).isEqualTo(engine.pid());
        assertThat(endpoints.path("accessKey").asText()).isEqualTo("tarn");
        for (String door : new String[] {"trino", "aws", "s3"}) {
            assertThat(URI.create(endpoints.path(door).asText()).getHost()).as(door).isEqualTo("127.0.0.1");
        }
        JsonNode credentials = new ObjectMapper().readTree(Files.readString(data.resolve("credentials.json")));
        assertThat(endpoints.path("secretKey").asText()).hasSize(40).isEqualTo(credentials.path("secretKey").asText());
        for (String file : new String[] {"credentials.json", "endpoints.json", "run/etc/config.properties"}) {
            assertThat(Files.getPosixFilePermissions(data.resolve(file))).as(file).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    public void testJdbc()
            throws Exception
    {
        String url = "jdbc:trino://%s/tpch/tiny?user=test".formatted(trino().getAuthority());
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet result = connection.createStatement().executeQuery("SELECT count(*) FROM nation")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isEqualTo(25);
        }
    }

    @Test
    public void testWebUi()
            throws Exception
    {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(HttpRequest.newBuilder(trino().resolve("/ui/")).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("<title>");
        }
    }

    @Test
    public void testEveryCatalogOfEtc()
    {
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", "SHOW CATALOGS", "--output-format", "TSV")) {
            assertThat(sql.exitCode()).as(sql.error()).isEqualTo(0);
            assertThat(sql.output().lines()).contains("awsdatacatalog", "iceberg", "memory", "tpch", "system");
        }
    }

    @Test
    public void testIcebergTablesOfTheSameCatalogue()
            throws Exception
    {
        Files.createDirectories(data.resolve("s3/frozen"));
        String statements =
                """
                CREATE SCHEMA iceberg.frozen WITH (location = 's3://frozen/');
                CREATE TABLE iceberg.frozen.lake AS SELECT * FROM tpch.tiny.region;
                INSERT INTO awsdatacatalog.frozen.lake SELECT * FROM awsdatacatalog.frozen.lake;
                SELECT count(*) FROM awsdatacatalog.frozen.lake;
                SELECT count(*) FROM awsdatacatalog.frozen."lake$snapshots";
                DROP TABLE awsdatacatalog.frozen.lake;
                SHOW TABLES FROM iceberg.frozen""";
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", statements, "--output-format", "TSV")) {
            assertThat(sql.exitCode()).as(sql.error()).isEqualTo(0);
            assertThat(sql.output().lines()).containsExactly("10", "2");
        }
    }

    @Test
    public void testAthenaByCli()
            throws Exception
    {
        Files.createDirectories(data.resolve("s3/athena"));
        String statements =
                """
                CREATE DATABASE athena LOCATION 's3://athena/';
                CREATE TABLE athena.frozen (id bigint, name string) LOCATION 's3://athena/frozen/' TBLPROPERTIES ('table_type'='ICEBERG', 'format'='orc', 'vacuum_max_snapshot_age_seconds'='1');
                INSERT INTO athena.frozen VALUES (1, 'a');
                INSERT INTO athena.frozen VALUES (2, 'b');
                ALTER TABLE athena.frozen ADD COLUMNS (price decimal(10,2), at timestamp);
                ALTER TABLE athena.frozen CHANGE COLUMN name title string COMMENT 'what it is called';
                OPTIMIZE athena.frozen REWRITE DATA USING BIN_PACK;
                SELECT sum(id), max(title), count(price) FROM athena.frozen;
                VACUUM athena.frozen;
                SHOW TBLPROPERTIES athena.frozen('vacuum_max_snapshot_age_seconds');
                SELECT x.name FROM UNNEST(ARRAY[CAST(ROW(1, 'one') AS row(id integer, name varchar))]) AS t(x);
                """;
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", statements, "--output-format", "TSV")) {
            assertThat(sql.exitCode()).as(sql.error()).isEqualTo(0);
            // the last one Trino would refuse, of which its parser sees nothing
            assertThat(sql.output().lines()).contains("3\tb\t0", "vacuum_max_snapshot_age_seconds\t1").endsWith("one");
        }
        String athena =
                """
                SET SESSION awsdatacatalog.dialect = 'athena';
                SELECT x.name FROM UNNEST(ARRAY[CAST(ROW(1, 'one') AS row(id integer, name varchar))]) AS t(x);
                SELECT x, n FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t(x, n);
                SELECT count(*) FROM UNNEST(ARRAY[1, 2]);
                DROP TABLE athena.frozen;
                SET SESSION awsdatacatalog.dialect = 'trino';
                SHOW LOCKS""";
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", athena, "--output-format", "TSV")) {
            assertThat(sql.output().lines()).containsExactly("one", "a\t1", "b\t2", "2");
            assertThat(sql.error()).contains("WARNING: In line 1 UNNEST has no column names", "mismatched input 'LOCKS'");
        }
    }

    @Test
    public void testAthenaByJdbc()
            throws Exception
    {
        try (AthenaDoor door = new AthenaDoor(endpoints, "awsdatacatalog/default")) {
            door.testErrorsAndSession();
            door.testAmbiguousStatements();
            door.testWarnings();
        }
    }

    @Test
    public void testIcebergTablesInAthenasDialect()
            throws Exception
    {
        Files.createDirectories(data.resolve("s3/ice"));
        try (AthenaDoor door = new AthenaDoor(endpoints, "awsdatacatalog/ice")) {
            door.testIcebergTables();
        }
    }

    @Test
    public void testPreparedByTheClientItself()
            throws Exception
    {
        String statement = URLEncoder.encode("EXPLAIN ANALYZE (FORMAT TEXT) SELECT 1", UTF_8);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(HttpRequest.newBuilder(trino().resolve("/v1/statement"))
                    .header("X-Trino-User", "test")
                    .header("X-Trino-Catalog", "awsdatacatalog")
                    .header("X-Trino-Prepared-Statement", "mine=" + statement)
                    .POST(HttpRequest.BodyPublishers.ofString("EXECUTE mine"))
                    .build(), BodyHandlers.ofString());
            // without the translation the header is refused
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            // nobody is read before being known
            HttpResponse<String> unknown = client.send(HttpRequest.newBuilder(trino().resolve("/v1/statement"))
                    .POST(HttpRequest.BodyPublishers.ofString("SHOW LOCKS"))
                    .build(), BodyHandlers.ofString());
            assertThat(unknown.statusCode()).isEqualTo(401);
        }
    }

    @Test
    public void testPolicyThatIsProbablyNotMeant()
    {
        assertThat(engine.linesUntilUp()).contains("Quota policy: Workgroups one and other have the same selectors: one comes first and takes the queries, unless a session names other");
    }

    @Test
    public void testDemoAndEstimate()
            throws Exception
    {
        // large enough for files of which a footer is a part
        try (TarnProcess demo = TarnProcess.start("demo", "--rows", "40000", "--data", data.toString())) {
            assertThat(demo.exitCode()).as(demo.output() + demo.error()).isEqualTo(0);
            assertThat(demo.output()).doesNotContain("✗");
            assertThat(demo.output().lines().filter(line -> line.endsWith("✓ as generated"))).hasSize(22);
            assertThat(demo.output()).contains(
                    "    CREATE DATABASE IF NOT EXISTS workshop",
                    "    CREATE EXTERNAL TABLE zipcodes (",
                    "    ALTER TABLE workshop.weblogs_live ADD IF NOT EXISTS",
                    "    CREATE TABLE IF NOT EXISTS workshop.ZipCodes_By_State",
                    " read (two hours of twenty-four), ",
                    " read (nothing of the data, only what a file says of itself), ",
                    "(as maria)",
                    "Cannot read column cc of table",
                    "Cannot read column $line of table",
                    "Bytes scanned limit was exceeded: the query would scan ",
                    "budget 'daily' of workgroup 'analysts' has ",
                    "Nothing was read.",
                    "FINISHED",
                    "REFUSED");
        }
        String sql = "SELECT max(username) FROM useractivity";
        try (TarnProcess estimate = TarnProcess.start("estimate", "--data", data.toString(), "--schema", "workshop", "--json", sql)) {
            JsonNode json = new ObjectMapper().readTree(estimate.output());
            assertThat(estimate.exitCode()).as(estimate.error()).isEqualTo(0);
            assertThat(json.path("refused").asBoolean()).isFalse();
            long bytes = 0;
            try (Stream<Path> files = Files.walk(data.resolve("s3/lake/raw/useractivity"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            }
            assertThat(json.path("bytes").asLong()).isEqualTo(bytes);
            assertThat(json.path("tables").path(0).path("table").asText()).isEqualTo("awsdatacatalog.workshop.useractivity");
        }
        try (TarnProcess estimate = TarnProcess.start("estimate", "--data", data.toString(), "--schema", "workshop", "--workgroup", "tiny", sql)) {
            assertThat(estimate.exitCode()).isEqualTo(5);
            assertThat(estimate.output()).contains("workgroup 'tiny' allows 1kB a query");
        }
        try (TarnProcess estimate = TarnProcess.start("estimate", "--data", data.toString(), "SELECT no_such_column")) {
            assertThat(estimate.exitCode()).isEqualTo(1);
            assertThat(estimate.error()).contains("Column 'no_such_column' cannot be resolved");
        }
    }

    @Test
    public void testCountersOfQuotas()
            throws Exception
    {
        Files.createDirectories(data.resolve("s3/counted"));
        double admitted = counter("Admitted_TotalCount");
        double refused = counter("Refused_TotalCount");
        double settled = counter("Settled_TotalCount");
        double settledBytes = counter("SettledBytes_TotalCount");
        try (Connection connection = DriverManager.getConnection("jdbc:trino://%s/awsdatacatalog/counted?user=test".formatted(trino().getAuthority()));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA counted WITH (location = 's3://counted/')");
            statement.execute("CREATE TABLE nation AS SELECT * FROM tpch.tiny.nation");
            assertThat(rows(statement, "SELECT * FROM nation")).isEqualTo(25);
            statement.execute("SET SESSION awsdatacatalog.workgroup = 'tiny'");
            assertThatThrownBy(() -> rows(statement, "SELECT * FROM nation")).hasMessageContaining("Bytes scanned limit was exceeded");
        }
        // the engine tells of a query's end after its answer
        for (int attempt = 0; attempt < 500 && (counter("Settled_TotalCount") < settled + 3 || counter("Refused_TotalCount") < refused + 1); attempt++) {
            MILLISECONDS.sleep(20);
        }
        assertThat(counter("Settled_TotalCount")).isGreaterThanOrEqualTo(settled + 3);
        assertThat(counter("Refused_TotalCount")).isEqualTo(refused + 1);
        assertThat(counter("Admitted_TotalCount")).isGreaterThanOrEqualTo(admitted + 3);
        assertThat(counter("SettledBytes_TotalCount")).isGreaterThan(settledBytes);
        assertThat(counter("OvershootBytes_TotalCount")).isZero();
    }

    private static int rows(Statement statement, String sql)
            throws SQLException
    {
        try (ResultSet result = statement.executeQuery(sql)) {
            int rows = 0;
            while (result.next()) {
                rows++;
            }
            return rows;
        }
    }

    /**
     * As a monitoring system sees it.
     */
    private double counter(String name)
            throws Exception
    {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(trino().resolve("/metrics")).header("X-Trino-User", "test").build();
            String prefix = "JMX_tarn_quota_NAME_QuotaStats_ATTRIBUTE_" + name + " ";
            return client.send(request, BodyHandlers.ofString()).body().lines()
                    .filter(line -> line.startsWith(prefix))
                    .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no metric " + prefix));
        }
    }

    @Test
    public void testSqlFailure()
    {
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", "SELECT no_such_column; SELECT 'second'")) {
            assertThat(sql.exitCode()).isEqualTo(1);
            assertThat(sql.error()).contains("Column 'no_such_column' cannot be resolved");
            assertThat(sql.output()).doesNotContain("second");
        }
    }

    @Test
    public void testStatus()
            throws Exception
    {
        try (TarnProcess status = TarnProcess.start("status", "--json", "--data", data.toString())) {
            JsonNode json = new ObjectMapper().readTree(status.output());
            assertThat(status.exitCode()).isEqualTo(0);
            assertThat(json.path("running").asBoolean()).isTrue();
            assertThat(json.path("pid").asLong()).isEqualTo(engine.pid());
            for (String door : new String[] {"trino", "aws", "s3", "metastore"}) {
                assertThat(json.path("doors").path(door).path("answers").asBoolean()).as(door).isTrue();
                assertThat(json.path("doors").path(door).path("uri")).isEqualTo(endpoints.path(door));
            }
        }
    }

    @Test
    public void testDataFolderInUse()
    {
        try (TarnProcess second = TarnProcess.start("up", "--port", "0", "--data", data.toString())) {
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.error()).contains("The data folder %s is in use by process %d: stop it with ./tarn stop".formatted(data, engine.pid()));
        }
    }

    @Test
    public void testPortTaken(@TempDir Path other)
    {
        try (TarnProcess second = TarnProcess.start("up", "--port", String.valueOf(trino().getPort()), "--data", other.toString())) {
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.error()).contains("Port %d for Trino is taken: choose another with --port".formatted(trino().getPort()));
        }
        assertThat(other.resolve("endpoints.json")).doesNotExist();
    }

    @Test
    public void testNothingOfTrinoOnTheTerminal()
    {
        assertThat(engine.error().lines())
                .filteredOn(line -> !line.startsWith("WARNING: Using incubator modules"))
                .allSatisfy(line -> assertThat(line).matches("Starting [A-Za-z0-9 ]+ \\.*[0-9.]+ s"));
        assertThat(data.resolve("log/server.log")).content().contains("SERVER STARTED");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    public void testTermination()
            throws IOException
    {
        assertThat(engine.terminate()).as("%s%n%s", engine.error(), Files.readString(data.resolve("log/server.log"))).isEqualTo(0);
        assertThat(data.resolve("endpoints.json")).doesNotExist();
        try (TarnProcess status = TarnProcess.start("status", "--data", data.toString())) {
            assertThat(status.output()).isEqualTo("No engine runs on %s: start one with ./tarn up".formatted(data));
            assertThat(status.exitCode()).isEqualTo(4);
        }
        try (TarnProcess stop = TarnProcess.start("stop", "--data", data.toString())) {
            assertThat(stop.exitCode()).isEqualTo(4);
        }
    }

    private URI trino()
    {
        return URI.create(endpoints.path("trino").asText());
    }

    private static Path copyOfEtc(Path target)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(TarnProcess.etc())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(TarnProcess.etc().relativize(file).toString()));
            }
        }
        return target;
    }
}
