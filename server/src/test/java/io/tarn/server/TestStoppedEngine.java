package io.tarn.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

public class TestStoppedEngine
{
    private static final String ENDLESS = "SELECT count(*) FROM tpch.sf100.lineitem l, stopped.nation n WHERE l.comment LIKE '%' || n.comment || '%'";

    /**
     * Of one who asks, and of one who never says what.
     */
    @Test
    public void testStopInTheMiddleOfRequests(@TempDir Path data)
            throws Exception
    {
        try (TarnProcess engine = TarnProcess.start("up", "--port", "0", "--data", data.toString()).awaitUp();
                ExecutorService executor = Executors.newCachedThreadPool()) {
            JsonNode endpoints = new ObjectMapper().readTree(Files.readString(data.resolve("endpoints.json")));
            URI trino = URI.create(endpoints.path("trino").asText());
            Files.createDirectories(data.resolve("s3/stopped"));
            try (Connection connection = connect(trino);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA stopped WITH (location = 's3://stopped/')");
                statement.execute("CREATE TABLE nation AS SELECT * FROM tpch.tiny.nation");
                Future<String> answer = executor.submit(() -> failure(trino));
                awaitBytesRead(statement);
                Future<?> slow = executor.submit(() -> sendWithoutEnd(trino));

                assertThat(engine.terminate()).as("%s%n%s", engine.error(), Files.readString(data.resolve("log/server.log"))).isEqualTo(0);
                assertThat(answer.get(60, SECONDS)).contains("The engine was stopped, and query ", "run it again when the engine is up");
                slow.get(60, SECONDS);
                assertThat(data.resolve("log/server.log")).content().contains("Connections that were still in use were cut");
            }
        }

        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", "SELECT state, read_bytes > 0, reason FROM system.query_log WHERE text LIKE 'SELECT count(*) FROM tpch%'")) {
            assertThat(sql.output()).matches("\"FAILED\",\"true\",\"The engine was stopped, and query [0-9a-z_]+ with it: .*\"");
            assertThat(sql.exitCode()).as(sql.error()).isEqualTo(0);
        }
    }

    /**
     * As the user whose queries {@code tarn sql} shows.
     */
    private static Connection connect(URI trino)
            throws SQLException
    {
        return DriverManager.getConnection("jdbc:trino://%s/awsdatacatalog/stopped?user=%s".formatted(trino.getAuthority(), System.getProperty("user.name")));
    }

    private static String failure(URI trino)
            throws SQLException
    {
        try (Connection connection = connect(trino);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(ENDLESS)) {
            return "an answer: " + result.next();
        }
        catch (SQLException e) {
            return e.getMessage();
        }
    }

    private static void awaitBytesRead(Statement statement)
            throws Exception
    {
        for (int attempt = 0; attempt < 1000; attempt++) {
            try (ResultSet result = statement.executeQuery(
                    """
                    SELECT count(*)
                    FROM system.runtime.tasks JOIN system.runtime.queries USING (query_id)
                    WHERE query LIKE 'SELECT count(*) FROM tpch%' AND physical_input_bytes > 0
                    """)) {
                assertThat(result.next()).isTrue();
                if (result.getLong(1) > 0) {
                    return;
                }
            }
            MILLISECONDS.sleep(50);
        }
        throw new AssertionError("The query reads nothing");
    }

    /**
     * A request whose headers never end, so that its connection is never idle; returns when it is cut.
     */
    private static void sendWithoutEnd(URI trino)
    {
        try (Socket socket = new Socket(trino.getHost(), trino.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/info HTTP/1.1\r\nHost: slow\r\n".getBytes(US_ASCII));
            for (int header = 0; header < 1000; header++) {
                out.write("x-%s: y\r\n".formatted(header).getBytes(US_ASCII));
                MILLISECONDS.sleep(50);
            }
            throw new AssertionError("The connection is not cut");
        }
        catch (IOException _) {
            // it is
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
