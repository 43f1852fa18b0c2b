package io.tarn.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

public class TestSqlCommand
{
    @Test
    public void testOwnEngine(@TempDir Path data, @TempDir Path folder)
            throws Exception
    {
        Path file = Files.writeString(folder.resolve("questions.sql"), "SELECT 'für', 1 + 1;\nSELECT count(*) FROM tpch.tiny.region;\n", UTF_8);
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-f", file.toString(), "--output-format", "CSV_UNQUOTED")) {
            assertThat(sql.output()).as(sql.error()).isEqualTo("für,2\n5");
            assertThat(sql.exitCode()).isEqualTo(0);
        }
        assertThat(data.resolve("endpoints.json")).doesNotExist();
        assertThat(data.resolve("engine.lock")).isEmptyFile();
    }

    @Test
    public void testStatementsAndFile(@TempDir Path data)
    {
        try (TarnProcess sql = TarnProcess.start("sql", "--data", data.toString(), "-e", "SELECT 1", "-f", "a.sql")) {
            assertThat(sql.exitCode()).isEqualTo(2);
            assertThat(sql.error()).contains("mutually exclusive");
        }
    }
}
