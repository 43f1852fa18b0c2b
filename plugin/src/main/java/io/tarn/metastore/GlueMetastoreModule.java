package io.tarn.metastore;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.cache.CachingHiveMetastore;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static com.google.inject.name.Names.named;
import static io.airlift.bootstrap.ClosingBinder.closingBinder;
import static io.airlift.concurrent.Threads.daemonThreadsNamed;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static io.trino.metastore.cache.CachingHiveMetastore.ObjectType.STATS;
import static io.trino.metastore.cache.CachingHiveMetastore.StatsRecording.ENABLED;
import static io.trino.metastore.cache.CachingHiveMetastore.createCachingHiveMetastore;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.weakref.jmx.guice.ExportBinder.newExporter;

/**
 * Binds {@link HiveMetastore} and {@link QueryMetastores} to Glue as configured, and closes with the connector what it
 * opens. Needs a {@link TrinoFileSystemFactory}, for dropping data with its table.
 */
public class GlueMetastoreModule
        extends AbstractConfigurationAwareModule
{
    private static final String EXECUTOR = "glue";

    @Override
    protected void setup(Binder binder)
    {
        configBinder(binder).bindConfig(GlueMetastoreConfig.class);

        GlueStats stats = new GlueStats();
        binder.bind(GlueStats.class).toInstance(stats);
        newExporter(binder).export(GlueStats.class).withGeneratedName();
        for (GlueOperation operation : GlueOperation.values()) {
            binder.bind(CallStats.class).annotatedWith(named(operation.apiName())).toInstance(stats.operation(operation));
            newExporter(binder).export(CallStats.class).annotatedWith(named(operation.apiName())).withGeneratedName();
        }

        closingBinder(binder).registerCloseable(GlueConnection.class);
        closingBinder(binder).registerExecutor(Key.get(ExecutorService.class, named(EXECUTOR)));
    }

    @Provides
    @Singleton
    static GlueConnection glueConnection(GlueMetastoreConfig config, GlueStats stats)
    {
        return GlueConnection.create(config, stats);
    }

    @Provides
    @Singleton
    @Named(EXECUTOR)
    static ExecutorService executor(GlueMetastoreConfig config)
    {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                config.getThreads(),
                config.getThreads(),
                1,
                MINUTES,
                new LinkedBlockingQueue<>(),
                daemonThreadsNamed("glue-%s"));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Provides
    @Singleton
    static ParallelCalls parallelCalls(@Named(EXECUTOR) ExecutorService executor)
    {
        return new ParallelCalls(executor);
    }

    @Provides
    @Singleton
    static GlueMetastore glueMetastore(
            GlueConnection connection,
            GlueMetastoreConfig config,
            GlueStats stats,
            TrinoFileSystemFactory fileSystemFactory,
            @Named(EXECUTOR) ExecutorService executor)
    {
        return new GlueMetastore(connection.client(), config, stats, fileSystemFactory, executor);
    }

    @Provides
    @Singleton
    static HiveMetastore sharedMetastore(GlueMetastore metastore, GlueMetastoreConfig config)
    {
        if (config.getCacheTtl().toMillis() == 0) {
            return metastore;
        }
        // that a table or partition is missing is not remembered: others create them, and their users look for them at once
        return createCachingHiveMetastore(
                metastore,
                config.getCacheTtl(),
                config.getCacheTtl(),
                Optional.empty(),
                directExecutor(),
                config.getCacheMaximumSize(),
                ENABLED,
                true,
                ImmutableSet.of(STATS));
    }

    @Provides
    @Singleton
    static LiveTables liveTables(GlueMetastore metastore, HiveMetastore shared)
    {
        return shared instanceof CachingHiveMetastore cache ? new InvalidatingTables(metastore, cache) : metastore;
    }

    @Provides
    @Singleton
    static DatabaseChanges databaseChanges(GlueMetastore metastore, HiveMetastore shared)
    {
        if (!(shared instanceof CachingHiveMetastore cache)) {
            return metastore;
        }
        return database -> {
            try {
                metastore.changeDatabase(database);
            }
            finally {
                // it can forget no single database, and a change of one is rare
                cache.flushCache();
            }
        };
    }

    @Provides
    @Singleton
    static TableCache tableCache(HiveMetastore shared)
    {
        return name -> {
            if (shared instanceof CachingHiveMetastore cache) {
                cache.invalidateTable(name.getSchemaName(), name.getTableName());
            }
        };
    }

    @Provides
    @Singleton
    static QueryMetastores queryMetastores(HiveMetastore metastore, GlueMetastoreConfig config)
    {
        return new QueryMetastores(metastore, config.getQueryCacheMaximumSize());
    }
}
