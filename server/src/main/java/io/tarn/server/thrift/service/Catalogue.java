package io.tarn.server.thrift.service;

import io.tarn.metastore.ListedTable;
import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePattern;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.SchemaTableName;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import static io.trino.metastore.Table.TABLE_COMMENT;
import static java.util.Objects.requireNonNull;

/**
 * What the catalogue has under the names that clients send.
 */
final class Catalogue
{
    private final ServedCatalogue served;
    private final HiveMetastore metastore;

    Catalogue(ServedCatalogue served)
    {
        this.served = requireNonNull(served, "served is null");
        this.metastore = served.metastore();
    }

    HiveMetastore metastore()
    {
        return metastore;
    }

    /**
     * @throws NoSuchObjectException where there is none, as Hive words it
     */
    Database database(String name)
            throws NoSuchObjectException, MetaException
    {
        String databaseName = HiveNames.database(name);
        return metastore.getDatabase(databaseName)
                .orElseThrow(() -> new NoSuchObjectException("database %s.%s not found".formatted(HiveNames.CATALOG, databaseName)));
    }

    /**
     * @throws NoSuchObjectException where there is none, as Hive words it
     */
    Table table(String database, String name)
            throws NoSuchObjectException, MetaException
    {
        String databaseName = HiveNames.database(database);
        String tableName = HiveNames.object(name);
        return metastore.getTable(databaseName, tableName)
                .orElseThrow(() -> new NoSuchObjectException("%s.%s.%s table not found".formatted(HiveNames.CATALOG, databaseName, tableName)));
    }

    /**
     * Those of the tables that there are, in the order of the names; they are asked for side by side.
     */
    List<Table> tables(String databaseName, Collection<String> tableNames)
    {
        return served.parallel().run(tableNames.stream()
                        .map(name -> (Callable<Optional<Table>>) () -> metastore.getTable(databaseName, name))
                        .toList()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * As {@link #table}, past what is remembered: what is written of a table depends on what it is.
     */
    Table tableToChange(String database, String name)
            throws NoSuchObjectException, MetaException
    {
        if (served.cache().isPresent()) {
            served.cache().get().forget(new SchemaTableName(HiveNames.database(database), HiveNames.object(name)));
        }
        return table(database, name);
    }

    List<ListedTable> listedTables(String databaseName)
    {
        if (served.listings().isPresent()) {
            return served.listings().get().listedTables(databaseName);
        }
        return tables(databaseName, metastore.getTables(databaseName).stream().map(info -> info.tableName().getTableName()).toList()).stream()
                .map(table -> new ListedTable(table.getSchemaTableName(), table.getTableType(), Optional.ofNullable(table.getParameters().get(TABLE_COMMENT)), table.getOwner()))
                .toList();
    }

    /**
     * The databases whose names a client's pattern selects.
     */
    List<String> databases(String pattern)
            throws NoSuchObjectException
    {
        Optional<String> names = HiveNames.databasePattern(pattern);
        return metastore.getAllDatabases().stream()
                .filter(HivePattern.of(names.orElse(null)))
                .sorted()
                .toList();
    }
}
