package io.tarn.server.thrift.service;

import io.tarn.server.thrift.convert.HiveNames;
import io.tarn.server.thrift.convert.HivePattern;
import io.trino.metastore.Database;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the catalogue has under the names that clients send.
 */
final class Catalogue
{
    private final HiveMetastore metastore;

    Catalogue(HiveMetastore metastore)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
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
