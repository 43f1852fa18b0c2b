package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.metastore.DatabaseChanges;
import io.tarn.metastore.LiveTables;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.SchemaAlreadyExistsException;
import io.trino.metastore.TableInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.security.PrincipalType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_ELSEWHERE;
import static io.trino.spi.StandardErrorCode.SCHEMA_NOT_EMPTY;
import static java.util.Objects.requireNonNull;

/**
 * What statements do to databases.
 */
public class Databases
{
    private static final Set<String> ICEBERG_MARKS = Set.of("ICEBERG", "iceberg", "Iceberg");

    private final LiveTables liveTables;
    private final DatabaseChanges changes;
    private final DeclaredLocations locations;

    @Inject
    public Databases(LiveTables liveTables, DatabaseChanges changes, DeclaredLocations locations)
    {
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.locations = requireNonNull(locations, "locations is null");
    }

    void create(CreateDatabase statement, StatementContext context)
    {
        String name = DeclaredNames.requireName("database", context.database(statement.database()));
        if (statement.ifNotExists() && context.metastore().getDatabase(name).isPresent()) {
            return;
        }
        statement.location().ifPresent(location -> locations.requireFolder(context, location));
        try {
            context.metastore().createDatabase(Database.builder()
                    .setDatabaseName(name)
                    .setComment(statement.comment())
                    .setLocation(statement.location())
                    .setOwnerType(Optional.of(PrincipalType.USER))
                    .setOwnerName(Optional.of(context.session().getUser()))
                    .setParameters(statement.properties())
                    .build());
        }
        catch (SchemaAlreadyExistsException e) {
            if (!statement.ifNotExists()) {
                throw e;
            }
        }
    }

    void setProperties(AlterDatabaseProperties statement, StatementContext context)
    {
        Database database = require(context.metastore(), context.database(statement.database()));
        Map<String, String> parameters = new HashMap<>(database.getParameters());
        parameters.putAll(statement.properties());
        changes.changeDatabase(Database.builder(database).setParameters(parameters).build());
    }

    /**
     * Files of external tables stay, and so does what lies below the database's location and is no table's.
     */
    void drop(DropDatabase statement, StatementContext context)
    {
        HiveMetastore metastore = context.metastore();
        String name = context.database(statement.database());
        if (metastore.getDatabase(name).isEmpty()) {
            if (statement.ifExists()) {
                return;
            }
            throw new SchemaNotFoundException(name);
        }
        // a table that is being created, or never will be, is in the way too
        List<TableInfo> relations = liveTables.tables(name);
        if (!statement.cascade() && !relations.isEmpty()) {
            throw new TrinoException(SCHEMA_NOT_EMPTY, "Database %s is not empty. One or more tables exist: drop them, or use DROP DATABASE %1$s CASCADE".formatted(name));
        }
        List<String> iceberg = relations.isEmpty() ? List.of() : metastore.getTableNamesWithParameters(name, "table_type", ICEBERG_MARKS);
        if (!iceberg.isEmpty()) {
            throw new TrinoException(TARN_STATEMENT_ELSEWHERE, "Database %s has Iceberg tables, as %s, whose data goes with them: run DROP TABLE for each in a catalog of the iceberg connector first".formatted(name, iceberg.getFirst()));
        }
        for (TableInfo relation : relations) {
            try {
                metastore.dropTable(name, relation.tableName().getTableName(), true);
            }
            catch (TableNotFoundException _) {
                // somebody else was faster
            }
        }
        metastore.dropDatabase(name, false);
    }

    private static Database require(HiveMetastore metastore, String name)
    {
        return metastore.getDatabase(name).orElseThrow(() -> new SchemaNotFoundException(name));
    }
}
