package io.tarn.connector;

import com.google.inject.Injector;
import com.google.inject.Module;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.json.JsonModule;
import io.tarn.connector.unload.UnloadModule;
import io.tarn.format.avro.AvroFormatModule;
import io.tarn.format.ion.IonFormatModule;
import io.tarn.format.line.LineFormatsModule;
import io.tarn.format.orc.OrcFormatModule;
import io.tarn.format.parquet.ParquetFormatModule;
import io.tarn.format.rcfile.RcFileFormatModule;
import io.tarn.metastore.GlueMetastoreModule;
import io.tarn.quota.CurrentGate;
import io.tarn.statistics.StatisticsModule;
import io.tarn.storage.StorageModule;
import io.trino.plugin.base.ConnectorContextModule;
import io.trino.plugin.base.TypeDeserializerModule;
import io.trino.plugin.base.jmx.ConnectorObjectNameGeneratorModule;
import io.trino.plugin.base.jmx.MBeanServerModule;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import org.weakref.jmx.guice.MBeanModule;

import java.util.Map;
import java.util.function.Supplier;

import static io.trino.plugin.base.Versions.checkStrictSpiVersionMatch;
import static java.util.Objects.requireNonNull;

public class TarnConnectorFactory
        implements ConnectorFactory
{
    private final CurrentGate currentGate;
    private final Supplier<Module> metastoreModule;

    public TarnConnectorFactory(CurrentGate currentGate)
    {
        this(currentGate, GlueMetastoreModule::new);
    }

    /**
     * @param metastoreModule gives each catalogue a module that binds {@link io.tarn.metastore.QueryMetastores}
     */
    TarnConnectorFactory(CurrentGate currentGate, Supplier<Module> metastoreModule)
    {
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
        this.metastoreModule = requireNonNull(metastoreModule, "metastoreModule is null");
    }

    @Override
    public String getName()
    {
        return "tarn";
    }

    @Override
    public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
    {
        checkStrictSpiVersionMatch(context, this);
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            Bootstrap app = new Bootstrap(
                    "io.trino.bootstrap.catalog." + catalogName,
                    new MBeanModule(),
                    new MBeanServerModule(),
                    new ConnectorObjectNameGeneratorModule("io.tarn", "tarn"),
                    new JsonModule(),
                    new TypeDeserializerModule(),
                    new ConnectorContextModule(catalogName, context),
                    metastoreModule.get(),
                    new StorageModule(),
                    new LineFormatsModule(),
                    new RcFileFormatModule(),
                    new IonFormatModule(),
                    new AvroFormatModule(),
                    new OrcFormatModule(),
                    new ParquetFormatModule(),
                    new StatisticsModule(),
                    new UnloadModule(),
                    new TarnModule(currentGate));
            Injector injector = app
                    .doNotInitializeLogging()
                    .disableSystemProperties()
                    .setRequiredConfigurationProperties(config)
                    .initialize();
            currentGate.addCatalog(catalogName);
            return injector.getInstance(TarnConnector.class);
        }
    }
}
