package io.tarn.server.engine;

import io.tarn.server.aws.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestCredentialsFile
{
    @TempDir
    private Path folder;

    @Test
    public void testMadeOnce()
            throws IOException
    {
        Credentials made = CredentialsFile.loadOrCreate(folder.resolve("a.json"));
        assertThat(CredentialsFile.loadOrCreate(folder.resolve("a.json"))).isEqualTo(made);
        assertThat(CredentialsFile.loadOrCreate(folder.resolve("b.json"))).isNotEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"accessKey\": \"tarn\"}"})
    public void testDamaged(String content)
            throws IOException
    {
        Path file = Files.writeString(folder.resolve("credentials.json"), content);
        assertThatThrownBy(() -> CredentialsFile.loadOrCreate(file))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith("remove it, and the next start makes a new key pair");
    }
}
