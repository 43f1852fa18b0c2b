package io.tarn.ddl;

import io.tarn.bucket.Bucketing;
import io.tarn.bucket.BucketingVersion;
import io.tarn.bucket.RowHash;
import io.tarn.type.DeclaredTypes;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveType;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.type.Type;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.MoreObjects.firstNonNull;
import static io.tarn.ddl.TableProperty.AVRO_SCHEMA_LITERAL;
import static io.tarn.ddl.TableProperty.AVRO_SCHEMA_URL;
import static io.tarn.ddl.TableProperty.BUCKETED_BY;
import static io.tarn.ddl.TableProperty.BUCKETING_VERSION;
import static io.tarn.ddl.TableProperty.BUCKET_COUNT;
import static io.tarn.ddl.TableProperty.SORTED_BY;
import static io.trino.metastore.SortingColumn.Order.ASCENDING;
import static io.trino.metastore.SortingColumn.Order.DESCENDING;
import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * What a statement says of a table's buckets, and the catalogue.
 */
public final class BucketDeclaration
{
    private BucketDeclaration() {}

    /**
     * The buckets that a statement declares; empty where it declares none.
     *
     * @throws TrinoException {@code INVALID_TABLE_PROPERTY} or {@code NOT_SUPPORTED} where no table can have them
     */
    public static Optional<Bucketing> bucketing(ConnectorTableMetadata metadata)
    {
        Map<String, Object> properties = metadata.getProperties();
        List<String> columns = list(properties, BUCKETED_BY);
        List<SortingColumn> sortedBy = list(properties, SORTED_BY);
        Integer number = (Integer) properties.get(BUCKETING_VERSION);
        int count = firstNonNull((Integer) properties.get(BUCKET_COUNT), 0);
        if (columns.isEmpty() && count == 0) {
            if (!sortedBy.isEmpty() || number != null) {
                throw invalid("%s may be specified only when %s is specified", sortedBy.isEmpty() ? BUCKETING_VERSION : SORTED_BY, BUCKETED_BY);
            }
            return Optional.empty();
        }
        if (count < 0 || count > Bucketing.MAX_COUNT) {
            throw invalid("%s is %s: it must be from 1 to %s", BUCKET_COUNT, count, Bucketing.MAX_COUNT);
        }
        if (columns.isEmpty() || count == 0) {
            throw invalid("%s and %s must be specified together", BUCKETED_BY, BUCKET_COUNT);
        }
        BucketingVersion version = Optional.ofNullable(number)
                .map(given -> BucketingVersion.of(given).orElseThrow(() -> invalid("%s is %s: it must be 1 (Hive 1 and 2, Athena, Trino) or 2 (Hive 3)", BUCKETING_VERSION, given)))
                .orElse(BucketingVersion.V1);
        for (String schema : List.of(AVRO_SCHEMA_URL, AVRO_SCHEMA_LITERAL)) {
            if (properties.get(schema) != null) {
                throw new TrinoException(NOT_SUPPORTED, "Buckets are not supported together with the table property '%s', which says what the columns are: leave %s out".formatted(schema, BUCKETED_BY));
            }
        }

        Map<String, Type> types = new HashMap<>();
        metadata.getColumns().forEach(column -> types.put(column.getName(), column.getType()));
        List<String> keys = TableDeclaration.partitionedBy(properties);
        requireData("Bucketing", BUCKETED_BY, columns, types, keys);
        requireData("Sorting", SORTED_BY, sortedBy.stream().map(SortingColumn::columnName).toList(), types, keys);
        List<HiveType> hiveTypes = columns.stream().map(column -> DeclaredTypes.hiveType(types.get(column))).toList();
        for (int i = 0; i < columns.size(); i++) {
            if (!RowHash.isSupported(hiveTypes.get(i))) {
                throw new TrinoException(NOT_SUPPORTED, "Cannot create a table bucketed on an unsupported type: column '%s' is of type %s. Use boolean, an integer type, real, double, varchar, date, or arrays and maps of them."
                        .formatted(columns.get(i), types.get(columns.get(i)).getDisplayName()));
            }
        }
        for (SortingColumn column : sortedBy) {
            if (!types.get(column.columnName()).isOrderable()) {
                throw new TrinoException(NOT_SUPPORTED, "Rows cannot be sorted by column '%s' of type %s, whose values have no order".formatted(column.columnName(), types.get(column.columnName()).getDisplayName()));
            }
        }
        return Optional.of(new Bucketing(version, count, columns, hiveTypes, sortedBy));
    }

