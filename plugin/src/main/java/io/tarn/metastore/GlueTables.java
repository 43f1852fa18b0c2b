package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.metastore.TableInfo.ExtendedRelationType;
import io.trino.spi.connector.SchemaTableName;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.base.MoreObjects.firstNonNull;
import static com.google.common.base.Strings.isNullOrEmpty;
import static io.tarn.metastore.GlueColumns.toColumns;
import static io.tarn.metastore.GlueColumns.toColumnsWhereTyped;
import static io.tarn.metastore.GlueColumns.toGlueColumns;
import static io.tarn.metastore.GlueMaps.withoutNulls;
import static io.tarn.metastore.GlueStorages.toStorage;
import static io.tarn.metastore.GlueStorages.toStorageDescriptor;
import static io.trino.metastore.Table.TABLE_COMMENT;

/**
 * Tables and views between Glue's form and the metastore's.
 */
final class GlueTables
{
    private static final String EXTERNAL_TABLE = "EXTERNAL_TABLE";
    private static final String VIRTUAL_VIEW = "VIRTUAL_VIEW";
    private static final String MATERIALIZED_VIEW = "MATERIALIZED_VIEW";

    private GlueTables() {}

    /**
     * Whatever Glue may leave out may be missing: the owner and the type (Athena takes a table without type for an
     * external one), parameters, the storage descriptor and any part of it. Of views, and of tables that keep their
     * columns in their own metadata (Iceberg, Delta Lake, Hudi), columns with a type that Hive does not know are left out.
     *
     * @param databaseName the database that was asked for: a link to a shared table names the database it links to
     * @throws io.trino.spi.TrinoException {@code TARN_INVALID_METADATA} where a column of any other table has a type that is no Hive type
     */
    static Table toTable(String databaseName, software.amazon.awssdk.services.glue.model.Table table)
    {
        String owner = databaseName + "." + table.name();
        Map<String, String> parameters = parameters(table);
        Optional<StorageDescriptor> descriptor = Optional.ofNullable(table.storageDescriptor());
        List<software.amazon.awssdk.services.glue.model.Column> columns = descriptor.map(StorageDescriptor::columns).orElse(ImmutableList.of());
        List<software.amazon.awssdk.services.glue.model.Column> partitionKeys = firstNonNull(table.partitionKeys(), ImmutableList.of());
        boolean columnsElsewhere = hasColumnsElsewhere(table, parameters);
        return new Table(
                databaseName,
                table.name(),
                Optional.ofNullable(table.owner()),
                tableType(table),
                toStorage(owner, descriptor.orElse(null)),
                columnsElsewhere ? toColumnsWhereTyped(owner, columns) : toColumns(owner, columns),
                columnsElsewhere ? toColumnsWhereTyped(owner, partitionKeys) : toColumns(owner, partitionKeys),
                parameters,
                Optional.ofNullable(table.viewOriginalText()),
                Optional.ofNullable(table.viewExpandedText()),
                OptionalLong.empty());
    }

    /**
     * What a listing shows of a table; reads no column, so that no wrong type can spoil a listing.
     */
    static TableInfo toTableInfo(String databaseName, software.amazon.awssdk.services.glue.model.Table table)
    {
        return new TableInfo(
                new SchemaTableName(databaseName, table.name()),
                ExtendedRelationType.fromTableTypeAndComment(tableType(table), parameters(table).get(TABLE_COMMENT)));
    }

    /**
     * As {@link #toTableInfo}.
     */
    static ListedTable toListedTable(String databaseName, software.amazon.awssdk.services.glue.model.Table table)
    {
        return new ListedTable(
                new SchemaTableName(databaseName, table.name()),
                tableType(table),
                Optional.ofNullable(parameters(table).get(TABLE_COMMENT)),
                Optional.ofNullable(table.owner()));
    }

