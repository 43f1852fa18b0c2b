package io.tarn.format.orc;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import io.tarn.format.FileFormat;
import io.tarn.format.FormatWriter;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

public class OrcFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(OrcReadConfig.class);
        configBinder(binder).bindConfig(OrcWriteConfig.class);
        binder.bind(OrcTails.class).in(SINGLETON);
        newSetBinder(binder, FileFormat.class).addBinding().to(OrcFormat.class).in(SINGLETON);
        newSetBinder(binder, FormatWriter.class).addBinding().to(OrcFormatWriter.class).in(SINGLETON);
        Multibinder<SessionPropertiesProvider> sessionProperties = newSetBinder(binder, SessionPropertiesProvider.class);
        sessionProperties.addBinding().to(OrcSessionProperties.class).in(SINGLETON);
        sessionProperties.addBinding().to(OrcWriterSessionProperties.class).in(SINGLETON);
    }
}
