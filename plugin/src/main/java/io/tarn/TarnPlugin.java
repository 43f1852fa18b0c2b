package io.tarn;

import com.google.common.collect.ImmutableList;
import io.tarn.connector.TarnConnectorFactory;
import io.tarn.protect.RulesAccessControlFactory;
import io.tarn.protect.group.GroupFileProviderFactory;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.access.QuotaAccessControlFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.security.GroupProviderFactory;
import io.trino.spi.security.SystemAccessControlFactory;

public class TarnPlugin
        implements Plugin
{
    private final CurrentGate currentGate = new CurrentGate();

    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(new TarnConnectorFactory(currentGate));
    }

    @Override
    public Iterable<SystemAccessControlFactory> getSystemAccessControlFactories()
    {
        return ImmutableList.of(new QuotaAccessControlFactory(currentGate), new RulesAccessControlFactory());
    }

    @Override
    public Iterable<GroupProviderFactory> getGroupProviderFactories()
    {
        return ImmutableList.of(new GroupFileProviderFactory());
    }
}
