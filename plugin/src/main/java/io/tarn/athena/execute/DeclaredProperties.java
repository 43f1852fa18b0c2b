package io.tarn.athena.execute;

import io.tarn.writelog.WriteLog;
import io.trino.spi.TrinoException;

import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.metastore.Table.TABLE_COMMENT;

/**
 * The properties of tables that statements set, and those that they show again.
 */
final class DeclaredProperties
{
    static final String EXTERNAL = "EXTERNAL";
    static final String TABLE_TYPE = "table_type";
    static final String DDL_TIME = "transient_lastDdlTime";

    // who wrote the table when, and what was counted of it: a table of the same declaration has its own
    private static final Set<String> OF_ONE_TABLE = Set.of(
            EXTERNAL,
            TABLE_COMMENT,
            DDL_TIME,
            "trino_query_id",
            "presto_query_id",
            "trino_version",
            "presto_version",
            "numFiles",
            "numRows",
            "rawDataSize",
            "totalSize",
            "COLUMN_STATS_ACCURATE");

    private DeclaredProperties() {}

    /**
     * @throws TrinoException {@code TARN_STATEMENT_REFUSED} where one is not the user's to set
     */
    static void requireSettable(Map<String, String> properties)
    {
        properties.keySet().stream().filter(key -> key.startsWith(WriteLog.PREFIX)).findFirst().ifPresent(key -> {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "TBLPROPERTIES has the key %s, but keys that begin with %s say which files are part of the table".formatted(key, WriteLog.PREFIX));
        });
        if (properties.containsKey("")) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "TBLPROPERTIES has an empty key");
        }
    }

    /**
     * Those that declare the table, out of all that the catalogue keeps.
     */
    static Map<String, String> declaring(Map<String, String> parameters)
    {
        return parameters.entrySet().stream()
                .filter(parameter -> !OF_ONE_TABLE.contains(parameter.getKey()) && !parameter.getKey().startsWith(WriteLog.PREFIX) && !parameter.getKey().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * All that may be shown: which writes are under way is nothing that the user set.
     */
    static Map<String, String> shown(Map<String, String> parameters)
    {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().startsWith(WriteLog.PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
