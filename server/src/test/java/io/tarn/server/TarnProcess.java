package io.tarn.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The command as a process of its own, on the product's class path and nothing of the tests. Ends with the tests,
 * whatever happens to them.
 */
final class TarnProcess
        implements AutoCloseable
{
    private static final Path ROOT = Path.of(System.getProperty("tarn.root"));
    private static final Path TARGET = ROOT.resolve("server/target");
    private static final String LAST_LINE_OF_UP = "Ctrl-C stops it.";

    private final Process process;
    private final BufferedReader output;
    private final Path errorFile;
    private final List<String> lines = new ArrayList<>();

    private TarnProcess(Process process, Path errorFile)
    {
        this.process = process;
        this.errorFile = errorFile;
        output = process.inputReader(UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static Path etc()
    {
        return ROOT.resolve("etc");
    }

    /**
     * With the repository's own configuration.
     */
    static TarnProcess start(String... arguments)
    {
        return start(etc(), arguments);
    }

    static TarnProcess start(Path etc, String... arguments)
    {
        try {
            String classPath = TARGET.resolve("classes") + File.pathSeparator + Files.readString(TARGET.resolve("runtime.classpath")).strip();
            List<String> command = ImmutableList.<String>builder()
                    .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                    .addAll(Files.readAllLines(etc().resolve("jvm.config")).stream()
                            .filter(line -> line.startsWith("-"))
                            .toList())
                    // several of them at once must fit beside the other tests
                    .add("-Xmx1g", "-XX:TieredStopAtLevel=1")
                    // as in the tests' own processes
                    .add("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote")
                    .add("-Dtarn.home=" + TARGET.resolve("home"), "-Dtarn.etc=" + etc)
                    .add("-cp", classPath, "io.tarn.server.Tarn")
                    .add(arguments)
                    .build();
            return start(command, ImmutableMap.of(), ROOT);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TarnProcess start(List<String> command, Map<String, String> environment, Path folder)
    {
        try {
            Path errorFile = Files.createTempFile("tarn", ".err");
            errorFile.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(errorFile.toFile());
            builder.environment().putAll(environment);
            return new TarnProcess(builder.start(), errorFile);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what is printed until {@code up} has said everything, or the process ends.
     */
    TarnProcess awaitUp()
    {
        readUntil(LAST_LINE_OF_UP);
        if (!lines.contains(LAST_LINE_OF_UP)) {
            throw new AssertionError("The engine did not come up: " + error());
        }
        return this;
    }

    /**
     * The lines that {@link #awaitUp} has read.
     */
    List<String> linesUntilUp()
    {
        return List.copyOf(lines);
    }

    /**
     * Everything the process wrote to its standard output, once it has ended.
     */
    String output()
    {
        exitCode();
        return String.join("\n", lines);
    }

    String error()
    {
        try {
            return Files.readString(errorFile);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int exitCode()
    {
        readUntil(null);
        try {
            return process.waitFor();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    long pid()
    {
        return process.pid();
    }

    /**
     * As the shell's {@code kill} does.
     */
    int terminate()
    {
        // not Process.destroy(), which closes the streams as well
        process.toHandle().destroy();
        return exitCode();
    }

    /**
     * As {@code kill -9}.
     */
    void kill()
    {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    private void readUntil(String last)
    {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.equals(last)) {
                    return;
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
