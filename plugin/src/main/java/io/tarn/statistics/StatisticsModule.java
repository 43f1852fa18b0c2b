package io.tarn.statistics;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

public class StatisticsModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(StatisticsConfig.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(StatisticsSessionProperties.class).in(SINGLETON);
        binder.bind(TableStatisticsSource.class).in(SINGLETON);
    }
}
