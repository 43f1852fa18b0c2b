package io.tarn.server.quota;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import static com.google.common.collect.Maps.fromProperties;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A coordinator in a process of its own, which can be killed.
 */
final class QuotaCoordinator
        implements AutoCloseable
{
    private static final String READY = "READY ";

    private final Process process;
    private final URI uri;

    private QuotaCoordinator(Process process, URI uri)
    {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Returns when it answers.
     */
    static QuotaCoordinator start(Path folder, Map<String, String> quota, Map<String, String> catalog)
            throws IOException
    {
        Path quotaFile = write(folder.resolve("quota.properties"), quota);
        Path catalogFile = write(folder.resolve("catalog.properties"), catalog);
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                        // what Trino asks of a JVM, as this one has it
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--") || argument.startsWith("-XX:") || argument.startsWith("-Djdk") || argument.startsWith("-Dtarn")),
                        Stream.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), QuotaCoordinator.class.getName(), quotaFile.toString(), catalogFile.toString()))
                .flatMap(words -> words)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("coordinator.log").toFile())
                .start();
        StringBuilder output = new StringBuilder();
        var reader = process.inputReader(UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(READY)) {
                return new QuotaCoordinator(process, URI.create(line.substring(READY.length())));
            }
            output.append(line).append('\n');
        }
        throw new IllegalStateException("The coordinator did not start: %s\n%s".formatted(output, Files.readString(folder.resolve("coordinator.log"))));
    }

    URI uri()
    {
        return uri;
    }

    /**
     * As {@code kill -9} does.
     */
    void kill()
            throws InterruptedException
    {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close()
            throws InterruptedException
    {
        kill();
    }

    public static void main(String[] arguments)
            throws Exception
    {
        // Trino's logging takes the stream for itself
        PrintStream out = System.out;
        QuotaEngine engine = new QuotaEngine(read(Path.of(arguments[0])), read(Path.of(arguments[1])));
        out.println(READY + engine.uri());
        Thread.currentThread().join();
    }

    private static Path write(Path file, Map<String, String> values)
            throws IOException
    {
        Properties properties = new Properties();
        properties.putAll(values);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private static Map<String, String> read(Path file)
            throws IOException
    {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return fromProperties(properties);
    }
}
