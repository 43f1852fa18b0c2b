package io.tarn.storage;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Injector;
import io.airlift.bootstrap.ApplicationConfigurationException;
import io.airlift.bootstrap.Bootstrap;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.plugin.base.jmx.ConnectorObjectNameGeneratorModule;
import io.trino.plugin.base.jmx.MBeanServerModule;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weakref.jmx.guice.MBeanModule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestStorageConfig
{
    @TempDir
    Path root;

    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(StorageConfig.class)
                .setKind(StorageConfig.Kind.S3)
                .setLocalRoot(null));
    }

    @Test
    void testMapping()
    {
        assertFullMapping(
                ImmutableMap.of("storage.kind", "local", "storage.local.root", root.toString()),
                new StorageConfig().setKind(StorageConfig.Kind.LOCAL).setLocalRoot(root));
    }

    @Test
    void testRootGoesWithLocal()
    {
        assertThatThrownBy(() -> injector(ImmutableMap.of("storage.kind", "local")))
                .isInstanceOf(ApplicationConfigurationException.class)
                .hasMessageContaining("storage.kind=local needs storage.local.root");
        assertThatThrownBy(() -> injector(ImmutableMap.of("storage.local.root", root.toString(), "s3.region", "us-east-1")))
                .isInstanceOf(ApplicationConfigurationException.class)
                .hasMessageContaining("storage.kind=s3 takes none");
    }

    @Test
    void testLocalModule()
            throws Exception
    {
        Files.createDirectories(root.resolve("lake"));
        TrinoFileSystem fileSystem = injector(ImmutableMap.of("storage.kind", "local", "storage.local.root", root.toString()))
                .getInstance(TrinoFileSystemFactory.class)
                .create(ConnectorIdentity.ofUser("test"));
        fileSystem.newOutputFile(Location.of("s3://lake/a/b")).createOrOverwrite(new byte[3]);
        assertThat(root.resolve("lake/a/b")).hasSize(3);
    }

    @Test
    void testS3Module()
    {
        TrinoFileSystem fileSystem = injector(ImmutableMap.of(
                "s3.endpoint", "http://127.0.0.1:1",
                "s3.region", "us-east-1",
                "s3.aws-access-key", "key",
                "s3.aws-secret-key", "secret",
                "s3.max-error-retries", "1"))
                .getInstance(TrinoFileSystemFactory.class)
                .create(ConnectorIdentity.ofUser("test"));
        assertThatThrownBy(() -> new FileLister().list(fileSystem, Location.of("s3://lake/t")).hasNext())
                .hasMessageContainingAll("s3://lake/t", "s3.endpoint");
    }

    private static Injector injector(Map<String, String> properties)
    {
        return new Bootstrap(
                "io.tarn.bootstrap.test",
                new MBeanModule(),
                new MBeanServerModule(),
                new ConnectorObjectNameGeneratorModule("io.tarn", "tarn"),
                new StorageModule(),
                binder -> {
                    binder.bind(OpenTelemetry.class).toInstance(OpenTelemetry.noop());
                    binder.bind(Tracer.class).toInstance(TracerProvider.noop().get("test"));
                    binder.bind(CatalogName.class).toInstance(new CatalogName("tarn_test"));
                })
                .doNotInitializeLogging()
                .quiet()
                .disableSystemProperties()
                .setRequiredConfigurationProperties(properties)
                .initialize();
    }
}
