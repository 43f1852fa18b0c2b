package io.tarn.server.thrift.service;

import io.tarn.metastore.DatabaseChanges;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveDatabases;
import io.tarn.server.thrift.convert.HiveNames;
import io.trino.metastore.TableInfo;
import org.apache.hadoop.hive.metastore.api.CreateDatabaseRequest;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.DropDatabaseRequest;
import org.apache.hadoop.hive.metastore.api.GetDatabaseObjectsResponse;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_database_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_database_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_database_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_database_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_database_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_database_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_all_databases_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_database_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_database_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_databases_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_databases_req_args;
import org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Databases.
 */
final class DatabaseCalls
        implements CallTable.Calls
{
    private final Catalogue catalogue;
    private final Optional<DatabaseChanges> changes;

    DatabaseCalls(Catalogue catalogue, Optional<DatabaseChanges> changes)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_all_databases_args.class, _ -> catalogue.databases(null));
        calls.ask(get_databases_args.class, args -> catalogue.databases(args.getPattern()));
        calls.ask(get_databases_req_args.class, args -> {
            HiveNames.checkCatalog(args.getRequest().getCatalogName());
            return databases(args.getRequest().getPattern());
        });
        calls.ask(get_database_args.class, args -> HiveDatabases.toHive(catalogue.database(args.getName())));
        calls.ask(get_database_req_args.class, args -> {
            HiveNames.checkCatalog(args.getRequest().getCatalogName());
            return HiveDatabases.toHive(catalogue.database(args.getRequest().getName()));
        });
        calls.run(create_database_args.class, args -> create(args.getDatabase()));
        calls.run(create_database_req_args.class, args -> create(database(args.getCreateDatabaseRequest())));
        calls.run(drop_database_args.class, args -> drop(args.getName(), args.isDeleteData(), args.isCascade()));
        calls.run(drop_database_req_args.class, args -> drop(args.getReq()));
        calls.run(alter_database_args.class, args -> alter(args.getDbname(), args.getDb()));
        calls.run(alter_database_req_args.class, args -> alter(args.getAlterDbReq().getOldDbName(), args.getAlterDbReq().getNewDb()));
    }

    private GetDatabaseObjectsResponse databases(String pattern)
            throws TException
    {
        List<Database> databases = new ArrayList<>();
        for (String name : catalogue.databases(pattern)) {
            catalogue.metastore().getDatabase(name).map(HiveDatabases::toHive).ifPresent(databases::add);
        }
        return new GetDatabaseObjectsResponse(databases);
    }

    private void create(Database database)
            throws TException
    {
        catalogue.metastore().createDatabase(HiveDatabases.toDatabase(database));
    }

    private static Database database(CreateDatabaseRequest request)
    {
        Database database = new Database(request.getDatabaseName(), request.getDescription(), request.getLocationUri(), request.getParameters());
        database.setCatalogName(request.getCatalogName());
        database.setOwnerName(request.getOwnerName());
        database.setOwnerType(request.getOwnerType());
        return database;
    }

    private void drop(DropDatabaseRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatalogName());
        try {
            drop(request.getName(), request.isDeleteData(), request.isCascade());
        }
        catch (NoSuchObjectException e) {
            if (!request.isIgnoreUnknownDb()) {
                throw e;
            }
        }
    }

    /**
     * Glue would drop a database with all that is in it, so whether there is anything is asked before.
     */
    private void drop(String name, boolean deleteData, boolean cascade)
            throws TException
    {
        String databaseName = catalogue.database(name).getDatabaseName();
        List<TableInfo> tables = catalogue.metastore().getTables(databaseName);
        if (!tables.isEmpty() && !cascade) {
            throw new InvalidOperationException("Database %s is not empty. One or more tables exist.".formatted(databaseName));
        }
        for (TableInfo table : tables) {
            catalogue.metastore().dropTable(databaseName, table.tableName().getTableName(), deleteData);
        }
        catalogue.metastore().dropDatabase(databaseName, deleteData);
    }

    private void alter(String name, Database changed)
            throws TException
    {
        String databaseName = catalogue.database(name).getDatabaseName();
        io.trino.metastore.Database database = HiveDatabases.toDatabase(changed);
        if (!database.getDatabaseName().equals(databaseName)) {
            catalogue.metastore().renameDatabase(databaseName, database.getDatabaseName());
        }
        changes.orElseThrow(() -> new InvalidOperationException("The catalogue cannot change database %s: only create and drop it".formatted(databaseName)))
                .changeDatabase(database);
    }
}
