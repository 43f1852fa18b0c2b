package io.tarn.server;

import io.airlift.bootstrap.ApplicationConfigurationException;
import io.tarn.server.engine.EngineException;
import io.tarn.server.thrift.GlueThriftMetastore;
import io.tarn.server.thrift.MetastoreConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

import static com.google.common.base.Throwables.getCausalChain;
import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static io.tarn.server.engine.EngineException.Reason.UNAVAILABLE;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

@Command(
        name = "metastore",
        mixinStandardHelpOptions = true,
        description = "Serves AWS Glue as a Hive metastore (Thrift), for Spark, Hive, Trino, Iceberg and others, until Ctrl-C. Needs no engine and no data folder. AWS credentials come from where the AWS SDK looks for them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:stopped by Ctrl-C or a termination signal",
                "1:the metastore failed, or its configuration is wrong",
                "2:the command line is wrong",
                "3:the port is taken",
        })
final class MetastoreCommand
        implements TerminalCommand
{
    // kept here, for a logger that nobody refers to forgets its level
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private final Terminal terminal;

    @Option(names = "--glue-region", paramLabel = "REGION", description = "The catalogue's AWS region (default: what the AWS SDK finds).")
    private Optional<String> region;

    @Option(names = "--glue-endpoint", paramLabel = "URL", description = "Another Glue than AWS's, as the endpoint of ./tarn up.")
    private Optional<String> endpoint;

    @Option(names = "--glue-catalog-id", paramLabel = "ID", description = "The account whose catalogue is served (default: that of the credentials).")
    private Optional<String> catalogId;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on (default: " + MetastoreConfig.DEFAULT_PORT + "); 0 takes a free one.")
    private Optional<PortNumber> port;

    @Option(names = "--host", paramLabel = "ADDR", description = "The address to listen on (default: 127.0.0.1, this machine only). Nobody is asked for a password: see --allow and --key-store.")
    private Optional<String> host;

    @Option(names = "--read-only", description = "Refuses every call that would change the catalogue.")
    private boolean readOnly;

    @Option(names = "--allow", paramLabel = "RANGES", converter = AddressRanges.Converter.class, description = "Who may connect: addresses and ranges as 10.0.0.0/8, separated by commas (default: all).")
    private Optional<AddressRanges> allowed;

    @Option(names = "--key-store", paramLabel = "FILE", converter = UserPath.class, description = "Speaks TLS with the certificate of a PKCS12, JKS or PEM file; its password is metastore.tls.key-store-password in --config.")
    private Optional<Path> keyStore;

    @Option(names = "--config", paramLabel = "FILE", converter = UserPath.class, description = "Properties for everything else: metastore.*, and glue.*, storage.* and s3.* as the connector has them. An option here goes before the same in there.")
    private Optional<Path> config;

    MetastoreCommand(Terminal terminal)
    {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    @Override
    public Integer call()
            throws Exception
    {
        // the terminal is told what goes wrong, and nothing of how libraries start
        ROOT_LOGGER.setLevel(Level.WARNING);
        StopSignal stop = StopSignal.install();
        try (GlueThriftMetastore metastore = start()) {
            terminal.out().printf(
                    """

                    The metastore is up at %1$s%2$s, over Glue %3$s.

                    Spark      --conf spark.hadoop.hive.metastore.uris=%1$s --conf spark.sql.catalogImplementation=hive
                    Trino      hive.metastore=thrift
                               hive.metastore.uri=%1$s
                    Hive       hive.metastore.uris=%1$s

                    Ctrl-C stops it.
                    """,
                    metastore.uri(),
                    readOnly ? " (read-only)" : "",
                    endpoint.or(() -> region).orElse("as the AWS SDK finds it"));
            terminal.out().flush();
            stop.await();
        }
        return ExitCode.OK;
    }

    private GlueThriftMetastore start()
    {
        try {
            return GlueThriftMetastore.start(properties(), TarnVersion.text());
        }
        catch (ApplicationConfigurationException e) {
            throw new EngineException(FAILED, "The configuration of the metastore is wrong: %s".formatted(e.getErrors().stream().map(error -> error.getMessage()).collect(joining("; "))), e);
        }
        catch (UncheckedIOException e) {
            boolean taken = getCausalChain(e).stream().anyMatch(BindException.class::isInstance);
            throw new EngineException(taken ? UNAVAILABLE : FAILED, taken ? "%s (--port, --host)".formatted(e.getMessage()) : e.getMessage(), e);
        }
        catch (IllegalArgumentException e) {
            throw new EngineException(FAILED, e.getMessage(), e);
        }
        catch (RuntimeException e) {
            Throwable cause = getCausalChain(e).stream().filter(SdkClientException.class::isInstance).findFirst().orElse(e);
            throw new EngineException(FAILED, "The metastore did not start: %s".formatted(cause.getMessage()), e);
        }
    }

    private Map<String, String> properties()
    {
        Map<String, String> properties = new HashMap<>();
        properties.put("storage.kind", "s3");
        config.map(MetastoreCommand::read).ifPresent(properties::putAll);
        region.ifPresent(value -> {
            properties.put("glue.region", value);
            properties.putIfAbsent("s3.region", value);
        });
        endpoint.ifPresent(value -> properties.put("glue.endpoint-url", value));
        catalogId.ifPresent(value -> properties.put("glue.catalog-id", value));
        port.ifPresent(value -> properties.put("metastore.port", String.valueOf(value.value())));
        host.ifPresent(value -> properties.put("metastore.host", value));
        if (readOnly) {
            properties.put("metastore.read-only", "true");
        }
        allowed.ifPresent(value -> properties.put("metastore.allowed-addresses", value.text()));
        keyStore.ifPresent(value -> properties.put("metastore.tls.key-store-path", value.toString()));
        return properties;
    }

    private static Map<String, String> read(Path file)
    {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            Map<String, String> result = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> result.put(key, properties.getProperty(key).strip()));
            return result;
        }
        catch (IOException e) {
            throw new EngineException(FAILED, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
