package io.tarn.server;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every cell of the README's table of clients names a test; each must be there, in its class or in the one that it
 * extends.
 */
final class TestClientMatrix
{
    private static final Path ROOT = Path.of(System.getProperty("tarn.root"));
    private static final Pattern CELL = Pattern.compile("`(Test[A-Za-z0-9]+)\\.([A-Za-z0-9]+)`");

    @Test
    void testEveryCellIsATest()
            throws IOException
    {
        String section = Files.readString(ROOT.resolve("README.md")).split("\n## Clients\n", 2)[1].split("\n## ", 2)[0];
        List<MatchResult> cells = CELL.matcher(section).results().toList();
        assertThat(cells).hasSizeGreaterThan(50);
        Map<String, String> sources = sources();
        for (MatchResult cell : cells) {
            assertThat(methods(sources, cell.group(1))).as(cell.group()).contains(cell.group(2));
        }
    }

    private static List<String> methods(Map<String, String> sources, String type)
    {
        List<String> methods = new ArrayList<>();
        Deque<String> types = new ArrayDeque<>(List.of(type));
        while (!types.isEmpty()) {
            String source = sources.get(types.pop());
            if (source != null) {
                Pattern.compile("@Test\\s+(?:public )?void ([A-Za-z0-9]+)\\(").matcher(source).results().map(result -> result.group(1)).forEach(methods::add);
                Matcher parent = Pattern.compile("class [A-Za-z0-9]+\\s+extends ([A-Za-z0-9]+)").matcher(source);
                if (parent.find()) {
                    types.push(parent.group(1));
                }
            }
        }
        return methods;
    }

    private static Map<String, String> sources()
            throws IOException
    {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String module : List.of("server", "clients/hive", "clients/spark")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file)
    {
        try {
            return Files.readString(file);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
