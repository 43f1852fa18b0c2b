package io.tarn.server.dialect;

import io.tarn.athena.dialect.TableKind;
import io.tarn.athena.dialect.TableKinds;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tables that nobody can be asked about: of Hive's kind, but for those that are named.
 */
public final class AssumedTableKinds
        implements TableKinds
{
    private final Set<String> iceberg = new HashSet<>();

    /**
     * @param icebergTables {@code table}, of any database, or {@code database.table}
     */
    public AssumedTableKinds(Collection<String> icebergTables)
    {
        icebergTables.forEach(table -> iceberg.add(table.strip().toLowerCase(Locale.ENGLISH)));
    }

    void addIceberg(String table)
    {
        iceberg.add(table.toLowerCase(Locale.ENGLISH));
    }

    @Override
    public TableKind kind(String database, String table)
    {
        return iceberg.contains(table) || iceberg.contains(database + "." + table) ? TableKind.ICEBERG : TableKind.HIVE;
    }
}
