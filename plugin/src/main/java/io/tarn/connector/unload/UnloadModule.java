package io.tarn.connector.unload;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tarn.connector.function.TableFunctionBinder;
import io.tarn.ddl.UnloadDeclaration;

import static io.tarn.connector.function.TableFunctionBinder.tableFunctionBinder;

/**
 * Athena's {@code UNLOAD} as a table function.
 */
public class UnloadModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        binder.bind(UnloadDeclaration.class).in(Scopes.SINGLETON);
        TableFunctionBinder functions = tableFunctionBinder(binder);
        functions.bindFunction(UnloadFunction.class);
        functions.bindProcessors(UnloadHandle.class, UnloadProcessors.class);
    }
}
