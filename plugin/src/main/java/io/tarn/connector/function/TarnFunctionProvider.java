package io.tarn.connector.function;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.trino.plugin.base.classloader.ClassLoaderSafeTableFunctionProcessorProvider;
import io.trino.spi.function.FunctionProvider;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionProcessorProvider;

import java.util.Map;

/**
 * Gives the engine what runs a table function, which it knows by its handle.
 */
public class TarnFunctionProvider
        implements FunctionProvider
{
    private final Map<Class<? extends ConnectorTableFunctionHandle>, TableFunctionProcessorProvider> processors;

    @Inject
    public TarnFunctionProvider(Map<Class<? extends ConnectorTableFunctionHandle>, TableFunctionProcessorProvider> processors)
    {
        this.processors = ImmutableMap.copyOf(processors);
    }

    @Override
    public TableFunctionProcessorProvider getTableFunctionProcessorProvider(ConnectorTableFunctionHandle handle)
    {
        TableFunctionProcessorProvider provider = processors.get(handle.getClass());
        if (provider == null) {
            throw new IllegalArgumentException("no table function has handles of " + handle.getClass());
        }
        return new ClassLoaderSafeTableFunctionProcessorProvider(provider, getClass().getClassLoader());
    }
}
