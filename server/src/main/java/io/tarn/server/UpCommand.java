package io.tarn.server;

import io.tarn.server.engine.DataFolder;
import io.tarn.server.engine.Installation;
import io.tarn.server.engine.LakeOptions;
import io.tarn.server.engine.LakeOptions.CatalogueDatabase;
import io.tarn.server.engine.LocalLake;
import io.tarn.server.quota.PolicyNotes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

import static io.tarn.server.engine.LakeOptions.LOOPBACK;
import static java.util.Objects.requireNonNull;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the engine and says how to connect. Ctrl-C stops it, and cancels the queries that run; all state stays in the data folder.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:stopped by Ctrl-C or tarn stop",
                "1:the engine failed",
                "2:the command line is wrong",
                "3:the data folder is in use or not writable, a port is taken, the disk is full",
        })
final class UpCommand
        implements TerminalCommand
{
    private static final int AWS_PORT = 4566;
    private static final int S3_PORT = 4567;
    private static final String CATALOGUE_PASSWORD = "TARN_CATALOGUE_PASSWORD";
    private static final int METASTORE_PORT = 9083;

    private final Terminal terminal;

    @Mixin
    private DataOption data;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Trino's port (default: ${DEFAULT-VALUE}); 0 takes free ones for everything.")
    private PortNumber port;

    @Option(names = "--aws-port", paramLabel = "N", description = "The AWS endpoint's port (default: " + AWS_PORT + ").")
    private Optional<PortNumber> awsPort;

    @Option(names = "--s3-port", paramLabel = "N", description = "The S3 endpoint's port (default: " + S3_PORT + ").")
    private Optional<PortNumber> s3Port;

    @Option(names = "--metastore-port", paramLabel = "N", description = "The Hive metastore's port (default: " + METASTORE_PORT + ").")
    private Optional<PortNumber> metastorePort;

    @Option(names = "--catalogue-url", paramLabel = "URL", description = "A PostgreSQL database to keep the catalogue in, jdbc:postgresql://host:port/database, where several engines can share it (default: a file in the data folder). Its password is read from the environment variable " + CATALOGUE_PASSWORD + ".")
    private Optional<String> catalogueUrl;

    @Option(names = "--catalogue-user", paramLabel = "NAME", description = "The user of that database.")
    private Optional<String> catalogueUser;

    @Option(names = "--host", paramLabel = "ADDR", defaultValue = LOOPBACK, description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only). Trino asks nobody for a password.")
    private String host;

    UpCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
            throws InterruptedException
    {
        boolean free = port.value() == 0;
        LakeOptions options = new LakeOptions(
                Installation.current(),
                data.path(),
                host,
                port.value(),
                awsPort.map(PortNumber::value).orElse(free ? 0 : AWS_PORT),
                s3Port.map(PortNumber::value).orElse(free ? 0 : S3_PORT),
                metastorePort.map(PortNumber::value).orElse(free ? 0 : METASTORE_PORT),
                catalogueUrl.map(url -> new CatalogueDatabase(url, catalogueUser, Optional.ofNullable(System.getenv(CATALOGUE_PASSWORD)))));
        LocalLake lake = LocalLake.start(options, terminal);
        StopSignal stop = StopSignal.install();
        PolicyNotes.read(lake.endpoints().trino()).forEach(note -> terminal.out().println("Quota policy: " + note));
        terminal.out().print(ConnectionBlock.text(lake.endpoints(), new DataFolder(data.path())));
        terminal.out().flush();

        stop.await();
        terminal.begin("Stopping");
        lake.close();
        terminal.done();
        return ExitCode.OK;
    }
}
