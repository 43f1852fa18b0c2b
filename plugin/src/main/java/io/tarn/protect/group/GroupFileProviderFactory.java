package io.tarn.protect.group;

import com.google.common.base.Ticker;
import com.google.common.collect.SetMultimap;
import com.google.inject.Injector;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.log.Logger;
import io.tarn.watch.WatchedFile;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.security.GroupProvider;
import io.trino.spi.security.GroupProviderFactory;

import java.util.Map;

import static io.airlift.configuration.ConfigBinder.configBinder;

/**
 * {@code group-provider.name=tarn-file}: groups from a file, where Trino's own {@code file} provider, a plugin of its
 * own, is not installed.
 */
public class GroupFileProviderFactory
        implements GroupProviderFactory
{
    private static final Logger log = Logger.get(GroupFileProviderFactory.class);

    @Override
    public String getName()
    {
        return "tarn-file";
    }

    /**
     * @throws RuntimeException where the file is missing or wrong; the message names the file and the line
     */
    @Override
    public GroupProvider create(Map<String, String> config)
    {
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            Injector injector = new Bootstrap("io.trino.bootstrap.group-provider." + getName(), binder -> configBinder(binder).bindConfig(GroupFileConfig.class))
                    .doNotInitializeLogging()
                    .disableSystemProperties()
                    .setRequiredConfigurationProperties(config)
                    .initialize();
            GroupFileConfig groups = injector.getInstance(GroupFileConfig.class);
            WatchedFile<SetMultimap<String, String>> file = new WatchedFile<>(groups.getGroupFile(), groups.getRefreshPeriod(), Ticker.systemTicker(), new GroupReader(), log);
            return user -> file.current().get(user);
        }
    }
}
