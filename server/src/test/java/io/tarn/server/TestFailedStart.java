package io.tarn.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trino ends the process where it cannot start; the person at the terminal still reads why.
 */
public class TestFailedStart
{
    @TempDir
    private Path data;

    @TempDir
    private Path etc;

    @Test
    public void testUnknownConnector()
            throws Exception
    {
        copyEtc("");
        Files.createDirectories(etc.resolve("catalog"));
        Files.writeString(etc.resolve("catalog/broken.properties"), "connector.name=no_such_connector\n");

        assertFails("No factory for connector 'no_such_connector'");
    }

    @Test
    public void testUnknownProperty()
            throws Exception
    {
        copyEtc("no.such.property=1\n");

        assertFails("Configuration property 'no.such.property' was not used");
    }

    @Test
    public void testUnknownVariable()
            throws Exception
    {
        copyEtc("query.max-length=${ENV:NO_SUCH_VARIABLE}\n");

        assertFails("config.properties, line ", "the variable NO_SUCH_VARIABLE is not set");
    }

    @Test
    public void testBrokenRules()
            throws Exception
    {
        copyEtc("");
        Files.copy(TarnProcess.etc().resolve("access-control-rules.properties"), etc.resolve("access-control-rules.properties"));
        Files.writeString(etc.resolve("rules.json"), Files.readString(TarnProcess.etc().resolve("rules.json")).replace("\"other_columns\"", "\"other_colums\""));

        assertFails("The engine did not start: %s line ".formatted(etc.resolve("rules.json")), "tables[0].other_colums: \"other_colums\" is not known; known here: catalog, columns, filter,");
    }

    private void copyEtc(String addition)
            throws Exception
    {
        for (String name : new String[] {"config.properties", "node.properties", "log.properties"}) {
            Files.copy(TarnProcess.etc().resolve(name), etc.resolve(name));
        }
        Path config = etc.resolve("config.properties");
        Files.writeString(config, Files.readString(config) + addition);
    }

    private void assertFails(String... message)
    {
        try (TarnProcess up = TarnProcess.start(etc, "up", "--port", "0", "--data", data.toString())) {
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.error()).contains(message);
            assertThat(up.output()).isEmpty();
        }
        assertThat(data.resolve("endpoints.json")).doesNotExist();
        assertThat(data.resolve("engine.lock")).isEmptyFile();
    }
}
