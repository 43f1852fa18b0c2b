package io.tarn.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.engine.EndpointsFile;
import io.tarn.server.engine.EngineException;
import io.tarn.server.engine.Installation;
import io.tarn.server.engine.LakeOptions;
import io.tarn.server.engine.LocalLake;
import io.tarn.server.quota.QueryEstimate;
import io.tarn.server.quota.QueryEstimate.TableEstimate;
import io.tarn.server.quota.QueryEstimator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.util.Objects.requireNonNull;

@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        description = "Says what a query would read and cost, and whether the quotas let it run, without reading data. For Parquet the figures are exact to the column chunk.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:the query would run",
                "1:the query is wrong, or the engine failed",
                "2:the command line is wrong",
                "3:the data folder is not writable, or its disk is full",
                "5:the quotas would refuse the query",
        })
final class EstimateCommand
        implements TerminalCommand
{
    private final Terminal terminal;

    @Mixin
    private DataOption data;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--catalog", paramLabel = "NAME", defaultValue = "awsdatacatalog", description = "The catalog of names without one (default: ${DEFAULT-VALUE}).")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", defaultValue = "default", description = "The schema of names without one (default: ${DEFAULT-VALUE}).")
    private String schema;

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Whose quotas hold (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(names = "--workgroup", paramLabel = "NAME", description = "The workgroup to ask for; otherwise the policy chooses.")
    private Optional<String> workgroup;

    @Option(names = "--json", description = "For programs: the estimate as one JSON object.")
    private boolean json;

    EstimateCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
    {
        String sql = source.sql();
        Installation installation = Installation.current();
        Optional<Endpoints> running = EndpointsFile.read(data.folder());
        if (running.isPresent()) {
            return estimate(running.get(), sql);
        }
        try (LocalLake lake = LocalLake.start(LakeOptions.onFreePorts(installation, data.path()), terminal)) {
            return estimate(lake.endpoints(), sql);
        }
    }

    private int estimate(Endpoints endpoints, String sql)
    {
        QueryEstimate estimate = new QueryEstimator(endpoints.trino(), user, catalog, schema, workgroup).estimate(sql);
        if (json) {
            terminal.out().println(json(estimate).toPrettyString());
        }
        else {
            print(estimate);
        }
        return estimate.refused() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private void print(QueryEstimate estimate)
    {
        terminal.out().printf("%-40s %10s %10s %16s %14s%n", "table", "files", "partitions", "bytes", "rows");
        for (TableEstimate table : estimate.tables()) {
            terminal.out().printf("%-40s %,10d %,10d %,16d %14s%n", table.name(), table.files(), table.partitions(), table.bytes(), rows(table.rows()));
        }
        terminal.out().printf("%-40s %,10d %,10d %,16d %14s%n", "total", estimate.files(), estimate.partitions(), estimate.bytes(), rows(estimate.rows()));
        terminal.out().printf("%nPrice: %s %s in workgroup %s%n%s%n", estimate.currency(), estimate.price().stripTrailingZeros().toPlainString(), estimate.workgroup(), estimate.verdict());
    }

    private static String rows(Optional<Long> rows)
    {
        return rows.map("%,d"::formatted).orElse("not known");
    }

    private static ObjectNode json(QueryEstimate estimate)
    {
        ObjectNode node = new ObjectMapper().createObjectNode()
                .put("workgroup", estimate.workgroup())
                .put("refused", estimate.refused())
                .put("bytes", estimate.bytes())
                .put("files", estimate.files())
                .put("partitions", estimate.partitions())
                .put("rows", estimate.rows().orElse(null))
                .put("price", estimate.price())
                .put("currency", estimate.currency())
                .put("verdict", estimate.verdict());
        estimate.tables().forEach(table -> node.withArray("tables").addObject()
                .put("table", table.name())
                .put("files", table.files())
                .put("partitions", table.partitions())
                .put("bytes", table.bytes())
                .put("rows", table.rows().orElse(null)));
        return node;
    }

    private static final class Source
    {
        @Parameters(paramLabel = "SQL", description = "The query.")
        private String text;

        @Option(names = {"-f", "--file"}, paramLabel = "FILE", required = true, converter = UserPath.class, description = "The file with the query.")
        private Path file;

        private String sql()
        {
            if (text != null) {
                return text;
            }
            try {
                return Files.readString(file);
            }
            catch (IOException e) {
                throw new EngineException(FAILED, "The file %s cannot be read: %s".formatted(file, e.getMessage()), e);
            }
        }
    }
}
