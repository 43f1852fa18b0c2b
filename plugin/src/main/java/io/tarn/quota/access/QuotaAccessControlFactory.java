package io.tarn.quota.access;

import com.google.inject.Injector;
import com.google.inject.Scopes;
import io.airlift.bootstrap.Bootstrap;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.GateKeeper;
import io.tarn.quota.QuotaConfig;
import io.tarn.quota.QuotaStats;
import io.tarn.quota.ledger.LedgerConfig;
import io.trino.plugin.base.jmx.MBeanServerModule;
import io.trino.plugin.base.jmx.PrefixObjectNameGeneratorModule;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory;
import org.weakref.jmx.guice.MBeanModule;

import java.util.Map;

import static io.airlift.configuration.ConfigBinder.configBinder;
import static java.util.Objects.requireNonNull;
import static org.weakref.jmx.guice.ExportBinder.newExporter;

/**
 * {@code access-control.name=tarn-quota}: the door through which a coordinator opens the gate. It allows whatever the
 * gate does not refuse, and so stands beside other access controls in {@code access-control.config-files}.
 */
public class QuotaAccessControlFactory
        implements SystemAccessControlFactory
{
    private final CurrentGate currentGate;

    public QuotaAccessControlFactory(CurrentGate currentGate)
    {
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
    }

    @Override
    public String getName()
    {
        return "tarn-quota";
    }

    @Override
    public SystemAccessControl create(Map<String, String> config, SystemAccessControlContext context)
    {
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            Bootstrap app = new Bootstrap(
                    "io.trino.bootstrap.access-control." + getName(),
                    new MBeanModule(),
                    new MBeanServerModule(),
                    new PrefixObjectNameGeneratorModule("io.tarn", "tarn"),
                    binder -> {
                        configBinder(binder).bindConfig(QuotaConfig.class);
                        configBinder(binder).bindConfig(LedgerConfig.class);
                        binder.bind(CurrentGate.class).toInstance(currentGate);
                        binder.bind(QuotaStats.class).in(Scopes.SINGLETON);
                        binder.bind(GateKeeper.class).in(Scopes.SINGLETON);
                        binder.bind(QuotaEventListener.class).in(Scopes.SINGLETON);
                        binder.bind(QuotaAccessControl.class).in(Scopes.SINGLETON);
                        newExporter(binder).export(QuotaStats.class).withGeneratedName();
                    });
            Injector injector = app
                    .doNotInitializeLogging()
                    .disableSystemProperties()
                    .setRequiredConfigurationProperties(config)
                    .initialize();
            return injector.getInstance(QuotaAccessControl.class);
        }
    }
}
