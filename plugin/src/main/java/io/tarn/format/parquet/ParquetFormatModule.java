package io.tarn.format.parquet;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tarn.format.FileFormat;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

public class ParquetFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(ParquetReadConfig.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(ParquetSessionProperties.class).in(Scopes.SINGLETON);
        newSetBinder(binder, FileFormat.class).addBinding().to(ParquetFormat.class).in(Scopes.SINGLETON);
    }
}
