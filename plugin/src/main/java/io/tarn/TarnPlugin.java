package io.tarn;

import com.google.common.collect.ImmutableList;
import io.tarn.connector.TarnConnectorFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;

public class TarnPlugin
        implements Plugin
{
    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(new TarnConnectorFactory());
    }
}
