package io.tarn.protect;

import com.google.common.base.Ticker;
import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import io.airlift.log.Logger;
import io.tarn.watch.WatchedFile;

import static io.airlift.configuration.ConfigBinder.configBinder;

final class RulesModule
        implements Module
{
    private static final Logger log = Logger.get(RulesAccessControl.class);

    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(RulesConfig.class);
        binder.bind(RulesReader.class).in(Scopes.SINGLETON);
        binder.bind(RulesAccessControl.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    public WatchedFile<Rules> rules(RulesConfig config, RulesReader reader)
    {
        return new WatchedFile<>(config.getConfigFile(), config.getRefreshPeriod(), Ticker.systemTicker(), reader, log);
    }
}
