package io.tarn.server.demo;

import com.google.common.collect.ImmutableList;
import io.tarn.server.cli.TrinoCli;
import io.tarn.server.demo.AthenaScript.Statement;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.EngineException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A script that the Trino CLI sends, statement by statement, in a process of its own. What it answers is read while it
 * goes on.
 */
final class CommandLineRun
        implements AutoCloseable
{
    private final Path file;
    private final Process process;
    private final BufferedReader reader;
    private final CommandLineOutput output;

    private CommandLineRun(Path file, Process process)
    {
        this.file = requireNonNull(file, "file is null");
        this.process = requireNonNull(process, "process is null");
        this.reader = process.inputReader(UTF_8);
        this.output = new CommandLineOutput(reader);
    }

    /**
     * @throws DemoException when the CLI cannot be started
     */
    static CommandLineRun start(TrinoCli cli, Endpoints endpoints, AthenaScript script)
    {
        Path file = null;
        try {
            file = Files.createTempFile("tarn-demo-", ".sql");
            Files.writeString(file, script.text());
            return new CommandLineRun(file, cli.start(ImmutableList.of(
                    "--server",
                    endpoints.trino().toString(),
                    "--user",
                    DemoClients.USER,
                    "--source",
                    DemoClients.SOURCE,
                    "--catalog",
                    DemoClients.CATALOG,
                    "--schema",
                    Demo.DATABASE,
                    "--output-format",
                    "JSON",
                    "--progress",
                    "--file",
                    file.toString())));
        }
        catch (EngineException e) {
            delete(file);
            throw new DemoException(e.getMessage(), e);
        }
        catch (IOException e) {
            delete(file);
            throw new DemoException("Cannot write the statements of %s to a temporary file: %s".formatted(script.name(), e.getMessage()), e);
        }
    }

    /**
     * Waits for the answer to the next statement of the script.
     *
     * @param statement that is the next one
     * @throws DemoException when it failed; the message has the statement and what the engine said
     */
    CommandLineOutput.Result next(Statement statement)
    {
        try {
            return output.next();
        }
        catch (DemoException e) {
            throw new DemoException("Cannot %s '%s': %s".formatted(statement.title().isPresent() ? "answer" : "run", statement.summary(), e.getMessage()), e);
        }
        catch (IOException e) {
            throw new DemoException("Cannot read what the Trino CLI prints for '%s': %s".formatted(statement.summary(), e.getMessage()), e);
        }
    }

    /**
     * Ends the run, after the last statement.
     */
    @Override
    public void close()
    {
        // after the last statement there is nothing to wait for, and after a failure no more is wanted
        process.destroy();
        try {
            reader.close();
        }
        catch (IOException _) {
            // all that matters has been read
        }
        delete(file);
    }

    private static void delete(Path file)
    {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        }
        catch (IOException _) {
            // the operating system clears its temporary folder
        }
    }
}
