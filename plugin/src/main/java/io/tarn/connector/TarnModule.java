package io.tarn.connector;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import io.tarn.connector.athena.AthenaModule;
import io.tarn.connector.function.TarnFunctionProvider;
import io.tarn.connector.procedure.MaintenanceProcedures;
import io.tarn.connector.procedure.OrphanProcedure;
import io.tarn.connector.procedure.PartitionProcedures;
import io.tarn.connector.system.FilesTable;
import io.tarn.connector.system.ListingMeter;
import io.tarn.ddl.TableDeclaration;
import io.tarn.ddl.TableLocations;
import io.tarn.ddl.TableProperties;
import io.tarn.format.FileFormats;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.tarn.maintenance.DeadFolders;
import io.tarn.maintenance.MaintainedTables;
import io.tarn.maintenance.OrphanFiles;
import io.tarn.maintenance.OrphanRemoval;
import io.tarn.maintenance.OtherConnectors;
import io.tarn.maintenance.PartitionRegistration;
import io.tarn.maintenance.PartitionSync;
import io.tarn.metastore.QueryMetastores;
import io.tarn.quota.CurrentGate;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.TableScanner;
import io.tarn.storage.FileLister;
import io.tarn.view.ViewDefinitions;
import io.tarn.view.ViewProperties;
import io.tarn.view.ViewStatements;
import io.tarn.view.ViewTables;
import io.tarn.write.TableSinks;
import io.tarn.write.WriteConfig;
import io.tarn.write.WriteSessionProperties;
import io.tarn.write.WrittenFile;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorViewDefinition;

import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static io.airlift.json.JsonCodecBinder.jsonCodecBinder;
import static io.tarn.connector.function.TableFunctionBinder.tableFunctionBinder;
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
        configBinder(binder).bindConfig(RedirectionConfig.class);
        jsonCodecBinder(binder).bindJsonCodec(ConnectorViewDefinition.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(TarnSessionProperties.class).in(Scopes.SINGLETON);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(RedirectionSessionProperties.class).in(Scopes.SINGLETON);

        binder.bind(CurrentGate.class).toInstance(currentGate);
        newSetBinder(binder, FormatWriter.class);
        binder.bind(FileFormats.class).in(Scopes.SINGLETON);
        binder.bind(FormatWriters.class).in(Scopes.SINGLETON);
        binder.bind(FileLister.class).in(Scopes.SINGLETON);
        binder.bind(TableScanner.class).in(Scopes.SINGLETON);
        binder.bind(ViewDefinitions.class).in(Scopes.SINGLETON);
        binder.bind(ViewTables.class).in(Scopes.SINGLETON);
        binder.bind(ViewStatements.class).in(Scopes.SINGLETON);
        binder.bind(ViewProperties.class).in(Scopes.SINGLETON);
        binder.bind(TarnTransactions.class).in(Scopes.SINGLETON);
        binder.bind(ScanMeter.class).in(Scopes.SINGLETON);
        binder.bind(ListingMeter.class).to(ScanMeter.class);
        binder.bind(FilesTable.Factory.class).in(Scopes.SINGLETON);
        binder.bind(MetadataTables.class).in(Scopes.SINGLETON);
        binder.bind(TableRedirections.class).in(Scopes.SINGLETON);
        binder.bind(ScanEstimator.class).in(Scopes.SINGLETON);
        binder.bind(TarnSplitManager.class).in(Scopes.SINGLETON);
        configBinder(binder).bindConfig(WriteConfig.class);
        jsonCodecBinder(binder).bindJsonCodec(WrittenFile.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(WriteSessionProperties.class).in(Scopes.SINGLETON);
        binder.bind(TableSinks.class).in(Scopes.SINGLETON);
        binder.bind(TableDeclaration.class).in(Scopes.SINGLETON);
        binder.bind(TableLocations.class).in(Scopes.SINGLETON);
        binder.bind(TableProperties.class).in(Scopes.SINGLETON);
        binder.bind(WriteTools.class).in(Scopes.SINGLETON);
        binder.bind(TarnPageSinkProvider.class).in(Scopes.SINGLETON);
        binder.bind(TarnNodePartitioningProvider.class).in(Scopes.SINGLETON);
        binder.bind(TarnPageSourceProvider.class).in(Scopes.SINGLETON);
        // there may be none
        tableFunctionBinder(binder);
        binder.install(new AthenaModule());
        binder.bind(TarnFunctionProvider.class).in(Scopes.SINGLETON);
        binder.bind(TarnConnector.class).in(Scopes.SINGLETON);

        binder.bind(OtherConnectors.class).toInstance(ForeignTables::connector);
        binder.bind(MaintainedTables.class).in(Scopes.SINGLETON);
        binder.bind(PartitionRegistration.class).in(Scopes.SINGLETON);
        binder.bind(PartitionSync.class).in(Scopes.SINGLETON);
        binder.bind(PartitionProcedures.class).in(Scopes.SINGLETON);
        binder.bind(OrphanFiles.class).in(Scopes.SINGLETON);
        binder.bind(DeadFolders.class).in(Scopes.SINGLETON);
        binder.bind(OrphanRemoval.class).in(Scopes.SINGLETON);
        binder.bind(OrphanProcedure.class).in(Scopes.SINGLETON);
        binder.bind(MaintenanceProcedures.class).in(Scopes.SINGLETON);
    }

    @Provides
    static QueryMetastoreFactory queryMetastoreFactory(QueryMetastores metastores)
    {
        return metastores::forQuery;
    }
}
