package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.dialect.TableKind;
import io.tarn.athena.dialect.TableKinds;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tables that nobody can be asked about: of Hive's kind, but for those that are named.
 */
public final class AssumedTableKinds
        implements TableKinds
{
    private final Set<String> iceberg = new HashSet<>();
    private final Set<String> hive = new HashSet<>();
    private final Set<String> assumed = new LinkedHashSet<>();

    /**
     * @param icebergTables {@code table}, of any database, or {@code database.table}
     */
    public AssumedTableKinds(Collection<String> icebergTables)
    {
        icebergTables.forEach(table -> iceberg.add(table.strip().toLowerCase(Locale.ENGLISH)));
    }

    void add(String table, TableKind kind)
    {
        (kind == TableKind.ICEBERG ? iceberg : hive).add(table.toLowerCase(Locale.ENGLISH));
    }

    /**
     * The tables of which nobody knew the kind when it was asked for, each once.
     */
    List<String> takeAssumed()
    {
        List<String> taken = ImmutableList.copyOf(assumed);
        hive.addAll(assumed);
        assumed.clear();
        return taken;
    }

    @Override
    public TableKind kind(String database, String table)
    {
        String name = database + "." + table;
        if (iceberg.contains(table) || iceberg.contains(name)) {
            return TableKind.ICEBERG;
        }
        if (!hive.contains(table) && !hive.contains(name)) {
            assumed.add(name);
        }
        return TableKind.HIVE;
    }
}
