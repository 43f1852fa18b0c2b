package io.tarn.server.thrift.service;

import com.google.common.collect.ImmutableList;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.call.LegacyCall;
import io.tarn.server.thrift.convert.HiveColumns;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HiveTables;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.GetFieldsResponse;
import org.apache.hadoop.hive.metastore.api.GetSchemaResponse;
import org.apache.hadoop.hive.metastore.api.GetTableResult;
import org.apache.hadoop.hive.metastore.api.GetTablesRequest;
import org.apache.hadoop.hive.metastore.api.GetTablesResult;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_fields_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_fields_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_fields_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_schema_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_schema_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_schema_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_objects_by_name_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.get_table_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.set_ugi_args;
import org.apache.hadoop.hive.metastore.api.UnknownDBException;
import org.apache.thrift.TException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Definitions of tables and views, and their columns.
 */
final class TableCalls
        implements CallTable.Calls
{
    private final Catalogue catalogue;
    private final TableListing listing;

    TableCalls(Catalogue catalogue, TableListing listing)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.listing = requireNonNull(listing, "listing is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.ask(get_table_req_args.class, args -> {
            HiveNames.checkCatalog(args.getReq().getCatName());
            return new GetTableResult(table(args.getReq().getDbName(), args.getReq().getTblName()));
        });
        calls.ask(get_table_objects_by_name_req_args.class, args -> new GetTablesResult(tables(args.getReq())));
        // their arguments are a database and a table, and a database and a list of names
        calls.legacy(new LegacyCall<>(
                "get_table",
                get_fields_args::new,
                ImmutableList.of(MetaException.class, NoSuchObjectException.class),
                args -> table(args.getDb_name(), args.getTable_name())));
        calls.legacy(new LegacyCall<>(
                "get_table_objects_by_name",
                set_ugi_args::new,
                ImmutableList.of(MetaException.class, InvalidOperationException.class, UnknownDBException.class),
                args -> tables(args.getUser_name(), args.getGroup_names())));

        calls.ask(get_fields_args.class, args -> dataColumns(args.getDb_name(), args.getTable_name()));
        calls.ask(get_fields_with_environment_context_args.class, args -> dataColumns(args.getDb_name(), args.getTable_name()));
        calls.ask(get_fields_req_args.class, args -> new GetFieldsResponse(dataColumns(args.getReq().getDbName(), args.getReq().getTblName())));
        calls.ask(get_schema_args.class, args -> allColumns(args.getDb_name(), args.getTable_name()));
        calls.ask(get_schema_with_environment_context_args.class, args -> allColumns(args.getDb_name(), args.getTable_name()));
        calls.ask(get_schema_req_args.class, args -> new GetSchemaResponse(allColumns(args.getReq().getDbName(), args.getReq().getTblName())));
    }

    private org.apache.hadoop.hive.metastore.api.Table table(String database, String name)
            throws TException
    {
        return HiveTables.toHive(catalogue.table(database, name));
    }

    private List<org.apache.hadoop.hive.metastore.api.Table> tables(GetTablesRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        if (request.getTblNames() != null) {
            return tables(request.getDbName(), request.getTblNames());
        }
        return tables(request.getDbName(), listing.names(request.getDbName(), request.getTablesPattern()));
    }

    /**
     * Those of the tables that there are.
     *
     * @throws UnknownDBException where there is no such database, by which clients tell it from an empty one
     */
    private List<org.apache.hadoop.hive.metastore.api.Table> tables(String database, List<String> names)
            throws TException
    {
        if (names == null) {
            throw new UnknownDBException("The names of the tables are missing");
        }
        String databaseName = HiveNames.database(database);
        Set<String> tableNames = new LinkedHashSet<>();
        for (String name : names) {
            tableNames.add(HiveNames.object(name));
        }
        List<org.apache.hadoop.hive.metastore.api.Table> tables = catalogue.tables(databaseName, tableNames).stream()
                .map(HiveTables::toHive)
                .toList();
        if (tables.isEmpty() && catalogue.metastore().getDatabase(databaseName).isEmpty()) {
            throw new UnknownDBException("Could not find database %s.%s".formatted(HiveNames.CATALOG, databaseName));
        }
        return tables;
    }

    private List<FieldSchema> dataColumns(String database, String name)
            throws TException
    {
        return HiveColumns.toHive(catalogue.table(database, name).getDataColumns());
    }

    private List<FieldSchema> allColumns(String database, String name)
            throws TException
    {
        Table table = catalogue.table(database, name);
        List<FieldSchema> columns = HiveColumns.toHive(table.getDataColumns());
        columns.addAll(HiveColumns.toHive(table.getPartitionColumns()));
        return columns;
    }
}
