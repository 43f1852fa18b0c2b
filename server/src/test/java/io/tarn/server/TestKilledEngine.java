package io.tarn.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

public class TestKilledEngine
{
    @Test
    public void testUpAfterKill(@TempDir Path data)
            throws Exception
    {
        String credentials;
        try (TarnProcess killed = TarnProcess.start("up", "--port", "0", "--data", data.toString()).awaitUp()) {
            killed.kill();
        }
        credentials = Files.readString(data.resolve("credentials.json"));
        assertThat(data.resolve("endpoints.json")).exists();
        try (TarnProcess status = TarnProcess.start("status", "--data", data.toString())) {
            assertThat(status.exitCode()).isEqualTo(4);
        }

        try (TarnProcess again = TarnProcess.start("up", "--port", "0", "--data", data.toString()).awaitUp()) {
            assertThat(again.error()).contains("did not stop cleanly");
            assertThat(data.resolve("endpoints.json")).content().contains("\"pid\" : " + again.pid());
            assertThat(data.resolve("credentials.json")).content().isEqualTo(credentials);

            try (TarnProcess stop = TarnProcess.start("stop", "--data", data.toString())) {
                assertThat(stop.exitCode()).isEqualTo(0);
                assertThat(stop.output()).isEqualTo("Stopped the engine on " + data);
            }
            assertThat(again.exitCode()).isEqualTo(0);
        }
        assertThat(data.resolve("endpoints.json")).doesNotExist();
    }
}
