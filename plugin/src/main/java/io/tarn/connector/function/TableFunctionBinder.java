package io.tarn.connector.function;

import com.google.inject.Binder;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionProcessorProvider;

/**
 * How a room brings a table function into the connector.
 */
public final class TableFunctionBinder
{
    private final Multibinder<ConnectorTableFunction> functions;
    private final MapBinder<Class<? extends ConnectorTableFunctionHandle>, TableFunctionProcessorProvider> processors;

    private TableFunctionBinder(Binder binder)
    {
        functions = Multibinder.newSetBinder(binder, ConnectorTableFunction.class);
        processors = MapBinder.newMapBinder(binder, new TypeLiteral<>() {}, new TypeLiteral<>() {});
    }

    public static TableFunctionBinder tableFunctionBinder(Binder binder)
    {
        return new TableFunctionBinder(binder);
    }

    public void bindFunction(Class<? extends ConnectorTableFunction> function)
    {
        functions.addBinding().to(function).in(Scopes.SINGLETON);
    }

    /**
     * @param handle of the function, by which the engine asks for what processes its rows or splits
     */
    public void bindProcessors(Class<? extends ConnectorTableFunctionHandle> handle, Class<? extends TableFunctionProcessorProvider> provider)
    {
        processors.addBinding(handle).to(provider).in(Scopes.SINGLETON);
    }
}
