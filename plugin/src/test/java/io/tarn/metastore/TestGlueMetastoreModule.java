package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Injector;
import com.google.inject.Key;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.tarn.metastore.ScriptedGlue.Answer;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import org.junit.jupiter.api.Test;
import org.weakref.jmx.guice.MBeanModule;

import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

import java.util.Map;
import java.util.concurrent.ExecutorService;

import static com.google.inject.name.Names.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestGlueMetastoreModule
{
    private static final Answer TABLE = Answer.ok("{'Table': {'Name': 't', 'DatabaseName': 'db'}}");

    @Test
    void testWithoutSharedCache()
    {
        try (ScriptedGlue server = new ScriptedGlue().on("GetTable", TABLE)) {
            Injector injector = start(server, ImmutableMap.of());
            HiveMetastore metastore = injector.getInstance(HiveMetastore.class);
            assertThat(metastore).isSameAs(injector.getInstance(GlueMetastore.class));
            metastore.getTable("db", "t");
            metastore.getTable("db", "t");
            assertThat(server.callCount()).isEqualTo(2);
            injector.getInstance(LifeCycleManager.class).stop();
        }
    }

    @Test
    void testWithSharedCache()
    {
        try (ScriptedGlue server = new ScriptedGlue().on("GetTable", Answer.error(400, "EntityNotFoundException", "no"), TABLE)) {
            Injector injector = start(server, ImmutableMap.of("glue.cache-ttl", "1h"));
            QueryMetastores queries = injector.getInstance(QueryMetastores.class);
            // what is missing is not remembered, what is there is
            assertThat(queries.forQuery().getTable("db", "t")).isEmpty();
            assertThat(queries.forQuery().getTable("db", "t")).isPresent();
            assertThat(queries.forQuery().getTable("db", "t")).isPresent();
            assertThat(server.callCount()).isEqualTo(2);
            injector.getInstance(LifeCycleManager.class).stop();
        }
    }

    @Test
    void testStatisticsAreExported()
            throws Exception
    {
        try (ScriptedGlue server = new ScriptedGlue().on("GetTable", TABLE)) {
            Injector injector = start(server, ImmutableMap.of());
            injector.getInstance(HiveMetastore.class).getTable("db", "t");
            MBeanServer beans = injector.getInstance(MBeanServer.class);
            ObjectName getTable = beans.queryNames(new ObjectName("io.tarn.metastore:name=GetTable,*"), null).iterator().next();
            assertThat(beans.getAttribute(getTable, "Calls.TotalCount")).isEqualTo(1L);
            assertThat(beans.getAttribute(getTable, "Failures.TotalCount")).isEqualTo(0L);
            ObjectName all = beans.queryNames(new ObjectName("io.tarn.metastore:name=GlueStats,*"), null).iterator().next();
            assertThat(beans.getAttribute(all, "Requests.TotalCount")).isEqualTo(1L);
            injector.getInstance(LifeCycleManager.class).stop();
        }
    }

    @Test
    void testStopClosesWhatWasOpened()
    {
        try (ScriptedGlue server = new ScriptedGlue().on("GetTable", TABLE)) {
            Injector injector = start(server, ImmutableMap.of());
            HiveMetastore metastore = injector.getInstance(HiveMetastore.class);
            metastore.getTable("db", "t");
            injector.getInstance(LifeCycleManager.class).stop();
            assertThat(injector.getInstance(Key.get(ExecutorService.class, named("glue"))).isShutdown()).isTrue();
            assertThatThrownBy(() -> metastore.getTable("db", "t")).isInstanceOf(RuntimeException.class);
            assertThat(server.callCount()).isEqualTo(1);
        }
    }

    private static Injector start(ScriptedGlue server, Map<String, String> properties)
    {
        return new Bootstrap(
                new GlueMetastoreModule(),
                new MBeanModule(),
                binder -> {
                    binder.bind(MBeanServer.class).toInstance(MBeanServerFactory.newMBeanServer());
                    binder.bind(TrinoFileSystemFactory.class).toInstance(new MemoryFileSystemFactory());
                })
                .doNotInitializeLogging()
                .quiet()
                .setRequiredConfigurationProperties(ImmutableMap.<String, String>builder()
                        .put("glue.endpoint-url", server.uri().toString())
                        .put("glue.region", "us-east-1")
                        .put("glue.aws-access-key", "key")
                        .put("glue.aws-secret-key", "secret")
                        .put("glue.max-attempts", "1")
                        .putAll(properties)
                        .buildOrThrow())
                .initialize();
    }
}