    /**
     * The parameters, and among them the comment: Glue's description where there is one. That of a Trino or Athena view
     * stays as it is, for it is not what a user wrote but how the view is recognised.
     */
    static Map<String, String> parameters(software.amazon.awssdk.services.glue.model.Table table)
    {
        Map<String, String> parameters = withoutNulls(table.parameters());
        if (table.description() == null || (isTrinoView(tableType(table), parameters) && parameters.containsKey(TABLE_COMMENT))) {
            return parameters;
        }
        Map<String, String> commented = new LinkedHashMap<>(parameters);
        commented.put(TABLE_COMMENT, table.description());
        return commented;
    }

    static boolean isView(software.amazon.awssdk.services.glue.model.Table table)
    {
        return tableType(table).equals(VIRTUAL_VIEW);
    }

    static boolean isIceberg(Map<String, String> parameters)
    {
        return "iceberg".equalsIgnoreCase(parameters.get("table_type"));
    }

    private static boolean hasColumnsElsewhere(software.amazon.awssdk.services.glue.model.Table table, Map<String, String> parameters)
    {
        String type = tableType(table);
        if (type.equals(VIRTUAL_VIEW) || type.equals(MATERIALIZED_VIEW) || isIceberg(parameters)) {
            return true;
        }
        if ("delta".equalsIgnoreCase(parameters.get("table_type")) || "delta".equalsIgnoreCase(parameters.get("spark.sql.sources.provider"))) {
            return true;
        }
        StorageDescriptor descriptor = table.storageDescriptor();
        return descriptor != null && descriptor.inputFormat() != null && descriptor.inputFormat().contains(".hudi.");
    }

    private static String tableType(software.amazon.awssdk.services.glue.model.Table table)
    {
        return isNullOrEmpty(table.tableType()) ? EXTERNAL_TABLE : table.tableType();
    }

    /**
     * @param existing what is replaced: of it stays what the metastore's form has no word for
     */
    static TableInput toTableInput(Table table, Optional<software.amazon.awssdk.services.glue.model.Table> existing)
    {
        String owner = table.getDatabaseName() + "." + table.getTableName();
        Map<String, String> parameters = new LinkedHashMap<>(table.getParameters());
        String description = null;
        // the comment of a Trino view is how it is recognised, so it stays where others look for it
        if (!isTrinoView(table.getTableType(), parameters)) {
            description = parameters.remove(TABLE_COMMENT);
        }
        return existing.map(GlueTables::toTableInput)
                .orElseGet(TableInput.builder()::build)
                .toBuilder()
                .name(table.getTableName())
                .owner(table.getOwner().orElse(null))
                .tableType(table.getTableType())
                .description(description)
                .storageDescriptor(toStorageDescriptor(
                        owner,
                        table.getStorage(),
                        table.getDataColumns(),
                        existing.map(software.amazon.awssdk.services.glue.model.Table::storageDescriptor)))
                .partitionKeys(toGlueColumns(table.getPartitionColumns()))
                .parameters(parameters)
                .viewOriginalText(table.getViewOriginalText().orElse(null))
                .viewExpandedText(table.getViewExpandedText().orElse(null))
                .build();
    }

    /**
     * What must be written to leave a table as it is.
     */
    static TableInput toTableInput(software.amazon.awssdk.services.glue.model.Table table)
    {
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(table.storageDescriptor())
                .partitionKeys(table.hasPartitionKeys() ? table.partitionKeys() : null)
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.hasParameters() ? table.parameters() : null)
                .targetTable(table.targetTable())
                .build();
    }

    static TableInput withComment(software.amazon.awssdk.services.glue.model.Table table, Optional<String> comment)
    {
        Map<String, String> parameters = new LinkedHashMap<>(withoutNulls(table.parameters()));
        if (!isTrinoView(tableType(table), parameters)) {
            parameters.remove(TABLE_COMMENT);
        }
        return toTableInput(table).toBuilder()
                .description(comment.orElse(null))
                .parameters(parameters)
                .build();
    }

    private static boolean isTrinoView(String tableType, Map<String, String> parameters)
    {
        return tableType.equals(VIRTUAL_VIEW) && "true".equals(parameters.get("presto_view"));
    }
}
