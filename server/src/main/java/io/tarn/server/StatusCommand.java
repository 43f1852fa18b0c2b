package io.tarn.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tarn.server.engine.DataFolder;
import io.tarn.server.engine.Door;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.EndpointsFile;
import io.tarn.server.engine.EngineProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says whether an engine runs on the data folder, where, and whether each of its doors answers.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:the engine runs and every door answers",
                "1:the engine runs, and a door does not answer",
                "2:the command line is wrong",
                "4:no engine runs on the data folder, or it is still starting",
        })
final class StatusCommand
        implements TerminalCommand
{
    private final Terminal terminal;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "For programs: the endpoints, and what else is known, as one JSON object.")
    private boolean json;

    StatusCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
    {
        DataFolder folder = data.folder();
        Optional<EngineProcess> process = EngineProcess.holding(folder);
        Optional<Endpoints> endpoints = EndpointsFile.read(folder);
        if (process.isEmpty() || endpoints.isEmpty()) {
            reportNotRunning(folder, process);
            return ExitCode.NOT_RUNNING;
        }
        return report(folder, process.get(), endpoints.get()) ? ExitCode.OK : ExitCode.FAILED;
    }

    private void reportNotRunning(DataFolder folder, Optional<EngineProcess> process)
    {
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode()
                    .put("running", false)
                    .put("starting", process.isPresent())
                    .put("data", folder.path().toString());
            terminal.out().println(node.toPrettyString());
            return;
        }
        terminal.out().println(process
                .map(starting -> "The engine on %s is starting or stopping (process %d)".formatted(folder.path(), starting.pid()))
                .orElseGet(() -> "No engine runs on %s: start one with ./tarn up".formatted(folder.path())));
    }

    private boolean report(DataFolder folder, EngineProcess process, Endpoints endpoints)
    {
        Duration uptime = Duration.between(process.startedAt(), Instant.now());
        boolean healthy = true;
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode()
                    .put("running", true)
                    .put("version", TarnVersion.text())
                    .put("data", folder.path().toString())
                    .put("pid", process.pid())
                    .put("uptimeSeconds", uptime.toSeconds());
            ObjectNode doors = node.putObject("doors");
            for (Door door : Door.of(endpoints)) {
                boolean answers = door.answers();
                healthy &= answers;
                doors.putObject(door.name())
                        .put("uri", door.uri().toString())
                        .put("answers", answers);
            }
            terminal.out().println(node.toPrettyString());
            return healthy;
        }
        terminal.out().printf("Running: tarn %s, process %d, up %s%n", TarnVersion.text(), process.pid(), text(uptime));
        for (Door door : Door.of(endpoints)) {
            boolean answers = door.answers();
            healthy &= answers;
            terminal.out().printf("  %-9s %-32s %s%n", door.name(), door.uri(), answers ? "answers" : "does not answer");
        }
        terminal.out().printf("  %-9s %s%n", "data", folder.path());
        return healthy;
    }

    private static String text(Duration uptime)
    {
        return "%d:%02d:%02d".formatted(uptime.toHours(), uptime.toMinutesPart(), uptime.toSecondsPart());
    }
}
