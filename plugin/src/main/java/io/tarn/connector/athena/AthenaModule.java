package io.tarn.connector.athena;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.tarn.athena.execute.Databases;
import io.tarn.athena.execute.DeclaredLocations;
import io.tarn.athena.execute.Descriptions;
import io.tarn.athena.execute.HiveTables;
import io.tarn.athena.execute.Listings;
import io.tarn.athena.execute.MovedColumns;
import io.tarn.athena.execute.PartitionChanges;
import io.tarn.athena.execute.StatementExecutor;
import io.tarn.athena.execute.TableChanges;
import io.tarn.athena.execute.TableCreation;
import io.tarn.athena.execute.ViewDescriptions;
import io.tarn.connector.function.TableFunctionBinder;

import static io.tarn.connector.function.TableFunctionBinder.tableFunctionBinder;

/**
 * Athena's statements as a table function and a procedure of the connector.
 */
public class AthenaModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        binder.bind(DeclaredLocations.class).in(Scopes.SINGLETON);
        binder.bind(HiveTables.class).in(Scopes.SINGLETON);
        binder.bind(Databases.class).in(Scopes.SINGLETON);
        binder.bind(TableCreation.class).in(Scopes.SINGLETON);
        binder.bind(MovedColumns.class).in(Scopes.SINGLETON);
        binder.bind(TableChanges.class).in(Scopes.SINGLETON);
        binder.bind(PartitionChanges.class).in(Scopes.SINGLETON);
        binder.bind(Listings.class).in(Scopes.SINGLETON);
        binder.bind(Descriptions.class).in(Scopes.SINGLETON);
        binder.bind(ViewDescriptions.class).in(Scopes.SINGLETON);
        binder.bind(StatementExecutor.class).in(Scopes.SINGLETON);

        binder.bind(AthenaStatements.class).in(Scopes.SINGLETON);
        binder.bind(PreparedStatements.class).in(Scopes.SINGLETON);
        binder.bind(AthenaProcedure.class).in(Scopes.SINGLETON);
        TableFunctionBinder functions = tableFunctionBinder(binder);
        functions.bindFunction(AthenaFunction.class);
        functions.bindProcessors(AthenaFunctionHandle.class, AthenaRowsProcessors.class);
    }
}
