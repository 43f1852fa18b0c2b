package io.tarn.storage;

import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.opentelemetry.api.trace.Tracer;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.s3.FileSystemS3;
import io.trino.filesystem.s3.S3FileSystemModule;
import io.trino.filesystem.tracing.TracingFileSystemFactory;

import static io.airlift.configuration.ConfigBinder.configBinder;

/**
 * Binds {@link TrinoFileSystemFactory} and {@link FileLister}.
 * <p>
 * Asks of the connector for a {@code Tracer}; and for {@code storage.kind=s3}, whose keys are those of Trino's S3
 * file system ({@code s3.endpoint}, {@code s3.region}, {@code s3.path-style-access} …), also for an
 * {@code OpenTelemetry} and for jmxutils' {@code MBeanModule}, as the file system exports its statistics.
 */
public class StorageModule
        extends AbstractConfigurationAwareModule
{
    @Override
    protected void setup(Binder binder)
    {
        configBinder(binder).bindConfig(StorageConfig.class);
        binder.bind(FileLister.class).in(Scopes.SINGLETON);

        switch (buildConfigObject(StorageConfig.class).getKind()) {
            case S3 -> install(new S3StorageModule());
            case LOCAL -> install(new LocalStorageModule());
        }
    }

    private static class S3StorageModule
            extends AbstractConfigurationAwareModule
    {
        @Override
        protected void setup(Binder binder)
        {
            install(new S3FileSystemModule());
        }

        @Provides
        @Singleton
        static TrinoFileSystemFactory createFileSystemFactory(@FileSystemS3 TrinoFileSystemFactory delegate, Tracer tracer)
        {
            return new TracingFileSystemFactory(tracer, delegate);
        }
    }

    private static class LocalStorageModule
            extends AbstractConfigurationAwareModule
    {
        @Override
        protected void setup(Binder binder) {}

        @Provides
        @Singleton
        static TrinoFileSystemFactory createFileSystemFactory(StorageConfig config, Tracer tracer)
        {
            return new TracingFileSystemFactory(tracer, new BucketFolderFileSystemFactory(config.getLocalRoot().orElseThrow()));
        }
    }
}
