package io.tarn.server.thrift.convert;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import io.trino.metastore.Table;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.PrincipalType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.base.Strings.emptyToNull;
import static com.google.common.base.Strings.isNullOrEmpty;
import static java.util.Locale.ENGLISH;

/**
 * Tables and views between Hive's form and the metastore's.
 */
public final class HiveTables
{
    public static final String EXTERNAL_TABLE = "EXTERNAL_TABLE";
    public static final String MANAGED_TABLE = "MANAGED_TABLE";
    public static final String VIRTUAL_VIEW = "VIRTUAL_VIEW";

    private static final String EXTERNAL = "EXTERNAL";
    private static final String CHANGED_AT = "transient_lastDdlTime";

    private HiveTables() {}

    public static org.apache.hadoop.hive.metastore.api.Table toHive(Table table)
    {
        Map<String, String> parameters = new LinkedHashMap<>(table.getParameters());
        if (table.getTableType().equals(EXTERNAL_TABLE)) {
            // Hive and Spark look here, and not at the type, for whether dropping the table drops its files
            parameters.putIfAbsent(EXTERNAL, "TRUE");
        }
        org.apache.hadoop.hive.metastore.api.Table result = new org.apache.hadoop.hive.metastore.api.Table();
        result.setCatName(HiveNames.CATALOG);
        result.setDbName(table.getDatabaseName());
        result.setTableName(table.getTableName());
        result.setOwner(table.getOwner().orElse(""));
        result.setOwnerType(PrincipalType.USER);
        result.setCreateTime(changeTime(parameters));
        result.setLastAccessTime(0);
        result.setRetention(0);
        result.setTableType(table.getTableType());
        result.setSd(HiveStorages.toHive(table.getTableName(), table.getDataColumns(), table.getStorage()));
        result.setPartitionKeys(HiveColumns.toHive(table.getPartitionColumns()));
        result.setParameters(parameters);
        table.getViewOriginalText().ifPresent(result::setViewOriginalText);
        table.getViewExpandedText().ifPresent(result::setViewExpandedText);
        result.setTemporary(false);
        result.setRewriteEnabled(false);
        table.getWriteId().ifPresent(result::setWriteId);
        return result;
    }

    /**
     * @throws NoSuchObjectException where the table is of another catalogue
     * @throws InvalidObjectException where a part of the definition is missing or cannot be understood
     */
    public static Table toTable(org.apache.hadoop.hive.metastore.api.Table table)
            throws NoSuchObjectException, InvalidObjectException, MetaException
    {
        HiveNames.checkCatalog(table.getCatName());
        String databaseName = HiveNames.database(table.getDbName());
        String tableName = HiveNames.object(table.getTableName());
        String owner = "Table %s.%s".formatted(databaseName, tableName);
        Map<String, String> parameters = HiveMaps.withoutNulls(table.getParameters());
        return new Table(
                databaseName,
                tableName,
                Optional.ofNullable(emptyToNull(table.getOwner())),
                tableType(table, parameters),
                HiveStorages.toStorage(owner, table.getSd()),
                HiveColumns.toColumns(owner, table.getSd().getCols()),
                HiveColumns.toColumns(owner, table.getPartitionKeys()),
                parameters,
                Optional.ofNullable(table.getViewOriginalText()),
                Optional.ofNullable(table.getViewExpandedText()),
                OptionalLong.empty());
    }

    /**
     * As Hive's metastore, which lets the parameter decide between a managed and an external table.
     */
    private static String tableType(org.apache.hadoop.hive.metastore.api.Table table, Map<String, String> parameters)
    {
        String type = isNullOrEmpty(table.getTableType()) ? MANAGED_TABLE : table.getTableType().toUpperCase(ENGLISH);
        boolean external = "TRUE".equalsIgnoreCase(parameters.get(EXTERNAL));
        if (type.equals(MANAGED_TABLE) && external) {
            return EXTERNAL_TABLE;
        }
        if (type.equals(EXTERNAL_TABLE) && "FALSE".equalsIgnoreCase(parameters.get(EXTERNAL))) {
            return MANAGED_TABLE;
        }
        return type;
    }

    /**
     * The parameters with the moment of the change, as Hive's metastore adds it where a client has not.
     */
    public static Map<String, String> stamped(Map<String, String> parameters, long epochSecond)
    {
        if (parameters.containsKey(CHANGED_AT)) {
            return parameters;
        }
        return ImmutableMap.<String, String>builder()
                .putAll(parameters)
                .put(CHANGED_AT, Long.toString(epochSecond))
                .buildOrThrow();
    }

    static int changeTime(Map<String, String> parameters)
    {
        Integer time = Ints.tryParse(parameters.getOrDefault(CHANGED_AT, ""));
        return time == null || time < 0 ? 0 : time;
    }
}
