package io.tarn.server.engine;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestEffectiveEtc
{
    @TempDir
    private Path folder;

    private Path etc;
    private Path target;

    @BeforeEach
    public void layOut()
            throws IOException
    {
        etc = folder.resolve("etc");
        target = folder.resolve("run/etc");
        Files.createDirectories(etc.resolve("catalog"));
    }

    @Test
    public void testVariables()
            throws IOException
    {
        Files.writeString(etc.resolve("catalog/a.properties"), "# ${ENV:NOT_READ}\nroot=${ENV:ROOT}/${ENV:NAME}\npath=${ENV:PATH}\n");
        Files.writeString(etc.resolve("plain.json"), "{\"kept\": \"${ENV:ROOT}\"}");

        EffectiveEtc effective = EffectiveEtc.render(etc, target, ImmutableMap.of("ROOT", "/dä\\ta", "NAME", "$1"));

        assertThat(effective.properties("catalog/a.properties")).containsExactlyInAnyOrderEntriesOf(ImmutableMap.of(
                "root", "/dä\\ta/$1",
                "path", System.getenv("PATH")));
        assertThat(target.resolve("plain.json")).hasContent("{\"kept\": \"${ENV:ROOT}\"}");
        assertThat(effective.properties("missing.properties")).isEmpty();
    }

    @Test
    public void testNothingStays()
            throws IOException
    {
        Files.writeString(etc.resolve("catalog/a.properties"), "connector.name=tpch\n");
        EffectiveEtc.render(etc, target, ImmutableMap.of());
        Files.delete(etc.resolve("catalog/a.properties"));
        Files.writeString(etc.resolve("catalog/b.properties"), "connector.name=memory\n");
        EffectiveEtc.render(etc, target, ImmutableMap.of());

        assertThat(target.resolve("catalog")).isDirectoryNotContaining("glob:**/a.properties").isDirectoryContaining("glob:**/b.properties");
    }

    @Test
    public void testUnknownVariable()
            throws IOException
    {
        Path file = Files.writeString(etc.resolve("config.properties"), "a=1\nb=${ENV:TARN_NO_SUCH_VARIABLE}\n");
        assertThatThrownBy(() -> EffectiveEtc.render(etc, target, ImmutableMap.of()))
                .isInstanceOf(EngineException.class)
                .hasMessage("%s, line 2: the variable TARN_NO_SUCH_VARIABLE is not set: set it in the environment, or write the value", file);
    }
}
