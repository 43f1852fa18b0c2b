package io.tarn.format.parquet;

import com.google.inject.Binder;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.tarn.format.FileFormat;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

public class ParquetFormatModule
        extends AbstractConfigurationAwareModule
{
    @Override
    protected void setup(Binder binder)
    {
        configBinder(binder).bindConfig(ParquetReadConfig.class);
        binder.bind(ParquetFooters.class).in(SINGLETON);
        newSetBinder(binder, FileFormat.class).addBinding().to(ParquetFormat.class).in(SINGLETON);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(ParquetSessionProperties.class).in(SINGLETON);
    }
}