    private static void requireData(String kind, String property, List<String> columns, Map<String, Type> types, List<String> keys)
    {
        List<String> unknown = columns.stream().filter(column -> !types.containsKey(column)).toList();
        if (!unknown.isEmpty()) {
            throw invalid("%s columns %s not present in schema", kind, unknown);
        }
        List<String> partitioning = columns.stream().filter(keys::contains).toList();
        if (!partitioning.isEmpty()) {
            throw invalid("%s columns %s are also used as partitioning columns", kind, partitioning);
        }
        Set<String> once = new HashSet<>();
        for (String column : columns) {
            if (!once.add(column)) {
                throw invalid("Table property '%s' names column '%s' twice", property, column);
            }
        }
    }

    private static TrinoException invalid(String message, Object... arguments)
    {
        return new TrinoException(INVALID_TABLE_PROPERTY, message.formatted(arguments));
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Map<String, Object> properties, String name)
    {
        return (List<T>) properties.getOrDefault(name, List.of());
    }

    /**
     * Puts the properties of a table's buckets to those with which it would be created as it is. Those that Tarn would
     * refuse, as somebody else declared them, are shown too.
     */
    static void putProperties(Table table, Map<String, Object> properties)
    {
        table.getStorage().getBucketProperty().ifPresent(buckets -> {
            properties.put(BUCKETED_BY, buckets.bucketedBy());
            properties.put(BUCKET_COUNT, buckets.bucketCount());
            BucketingVersion.of(table.getParameters()).ifPresent(version -> properties.put(BUCKETING_VERSION, version.number()));
            if (!buckets.sortedBy().isEmpty()) {
                properties.put(SORTED_BY, buckets.sortedBy());
            }
        });
    }

    /**
     * Refuses to rename or drop a column on which the files' places or order depend.
     */
    public static void requireFree(Table table, String column, String verb)
    {
        table.getStorage().getBucketProperty().ifPresent(buckets -> {
            if (buckets.bucketedBy().stream().anyMatch(column::equalsIgnoreCase)) {
                throw new TrinoException(NOT_SUPPORTED, "Column '%s' cannot be %s: table %s is bucketed by it".formatted(column, verb, table.getSchemaTableName()));
            }
            if (buckets.sortedBy().stream().map(SortingColumn::columnName).anyMatch(column::equalsIgnoreCase)) {
                throw new TrinoException(NOT_SUPPORTED, "Column '%s' cannot be %s: the files of table %s are sorted by it".formatted(column, verb, table.getSchemaTableName()));
            }
        });
    }

    static HiveBucketProperty property(Bucketing bucketing)
    {
        return new HiveBucketProperty(bucketing.columns(), bucketing.count(), bucketing.sortedBy());
    }

    /**
     * @param text a column's name, which {@code ASC} or {@code DESC} may follow
     */
    static SortingColumn sortingColumn(String text)
    {
        String name = text.strip().toLowerCase(Locale.ENGLISH);
        if (name.endsWith(" desc")) {
            return new SortingColumn(name.substring(0, name.length() - " desc".length()).strip(), DESCENDING);
        }
        return new SortingColumn(name.endsWith(" asc") ? name.substring(0, name.length() - " asc".length()).strip() : name, ASCENDING);
    }

    static String text(SortingColumn column)
    {
        return column.order() == DESCENDING ? column.columnName() + " DESC" : column.columnName();
    }
}
