package io.tarn.server;

import io.tarn.server.engine.EngineException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static io.tarn.server.engine.EngineException.Reason.FAILED;

/**
 * Trino's command line as a library. It sees the JDK and its own jar only: the versions of what it carries are not the
 * engine's. Its {@code main} ends the process, so what that calls is called here.
 */
final class TrinoCli
{
    private TrinoCli() {}

    /**
     * @return the exit code: 0, or 1 when a statement failed, or 2 for wrong arguments
     */
    static int run(Path folder, List<String> arguments)
    {
        if (System.console() == null || !System.console().isTerminal()) {
            // or the CLI warns that its output is no terminal, each time it is piped on
            System.setProperty("org.jline.terminal.dumb", "true");
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            // never closed: its shutdown hook loads classes, and the process ends soon after
            URLClassLoader loader = new URLClassLoader("trino-cli", new URL[] {jar(folder).toUri().toURL()}, ClassLoader.getPlatformClassLoader());
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

    private static Path jar(Path folder)
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
