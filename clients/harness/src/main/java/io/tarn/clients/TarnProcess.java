package io.tarn.clients;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * {@code ./tarn} of the packaged engine as a process of its own, with a folder of its own that goes with it. Ends with
 * the tests, whatever happens to them.
 */
final class TarnProcess
        implements AutoCloseable
{
    private static final Path HOME = Path.of(System.getProperty("tarn.root")).resolve("server/target/home");

    private final Process process;
    private final Path folder;
    private final MatchResult up;

    private TarnProcess(Process process, Path folder, MatchResult up)
    {
        this.process = requireNonNull(process, "process is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.up = requireNonNull(up, "up is null");
    }

    static Path createFolder()
            throws IOException
    {
        return Files.createTempDirectory("tarn-clients");
    }

    /**
     * Returns when the process says that it is up.
     *
     * @param folder of {@link #createFolder}
     * @param memory the most that its heap takes, as the JVM's option has it
     * @param up the line by which it says so
     * @throws IllegalStateException when it ends without, with what it said
     */
    static TarnProcess start(Path folder, String memory, Pattern up, List<String> arguments)
            throws IOException
    {
        Path errors = folder.resolve("tarn.err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(HOME.resolve("tarn").toString()), arguments.stream()).toList())
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // it must fit beside the client, and what the second compiler would gain is over before it is done
        builder.environment().put("TARN_JAVA_OPTS", "-Xmx%s -XX:TieredStopAtLevel=1".formatted(memory));
        Process process = builder.start();
        // also where tests end without closing it
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = up.matcher(line);
            if (matcher.matches()) {
                return new TarnProcess(process, folder, matcher.toMatchResult());
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("tarn %s did not come up: %s%s".formatted(String.join(" ", arguments), said, Files.readString(errors)));
    }

    /**
     * The line that said that it is up.
     */
    MatchResult up()
    {
        return up;
    }

    Path folder()
    {
        return folder;
    }

    long id()
    {
        return process.pid();
    }

    @Override
    public void close()
    {
        end(process, folder);
    }

    private static void end(Process process, Path folder)
    {
        process.destroyForcibly();
        process.onExit().join();
        deleteRecursively(folder);
    }

    private static void deleteRecursively(Path folder)
    {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
