package io.tarn.server;

import io.tarn.server.engine.DataFolder;
import io.tarn.server.engine.EngineException;
import io.tarn.server.engine.EngineProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static io.tarn.server.engine.EngineException.Reason.NOT_RUNNING;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops the engine on the data folder, and returns when it has ended. Queries that run are cancelled, and their clients told so.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:the engine has ended",
                "1:the engine does not end",
                "2:the command line is wrong",
                "4:no engine runs on the data folder",
        })
final class StopCommand
        implements TerminalCommand
{
    private static final int PATIENCE_SECONDS = 60;

    private final Terminal terminal;

    @Mixin
    private DataOption data;

    StopCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
            throws InterruptedException, ExecutionException
    {
        DataFolder folder = data.folder();
        ProcessHandle process = EngineProcess.holding(folder)
                .flatMap(EngineProcess::handle)
                .orElseThrow(() -> new EngineException(NOT_RUNNING, "No engine runs on %s".formatted(folder.path())));
        terminal.begin("Stopping process " + process.pid());
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, SECONDS);
        }
        catch (TimeoutException e) {
            throw new EngineException(FAILED, "Process %d did not end within %d s: end it with kill -9 %1$d, its data survives that".formatted(process.pid(), PATIENCE_SECONDS), e);
        }
        terminal.done();
        terminal.out().println("Stopped the engine on " + folder.path());
        return ExitCode.OK;
    }
}
