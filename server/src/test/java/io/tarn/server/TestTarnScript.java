package io.tarn.server;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script with JDKs and a Maven that only say how they were called.
 */
public class TestTarnScript
{
    private static final List<String> TOOLS = List.of("bash", "cat", "dirname", "find", "grep", "head", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail", "touch");

    @TempDir
    private Path folder;

    private Path root;
    private Path tools;

    @BeforeEach
    public void layOut()
            throws IOException
    {
        folder = folder.toRealPath();
        root = Files.createDirectories(folder.resolve("a root"));
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            executable(tools.resolve(tool), "exec '%s' \"$@\"\n".formatted(real(tool)));
        }
        Files.copy(TarnProcess.etc().resolveSibling("tarn"), root.resolve("tarn"));
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(etc.resolve("jvm.config"), "# a comment\n-Xmx123m\n-Dtext=two words\n");
    }

    @Test
    public void testJavaHome()
            throws IOException
    {
        Path jdk = jdk("chosen", "25.0.1");
        jdk("jvm/other", "26");
        assertJdk(jdk, ImmutableMap.of("JAVA_HOME", jdk.toString()));
    }

    @Test
    public void testPath()
            throws IOException
    {
        Path jdk = jdk("on path", "26-ea");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        assertJdk(jdk, ImmutableMap.of("JAVA_HOME", jdk("old", "17.0.9").toString()));
    }

    @Test
    public void testUsualPlaces()
            throws IOException
    {
        jdk("jvm/jdk-17", "17.0.9");
        Files.delete(jdk("jvm/jre-25", "25").resolve("bin/javac"));
        assertJdk(jdk("jvm/jdk-25", "25"), ImmutableMap.of());
    }

    @Test
    public void testNoJdk()
            throws IOException
    {
        try (TarnProcess script = script(ImmutableMap.of("JAVA_HOME", jdk("old", "21.0.2").toString()), "up")) {
            assertThat(script.exitCode()).isEqualTo(1);
            assertThat(script.error().lines()).singleElement().asString().startsWith("tarn: no JDK 25 found: install one");
        }
    }

    @Test
    public void testSymbolicLinkAndFlags()
            throws IOException
    {
        String jdk = jdk("jdk", "25").toString();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a root/tarn"));
        try (TarnProcess script = script(link, ImmutableMap.of("JAVA_HOME", jdk, "TARN_JAVA_OPTS", "-Xmx9m"), "up", "--data", "some where")) {
            assertThat(script.output().lines())
                    .startsWith("-Xmx123m", "-Dtext=two words", "-Xmx9m")
                    .contains("-Dtarn.home=" + root, "-Dtarn.etc=" + root.resolve("etc"), "-Dtarn.folder=" + folder)
                    .endsWith("io.tarn.server.Tarn", "up", "--data", "some where");
        }
        try (TarnProcess script = script(link, ImmutableMap.of("JAVA_HOME", jdk), "status")) {
            assertThat(script.output().lines()).contains("-XX:TieredStopAtLevel=1").doesNotContain("-Xmx123m");
        }
    }

    @Test
    public void testBuildsWhenSourcesChanged()
            throws IOException
    {
        Map<String, String> environment = layOutSources("mkdir -p server/target/home/lib");

        assertThat(exitCode(environment, "up")).isEqualTo(0);
        assertThat(builds()).isEqualTo(1);
        assertThat(exitCode(environment, "up")).isEqualTo(0);
        assertThat(exitCode(environment, "status")).isEqualTo(0);
        assertThat(builds()).isEqualTo(1);

        Files.writeString(root.resolve("server/src/main/New.java"), "");
        assertThat(exitCode(environment, "status")).isEqualTo(0);
        assertThat(builds()).isEqualTo(1);
        assertThat(exitCode(environment, "up")).isEqualTo(0);
        assertThat(builds()).isEqualTo(2);

        Files.delete(root.resolve("server/src/main/New.java"));
        assertThat(exitCode(environment, "sql")).isEqualTo(0);
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    public void testConcurrentBuild()
            throws IOException
    {
        Map<String, String> environment = layOutSources("mkdir -p server/target/home/lib; sleep 1");
        try (TarnProcess one = script(environment, "up");
                TarnProcess other = script(environment, "up")) {
            assertThat(one.exitCode()).isEqualTo(0);
            assertThat(other.exitCode()).isEqualTo(0);
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    public void testFailedBuild()
            throws IOException
    {
        Map<String, String> environment = layOutSources("echo '[ERROR] Foo.java is wrong'; exit 1");
        try (TarnProcess script = script(environment, "up")) {
            assertThat(script.exitCode()).isEqualTo(1);
            assertThat(script.error()).contains("[ERROR] Foo.java is wrong", "the build failed, all of it is in " + root.resolve("target/build.log"));
            assertThat(script.output()).isEmpty();
        }
        assertThat(root.resolve("target/.build-lock")).doesNotExist();
    }

    private Map<String, String> layOutSources(String mavenAction)
            throws IOException
    {
        for (String module : new String[] {"testdata", "plugin", "server", "parts/cli"}) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
        }
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(root.resolve("pom.xml"), "");
        executable(tools.resolve("mvn"), "cd '%s'\necho built >>'%s'\n%s\n".formatted(root, folder.resolve("builds"), mavenAction));
        return ImmutableMap.of("JAVA_HOME", jdk("jdk", "25").toString());
    }

    private long builds()
            throws IOException
    {
        try (Stream<String> lines = Files.lines(folder.resolve("builds"))) {
            return lines.count();
        }
    }

    private Path jdk(String name, String version)
            throws IOException
    {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        executable(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"\n");
        executable(jdk.resolve("bin/javac"), "");
        return jdk;
    }

    private void executable(Path file, String body)
            throws IOException
    {
        Files.writeString(file, "#!%s\n%s".formatted(real("bash"), body));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path real(String tool)
    {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private void assertJdk(Path jdk, Map<String, String> environment)
    {
        try (TarnProcess script = script(environment, "jdk")) {
            assertThat(script.output()).as(script.error()).isEqualTo(jdk.toString());
            assertThat(script.exitCode()).isEqualTo(0);
        }
    }

    private int exitCode(Map<String, String> environment, String... arguments)
    {
        try (TarnProcess script = script(environment, arguments)) {
            return script.exitCode();
        }
    }

    private TarnProcess script(Map<String, String> environment, String... arguments)
    {
        return script(root.resolve("tarn"), environment, arguments);
    }

    private TarnProcess script(Path script, Map<String, String> environment, String... arguments)
    {
        Map<String, String> complete = ImmutableMap.<String, String>builder()
                .put("JAVA_HOME", "")
                .put("PATH", tools.toString())
                .put("TARN_JVM_FOLDERS", folder.resolve("jvm").toString())
                .put("TARN_JAVA_OPTS", "")
                .put("TARN_ETC", "")
                .putAll(environment)
                .buildKeepingLast();
        List<String> command = Stream.concat(Stream.of(tools.resolve("bash").toString(), script.toString()), Stream.of(arguments)).toList();
        return TarnProcess.start(command, complete, folder);
    }
}
