package io.tarn.connector;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import io.tarn.format.FileFormats;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.tarn.metastore.QueryMetastores;
import io.tarn.quota.CurrentGate;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.TableScanner;
import io.tarn.storage.FileLister;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorViewDefinition;

import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static io.airlift.json.JsonCodecBinder.jsonCodecBinder;
import static java.util.Objects.requireNonNull;

/**
 * The connector itself; metastore, storage and formats have modules of their own.
 */
public class TarnModule
        implements Module
{
    private final CurrentGate currentGate;

    public TarnModule(CurrentGate currentGate)
    {
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
    }

    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(TarnConfig.class);
        configBinder(binder).bindConfig(ScanConfig.class);
        jsonCodecBinder(binder).bindJsonCodec(ConnectorViewDefinition.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(TarnSessionProperties.class).in(Scopes.SINGLETON);

        binder.bind(CurrentGate.class).toInstance(currentGate);
        newSetBinder(binder, FormatWriter.class);
        binder.bind(FileFormats.class).in(Scopes.SINGLETON);
        binder.bind(FormatWriters.class).in(Scopes.SINGLETON);
        binder.bind(FileLister.class).in(Scopes.SINGLETON);
        binder.bind(TableScanner.class).in(Scopes.SINGLETON);
        binder.bind(ViewDefinitions.class).in(Scopes.SINGLETON);
        binder.bind(TarnTransactions.class).in(Scopes.SINGLETON);
        binder.bind(ScanMeter.class).in(Scopes.SINGLETON);
        binder.bind(ScanEstimator.class).in(Scopes.SINGLETON);
        binder.bind(TarnSplitManager.class).in(Scopes.SINGLETON);
        binder.bind(TarnPageSourceProvider.class).in(Scopes.SINGLETON);
        binder.bind(TarnConnector.class).in(Scopes.SINGLETON);
    }

    @Provides
    static QueryMetastoreFactory queryMetastoreFactory(QueryMetastores metastores)
    {
        return metastores::forQuery;
    }
}
