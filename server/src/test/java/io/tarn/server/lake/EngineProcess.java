package io.tarn.server.lake;

import com.google.common.collect.ImmutableList;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import static com.google.common.collect.Maps.fromProperties;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An engine in a process of its own, which can be killed. Ends with the tests, whatever happens to them.
 */
public final class EngineProcess
        implements AutoCloseable
{
    private static final String READY = "READY ";

    private final Process process;
    private final URI uri;

    private EngineProcess(Process process, URI uri)
    {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts the engine and says where it answers.
     */
    public interface Starter
    {
        URI start(List<Map<String, String>> properties)
                throws Exception;
    }

    /**
     * Returns when it answers.
     *
     * @param folder for its files, and its log
     * @param main the class whose {@code main} calls {@link #serve}
     * @param properties what its {@link Starter} is given
     */
    public static EngineProcess start(Path folder, Class<?> main, List<Map<String, String>> properties)
            throws IOException
    {
        ImmutableList.Builder<String> command = ImmutableList.<String>builder()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // what Trino asks of a JVM, as this one has it
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-XX:") || argument.startsWith("-Djdk") || argument.startsWith("-Dtarn"))
                .forEach(command::add);
        command.add("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName());
        for (int i = 0; i < properties.size(); i++) {
            command.add(write(folder.resolve("engine-%s.properties".formatted(i)), properties.get(i)).toString());
        }
        Path errors = folder.resolve("engine.log");
        Process process = new ProcessBuilder(command.build())
                .redirectError(errors.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        StringBuilder output = new StringBuilder();
        BufferedReader reader = process.inputReader(UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(READY)) {
                return new EngineProcess(process, URI.create(line.substring(READY.length())));
            }
            output.append(line).append('\n');
        }
        throw new IllegalStateException("The engine did not start: %s\n%s".formatted(output, Files.readString(errors)));
    }

    public URI uri()
    {
        return uri;
    }

    /**
     * As {@code kill -9} does; returns when the process is gone.
     */
    public void kill()
    {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close()
    {
        kill();
    }

    /**
     * Runs an engine in this process until it is killed.
     *
     * @param arguments those of {@code main}
     */
    public static void serve(String[] arguments, Starter starter)
            throws Exception
    {
        // Trino's logging takes the stream for itself
        PrintStream out = System.out;
        List<Map<String, String>> properties = new ArrayList<>();
        for (String argument : arguments) {
            properties.add(read(Path.of(argument)));
        }
        out.println(READY + starter.start(properties));
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
