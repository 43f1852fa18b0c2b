package io.tarn.server.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The configuration as this engine reads it: a copy of {@code etc/} in which {@code ${ENV:NAME}} is resolved, because
 * a process cannot change its own environment and the addresses are known only once the other doors are open.
 */
final class EffectiveEtc
{
    // as Trino's own configuration has it
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{ENV:([a-zA-Z_][a-zA-Z0-9_]*)}");

    private final Path folder;

    private EffectiveEtc(Path folder)
    {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * Replaces {@code target} by a copy of {@code etc}.
     *
     * @param variables what the engine sets; any other variable is taken from the process's environment
     * @throws EngineException when a variable is in neither
     */
    static EffectiveEtc render(Path etc, Path target, Map<String, String> variables)
            throws IOException
    {
        if (Files.exists(target)) {
            // nobody but the owner of the data folder can put links in it
            MoreFiles.deleteRecursively(target, ALLOW_INSECURE);
        }
        Map<String, String> values = ImmutableMap.<String, String>builder()
                .putAll(System.getenv())
                .putAll(variables)
                .buildKeepingLast();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(etc)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = target.resolve(etc.relativize(file).toString());
            OwnerFiles.createFolders(copy.getParent());
            if (file.getFileName().toString().endsWith(".properties")) {
                OwnerFiles.write(copy, resolve(file, values));
            }
            else {
                Files.copy(file, copy);
            }
        }
        return new EffectiveEtc(target);
    }

    /**
     * The configuration as it was written, for what must be known before the variables are.
     */
    static EffectiveEtc unresolved(Path etc)
    {
        return new EffectiveEtc(etc);
    }

    Path file(String name)
    {
        return folder.resolve(name);
    }

    /**
     * The properties of one of the files; none when it is not there.
     */
    Map<String, String> properties(String name)
            throws IOException
    {
        Path file = file(name);
        if (!Files.exists(file)) {
            return ImmutableMap.of();
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        ImmutableMap.Builder<String, String> builder = ImmutableMap.builder();
        for (String key : properties.stringPropertyNames()) {
            builder.put(key, properties.getProperty(key));
        }
        return builder.buildOrThrow();
    }

    /**
     * The names of the catalogues, in their order.
     */
    List<String> catalogs()
            throws IOException
    {
        Path catalogs = file("catalog");
        if (!Files.isDirectory(catalogs)) {
            return ImmutableList.of();
        }
        try (Stream<Path> files = Files.list(catalogs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties"))
                    .map(name -> name.substring(0, name.length() - ".properties".length()))
                    .sorted()
                    .toList();
        }
    }

    private static String resolve(Path file, Map<String, String> values)
            throws IOException
    {
        StringBuilder result = new StringBuilder();
        int lineNumber = 0;
        for (String line : Files.readAllLines(file, UTF_8)) {
            lineNumber++;
            String start = line.stripLeading();
            if (start.startsWith("#") || start.startsWith("!")) {
                continue;
            }
            Matcher matcher = VARIABLE.matcher(line);
            while (matcher.find()) {
                String name = matcher.group(1);
                String value = values.get(name);
                if (value == null) {
                    throw new EngineException(FAILED, "%s, line %s: the variable %s is not set: set it in the environment, or write the value".formatted(file, lineNumber, name));
                }
                matcher.appendReplacement(result, Matcher.quoteReplacement(escape(value)));
            }
            matcher.appendTail(result).append('\n');
        }
        return result.toString();
    }

    /**
     * As the format of a Java properties file asks, which is Latin-1 with a backslash of its own.
     */
    private static String escape(String value)
    {
        StringBuilder escaped = new StringBuilder(value.length());
        for (char character : value.toCharArray()) {
            if (character == '\\') {
                escaped.append("\\\\");
            }
            else if (character < ' ' || character > '~') {
                escaped.append("\\u%04x".formatted((int) character));
            }
            else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
