package io.tarn.server;

import io.tarn.server.cli.TrinoCli;
import io.tarn.server.demo.Demo;
import io.tarn.server.demo.DemoException;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.EndpointsFile;
import io.tarn.server.engine.Installation;
import io.tarn.server.engine.LakeOptions;
import io.tarn.server.engine.LocalLake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
                "Makes a sample lake up, lands it, declares its tables, and asks it the story's questions, in Athena's words and with the Trino CLI.",
                "The lake stays in the data folder, so that 'tarn up' and 'tarn sql' find it. A running engine is used; otherwise one is started and stopped.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:every answer is what the generator counted",
                "1:a step failed, or an answer is wrong",
                "2:the command line is wrong",
                "3:the data folder is in use or not writable, or its disk is full",
        })
final class DemoCommand
        implements TerminalCommand
{
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "" + Demo.DEFAULT_ROWS, description = "Requests in the shop's web log (default: ${DEFAULT-VALUE}).")
    private long rows;

    DemoCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
    {
        Installation installation = Installation.current();
        Optional<Endpoints> running = EndpointsFile.read(data.folder());
        if (running.isPresent()) {
            return run(installation, running.get());
        }
        try (LocalLake lake = LocalLake.start(LakeOptions.onFreePorts(installation, data.path()), terminal)) {
            return run(installation, lake.endpoints());
        }
    }

    private int run(Installation installation, Endpoints endpoints)
    {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(terminal.out(), UTF_8), true);
        try {
            Demo.run(endpoints, new TrinoCli(installation.cli()), rows, out);
            return ExitCode.OK;
        }
        catch (DemoException e) {
            out.flush();
            terminal.error().println(e.getMessage());
            return ExitCode.FAILED;
        }
        catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        finally {
            out.flush();
        }
    }
}
