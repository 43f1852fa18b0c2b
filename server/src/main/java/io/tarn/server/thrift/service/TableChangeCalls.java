package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.convert.HiveMaps;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HiveTables;
import io.trino.metastore.Database;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import org.apache.hadoop.hive.metastore.api.AlterTableRequest;
import org.apache.hadoop.hive.metastore.api.AlterTableResponse;
import org.apache.hadoop.hive.metastore.api.CreateTableRequest;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_table_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_table_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_table_with_cascade_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.alter_table_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_table_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_table_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_table_with_constraints_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.create_table_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_table_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_table_req_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.drop_table_with_environment_context_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.translate_table_dryrun_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.truncate_table_args;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore.truncate_table_req_args;
import org.apache.hadoop.hive.metastore.api.TruncateTableResponse;
import org.apache.thrift.TException;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * Creates, changes and drops tables and views.
 * <p>
 * Iceberg commits by a change with an expectation, as Hive 4 has it: the table is changed only where one of its
 * parameters has the value that the client read. The catalogue is told, and checks it with the change.
 */
final class TableChangeCalls
        implements CallTable.Calls
{
    static final String EXPECTED_KEY = "expected_parameter_key";
    static final String EXPECTED_VALUE = "expected_parameter_value";
    private static final String METADATA_LOCATION = "metadata_location";
    private static final String PREVIOUS_METADATA_LOCATION = "previous_metadata_location";

    private final Catalogue catalogue;
    private final Optional<TableFolders> folders;
    private final Optional<TableTruncation> truncation;
    private final InstantSource clock;

    /**
     * @param folders empty where no files can be reached, as is truncation
     */
    TableChangeCalls(Catalogue catalogue, Optional<TableFolders> folders, Optional<TableTruncation> truncation, InstantSource clock)
    {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.folders = requireNonNull(folders, "folders is null");
        this.truncation = requireNonNull(truncation, "truncation is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void addTo(CallTable.Builder calls)
    {
        calls.run(create_table_args.class, args -> create(args.getTbl()));
        calls.run(create_table_with_environment_context_args.class, args -> create(args.getTbl()));
        calls.run(create_table_with_constraints_args.class, args -> {
            checkNoConstraints(Stream.of(args.getPrimaryKeys(), args.getForeignKeys(), args.getUniqueConstraints(), args.getNotNullConstraints(), args.getDefaultConstraints(), args.getCheckConstraints()));
            create(args.getTbl());
        });
        calls.run(create_table_req_args.class, args -> create(args.getRequest()));
        calls.ask(translate_table_dryrun_args.class, args -> HiveTables.toHive(complete(args.getRequest().getTable())));
        calls.run(drop_table_args.class, args -> drop(args.getDbname(), args.getName(), args.isDeleteData()));
        calls.run(drop_table_with_environment_context_args.class, args -> drop(args.getDbname(), args.getName(), args.isDeleteData()));
        calls.run(drop_table_req_args.class, args -> {
            HiveNames.checkCatalog(args.getDropTableReq().getCatalogName());
            drop(args.getDropTableReq().getDbName(), args.getDropTableReq().getTableName(), args.getDropTableReq().isDeleteData());
        });
        calls.run(alter_table_args.class, args -> alter(args.getDbname(), args.getTbl_name(), args.getNew_tbl(), Map.of()));
        calls.run(alter_table_with_environment_context_args.class, args -> alter(args.getDbname(), args.getTbl_name(), args.getNew_tbl(), properties(args.getEnvironment_context())));
        calls.run(alter_table_with_cascade_args.class, args -> alter(args.getDbname(), args.getTbl_name(), args.getNew_tbl(), Map.of()));
        calls.change(alter_table_req_args.class, args -> alter(args.getReq()));
        truncation.ifPresent(tables -> {
            calls.run(truncate_table_args.class, args -> tables.truncate(catalogue.tableToChange(args.getDbName(), args.getTableName()), args.getPartNames()));
            calls.change(truncate_table_req_args.class, args -> {
                tables.truncate(catalogue.tableToChange(args.getReq().getDbName(), args.getReq().getTableName()), args.getReq().getPartNames());
                return new TruncateTableResponse();
            });
        });
    }

    private void create(CreateTableRequest request)
            throws TException
    {
        checkNoConstraints(Stream.of(request.getPrimaryKeys(), request.getForeignKeys(), request.getUniqueConstraints(), request.getNotNullConstraints(), request.getDefaultConstraints(), request.getCheckConstraints()));
        create(request.getTable());
    }

    private void create(org.apache.hadoop.hive.metastore.api.Table given)
            throws TException
    {
        Table table = complete(given);
        catalogue.metastore().createTable(table, NO_PRIVILEGES);
        if (!table.getTableType().equals(HiveTables.VIRTUAL_VIEW)) {
            folders.ifPresent(it -> table.getStorage().getOptionalLocation().ifPresent(it::make));
        }
    }

    /**
     * With what Hive's metastore adds: the moment, and a place for a table that names none.
     */
    private Table complete(org.apache.hadoop.hive.metastore.api.Table given)
            throws TException
    {
        Table table = HiveTables.toTable(given);
        Table.Builder builder = Table.builder(stamped(table));
        if (!table.getTableType().equals(HiveTables.VIRTUAL_VIEW) && table.getStorage().getOptionalLocation().isEmpty()) {
            String location = catalogue.metastore().getDatabase(table.getDatabaseName())
                    .flatMap(Database::getLocation)
                    .orElseThrow(() -> new InvalidObjectException("Table %s.%s has no location, and neither has its database: give it one".formatted(table.getDatabaseName(), table.getTableName())));
            builder.withStorage(storage -> storage.setLocation((location.endsWith("/") ? location : location + "/") + table.getTableName()));
        }
        return builder.build();
    }

    private static void checkNoConstraints(Stream<List<?>> constraints)
            throws InvalidObjectException
    {
        if (constraints.anyMatch(list -> list != null && !list.isEmpty())) {
            throw new InvalidObjectException("The catalogue keeps no constraints: create the table without keys, NOT NULL, DEFAULT and CHECK");
        }
    }

    private void drop(String database, String name, boolean deleteData)
            throws TException
    {
        catalogue.metastore().dropTable(HiveNames.database(database), HiveNames.object(name), deleteData);
    }

    private AlterTableResponse alter(AlterTableRequest request)
            throws TException
    {
        HiveNames.checkCatalog(request.getCatName());
        Map<String, String> context = new HashMap<>(properties(request.getEnvironmentContext()));
        if (request.getExpectedParameterKey() != null) {
            context.put(EXPECTED_KEY, request.getExpectedParameterKey());
            if (request.getExpectedParameterValue() != null) {
                context.put(EXPECTED_VALUE, request.getExpectedParameterValue());
            }
        }
        alter(request.getDbName(), request.getTableName(), request.getTable(), context);
        return new AlterTableResponse();
    }

    private void alter(String database, String name, org.apache.hadoop.hive.metastore.api.Table changed, Map<String, String> context)
            throws TException
    {
        Table existing = catalogue.tableToChange(database, name);
        Table table = HiveTables.toTable(changed);
        SchemaTableName to = table.getSchemaTableName();
        if (!existing.getPartitionColumns().stream().map(column -> column.getName()).toList().equals(table.getPartitionColumns().stream().map(column -> column.getName()).toList())) {
            throw new InvalidOperationException("The partition keys of %s cannot be changed: create another table".formatted(existing.getSchemaTableName()));
        }
        if (!to.equals(existing.getSchemaTableName())) {
            rename(existing.getSchemaTableName(), to);
        }
        replace(to, withLocation(stamped(table), existing), context);
    }

    /**
     * With the moment of the change, as Hive's metastore adds it where the client has left it out; Hive's own clients,
     * Spark among them, do so to have it renewed.
     */
    private Table stamped(Table table)
    {
        return Table.builder(table)
                .setParameters(HiveTables.stamped(table.getParameters(), clock.instant().getEpochSecond()))
                .build();
    }

    /**
     * A place that a client leaves out is the one that the table has, as its files would be lost with it.
     */
    private static Table withLocation(Table table, Table existing)
    {
        if (table.getStorage().getOptionalLocation().isPresent()) {
            return table;
        }
        return Table.builder(table)
                .withStorage(storage -> storage.setLocation(existing.getStorage().getOptionalLocation()))
                .build();
    }

    private void rename(SchemaTableName from, SchemaTableName to)
            throws InvalidOperationException
    {
        try {
            catalogue.metastore().renameTable(from.getSchemaName(), from.getTableName(), to.getSchemaName(), to.getTableName());
        }
        catch (TableAlreadyExistsException _) {
            // the words by which Iceberg tells this from other failures
            throw new InvalidOperationException("new table %s already exists".formatted(to));
        }
    }

    private void replace(SchemaTableName name, Table table, Map<String, String> context)
            throws MetaException
    {
        try {
            catalogue.metastore().replaceTable(name.getSchemaName(), name.getTableName(), table, NO_PRIVILEGES, context);
        }
        catch (TrinoException e) {
            Optional<Expectation> expectation = Expectation.of(context, table);
            if (expectation.isEmpty() || !e.getErrorCode().equals(TRANSACTION_CONFLICT.toErrorCode())) {
                throw e;
            }
            String found = catalogue.metastore().getTable(name.getSchemaName(), name.getTableName())
                    .map(existing -> existing.getParameters().get(expectation.get().key()))
                    .orElse(null);
            // Iceberg knows by these words that another commit was first
            throw new MetaException("The table has been modified. The parameter value for key '%s' is '%s'. The expected was value was '%s'".formatted(
                    expectation.get().key(), Objects.toString(found), Objects.toString(expectation.get().value())));
        }
    }

    private static Map<String, String> properties(EnvironmentContext context)
    {
        return context == null ? Map.of() : HiveMaps.withoutNulls(context.getProperties());
    }

    /**
     * What a client expects a parameter of the table to be; one that holds a lock does not say so, but Iceberg's tables
     * name the metadata that they were changed from.
     *
     * @param value null where there must be no such parameter
     */
    private record Expectation(String key, String value)
    {
        static Optional<Expectation> of(Map<String, String> context, Table changed)
        {
            if (context.containsKey(EXPECTED_KEY)) {
                return Optional.of(new Expectation(context.get(EXPECTED_KEY), context.get(EXPECTED_VALUE)));
            }
            return Optional.of(changed.getParameters())
                    .filter(parameters -> parameters.containsKey(METADATA_LOCATION))
                    .map(parameters -> new Expectation(METADATA_LOCATION, parameters.get(PREVIOUS_METADATA_LOCATION)));
        }
    }
}
