package io.tarn.server;

import com.google.common.collect.ImmutableList;
import io.tarn.server.cli.TrinoCli;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.EndpointsFile;
import io.tarn.server.engine.Installation;
import io.tarn.server.engine.LakeOptions;
import io.tarn.server.engine.LocalLake;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs SQL with the Trino CLI, on the engine of the data folder, or on one that is started for it and stopped after it. Interactive without -e and -f.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:every statement succeeded",
                "1:a statement or the engine failed",
                "2:the command line is wrong",
                "3:the data folder is not writable, or its disk is full",
        })
final class SqlCommand
        implements TerminalCommand
{
    private final Terminal terminal;

    @Mixin
    private DataOption data;

    @ArgGroup
    private Source source;

    @Option(names = "--output-format", paramLabel = "FORMAT", description = "How rows are printed: CSV, CSV_HEADER, TSV, JSON, ALIGNED, VERTICAL, MARKDOWN, NULL and so on (default: CSV, interactive: ALIGNED).")
    private Optional<String> outputFormat;

    @Option(names = "--catalog", paramLabel = "NAME", defaultValue = "awsdatacatalog", description = "The catalog of names without one (default: ${DEFAULT-VALUE}).")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", defaultValue = "default", description = "The schema of names without one (default: ${DEFAULT-VALUE}).")
    private String schema;

    SqlCommand(Terminal terminal)
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
            terminal.restoreStandardStreams();
            return run(installation, lake.endpoints());
        }
    }

    private int run(Installation installation, Endpoints endpoints)
    {
        return new TrinoCli(installation.cli()).run(arguments(endpoints));
    }

    private List<String> arguments(Endpoints endpoints)
    {
        ImmutableList.Builder<String> arguments = ImmutableList.builder();
        arguments.add("--server", endpoints.trino().toString());
        arguments.add("--catalog", catalog);
        arguments.add("--schema", schema);
        outputFormat.ifPresent(format -> arguments.add("--output-format", format, "--output-format-interactive", format));
        if (source != null && source.statements != null) {
            arguments.add("--execute", source.statements);
        }
        if (source != null && source.file != null) {
            arguments.add("--file", source.file.toString());
        }
        return arguments.build();
    }

    private static final class Source
    {
        @Option(names = {"-e", "--execute"}, paramLabel = "STATEMENT[; …]", required = true, description = "The statements to run.")
        private String statements;

        @Option(names = {"-f", "--file"}, paramLabel = "FILE", required = true, converter = UserPath.class, description = "The file with the statements to run.")
        private Path file;
    }
}
