package io.tarn.server.cli;

import com.google.common.collect.ImmutableList;
import io.tarn.server.engine.EngineException;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.util.Objects.requireNonNull;

/**
 * Trino's command line, from its one jar in the installation.
 */
public final class TrinoCli
{
    private static final File NOTHING = new File("/dev/null");

    private final Path folder;

    /**
     * @param folder with the jar in it
     */
    public TrinoCli(Path folder)
    {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * Runs it in this process, on its terminal. It sees the JDK and its own jar only: the versions of what it carries are
     * not the engine's. Its {@code main} ends the process, so what that calls is called here.
     *
     * @return the exit code: 0, or 1 when a statement failed, or 2 for wrong arguments
     * @throws EngineException when there is no such jar, or it cannot be loaded
     */
    public int run(List<String> arguments)
    {
        if (System.console() == null || !System.console().isTerminal()) {
            // or the CLI warns that its output is no terminal, each time it is piped on
            System.setProperty("org.jline.terminal.dumb", "true");
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            // never closed: its shutdown hook loads classes, and the process ends soon after
            URLClassLoader loader = new URLClassLoader("trino-cli", new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            Object console = loader.loadClass("io.trino.cli.Console").getConstructor().newInstance();
            Object commandLine = loader.loadClass("io.trino.cli.Trino").getMethod("createCommandLine", Object.class).invoke(null, console);
            return (int) commandLine.getClass().getMethod("execute", String[].class).invoke(commandLine, (Object) arguments.toArray(String[]::new));
        }
        catch (InvocationTargetException e) {
            throw new EngineException(FAILED, "The Trino CLI failed: " + e.getCause().getMessage(), e.getCause());
        }
        catch (ReflectiveOperationException | IOException e) {
            throw new EngineException(FAILED, "The Trino CLI in %s cannot be loaded: build with ./tarn build".formatted(folder), e);
        }
        finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /**
     * Starts it as a process of its own, without a terminal, an input, or what the user has configured it to do. Both of
     * its streams are the process's output, in UTF-8.
     *
     * @throws EngineException when there is no such jar, or no process can be started
     */
    public Process start(List<String> arguments)
    {
        try {
            ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
                    .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                    // it is over in seconds
                    .add("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                    .add("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Dorg.jline.terminal.dumb=true")
                    .add("-jar", jar().toString())
                    .addAll(arguments)
                    .build());
            builder.environment().put("TRINO_CONFIG", NOTHING.getPath());
            return builder.redirectInput(NOTHING).redirectErrorStream(true).start();
        }
        catch (IOException e) {
            throw new EngineException(FAILED, "The Trino CLI in %s cannot be started: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private Path jar()
            throws IOException
    {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "trino-cli-*-executable.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new EngineException(FAILED, "No Trino CLI in %s: build with ./tarn build".formatted(folder));
    }
}
