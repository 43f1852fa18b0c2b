package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

/**
 * What the translation asks of the catalogue. It asks only where a statement means one thing for a table of Hive's kind
 * and another for one of Iceberg's.
 */
public interface TableKinds
{
    /**
     * @param database in lower case
     * @param table in lower case
     */
    TableKind kind(String database, String table);

    /**
     * The properties of an Iceberg table that {@code VACUUM} goes by, as far as they are known.
     */
    default Map<String, String> properties(String database, String table)
    {
        return ImmutableMap.of();
    }

    /**
     * Where nobody can be asked: all tables are of Hive's kind.
     */
    static TableKinds assumeHive()
    {
        return (_, _) -> TableKind.HIVE;
    }
}
