package io.tarn.format.parquet;

import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.tarn.format.FileFormat;
import io.tarn.format.FormatWriter;
import io.tarn.format.parquet.write.ParquetFormatWriter;
import io.tarn.format.parquet.write.ParquetWriteConfig;
import io.tarn.format.parquet.write.ParquetWriteSessionProperties;
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
        configBinder(binder).bindConfig(ParquetWriteConfig.class);
        binder.bind(ParquetFooters.class).in(SINGLETON);
        binder.bind(ParquetFormat.class).in(SINGLETON);
        newSetBinder(binder, FileFormat.class).addBinding().to(ParquetFormat.class);
        newSetBinder(binder, FormatWriter.class).addBinding().to(ParquetFormatWriter.class);

        Multibinder<SessionPropertiesProvider> sessionProperties = newSetBinder(binder, SessionPropertiesProvider.class);
        sessionProperties.addBinding().to(ParquetSessionProperties.class).in(SINGLETON);
        sessionProperties.addBinding().to(ParquetWriteSessionProperties.class).in(SINGLETON);
    }

    @Provides
    @Singleton
    static ParquetFormatWriter createWriter(ParquetFormat format, ParquetReadConfig readConfig, ParquetWriteConfig writeConfig)
    {
        return new ParquetFormatWriter(format, readConfig.dateTimeZone(), writeConfig);
    }
}
