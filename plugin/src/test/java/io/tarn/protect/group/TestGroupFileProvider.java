package io.tarn.protect.group;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.security.GroupProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestGroupFileProvider
{
    private final GroupFileProviderFactory factory = new GroupFileProviderFactory();

    @TempDir
    private Path folder;

    @Test
    void groups()
            throws IOException
    {
        Path file = folder.resolve("group.txt");
        Files.writeString(file, "# who does what\n\nanalysts: ann, bob ,\nsupport:bob\nempty:\n");
        GroupProvider groups = factory.create(config(file));
        assertThat(groups.getGroups("ann")).containsExactly("analysts");
        assertThat(groups.getGroups("bob")).containsExactlyInAnyOrder("analysts", "support");
        assertThat(groups.getGroups("cid")).isEmpty();
    }

    @Test
    void aBrokenFile()
            throws IOException
    {
        Path file = folder.resolve("group.txt");
        assertThatThrownBy(() -> factory.create(config(file))).hasMessageContaining(file + " does not exist; it holds the groups and their users");
        Files.writeString(file, "analysts:ann\nbob\n");
        assertThatThrownBy(() -> factory.create(config(file))).hasMessageContaining(file + " line 2: \"bob\" is not of the form group:user,user");
    }

    private static Map<String, String> config(Path file)
    {
        return ImmutableMap.of("file.group-file", file.toString());
    }
}
