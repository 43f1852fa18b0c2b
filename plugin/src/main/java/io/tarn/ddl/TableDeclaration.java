package io.tarn.ddl;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.tarn.bucket.Bucketing;
import io.tarn.bucket.BucketingVersion;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.tarn.scan.FileSchemas;
import io.tarn.type.DeclaredTypes;
import io.tarn.write.PartitionTexts;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Column;
import io.trino.metastore.StorageFormat;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.MoreObjects.firstNonNull;
import static io.tarn.ddl.TableProperty.EXTERNAL_LOCATION;
import static io.tarn.ddl.TableProperty.EXTRA_PROPERTIES;
import static io.tarn.ddl.TableProperty.FIELD_DELIMITER;
import static io.tarn.ddl.TableProperty.FORMAT;
import static io.tarn.ddl.TableProperty.IS_EXTERNAL;
import static io.tarn.ddl.TableProperty.ORC_BLOOM_FILTER_COLUMNS;
import static io.tarn.ddl.TableProperty.ORC_COMPRESSION;
import static io.tarn.ddl.TableProperty.PARQUET_BLOOM_FILTER_COLUMNS;
import static io.tarn.ddl.TableProperty.PARQUET_COMPRESSION;
import static io.tarn.ddl.TableProperty.PARTITIONED_BY;
import static io.tarn.ddl.TableProperty.WRITE_COMPRESSION;
import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Between what a statement says of a table and what the catalogue keeps of it.
 */
public class TableDeclaration
{
    private static final StorageFormat REGEX = StorageFormat.create(
            "org.apache.hadoop.hive.serde2.RegexSerDe",
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
    static final String PARQUET_BLOOM_FILTER_KEY = "parquet.bloom.filter.columns";
    static final String ORC_BLOOM_FILTER_KEY = "orc.bloom.filter.columns";

    private final FormatWriters writers;

    @Inject
    public TableDeclaration(FormatWriters writers)
    {
        this.writers = requireNonNull(writers, "writers is null");
    }

    /**
     * The location that a statement gives to a table that does not own its files.
     */
    public static Optional<String> externalLocation(ConnectorTableMetadata metadata)
    {
        return Optional.ofNullable((String) metadata.getProperties().get(EXTERNAL_LOCATION));
    }

    /**
     * The names of the partition keys, in lower case.
     */
    public static List<String> partitionedBy(Map<String, Object> properties)
    {
        return names(properties, PARTITIONED_BY);
    }

    /**
     * @param location of the table; ends without a slash unless the statement wrote one
     * @param external whether dropping the table leaves its files
     * @param log puts the write log into the parameters
     * @throws TrinoException where a property does not go with the others, or a column cannot be of its type
     */
    public Table table(ConnectorTableMetadata metadata, String owner, String queryId, String location, boolean external, WriteLog log)
    {
        Map<String, Object> properties = metadata.getProperties();
        String format = ((String) properties.getOrDefault(FORMAT, "PARQUET")).toUpperCase(Locale.ENGLISH);
        StorageFormat storageFormat = storageFormat(format);
        if (Boolean.FALSE.equals(properties.get(IS_EXTERNAL))) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "is_external = false is for Iceberg tables: create them in a catalogue of the iceberg connector");
        }

        Map<String, String> parameters = new HashMap<>();
        Map<String, String> serdeParameters = new HashMap<>();
        extraProperties(properties).forEach((key, value) -> {
            requireExtraKey(key);
            parameters.put(key, value);
        });
        Map<String, Object> named = withoutSynonyms(properties, format);
        for (StoredProperty property : StoredProperty.ALL) {
            property.stored(named, format).ifPresent(value -> (property.inSerde() ? serdeParameters : parameters).put(property.key(), value));
        }
        compression(properties, format).ifPresent(codec -> parameters.put(Codecs.key(format), codec));
        bloomFilter(properties, PARQUET_BLOOM_FILTER_COLUMNS, "PARQUET", format).ifPresent(columns -> parameters.put(PARQUET_BLOOM_FILTER_KEY, columns));
        bloomFilter(properties, ORC_BLOOM_FILTER_COLUMNS, "ORC", format).ifPresent(columns -> parameters.put(ORC_BLOOM_FILTER_KEY, columns));
        metadata.getComment().ifPresent(comment -> parameters.put("comment", comment));
        if (external) {
            parameters.put("EXTERNAL", "TRUE");
        }
        parameters.put("trino_query_id", queryId);
        Optional<Bucketing> bucketing = BucketDeclaration.bucketing(metadata);
        bucketing.ifPresent(buckets -> parameters.put(BucketingVersion.KEY, Integer.toString(buckets.version().number())));

        List<String> keys = partitionedBy(properties);
        List<Column> dataColumns = new ArrayList<>();
        Map<String, Column> keyColumns = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        for (ColumnMetadata column : metadata.getColumns()) {
            all.add(column.getName());
            Column declared = column(column);
            if (keys.contains(column.getName())) {
                if (!PartitionTexts.isKeyType(column.getType())) {
                    throw new TrinoException(NOT_SUPPORTED, "Unsupported type [%s] for partition: %s".formatted(column.getType().getDisplayName(), column.getName()));
                }
                keyColumns.put(column.getName(), declared);
            }
            else {
                dataColumns.add(declared);
            }
        }
        requireLast(keys, keyColumns, all);
        if (dataColumns.isEmpty()) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Table contains only partition columns");
        }
        Table table = Table.builder()
                .setDatabaseName(metadata.getTable().getSchemaName())
                .setTableName(metadata.getTable().getTableName())
                .setOwner(Optional.of(owner))
                .setTableType(external ? "EXTERNAL_TABLE" : "MANAGED_TABLE")
                .setDataColumns(dataColumns)
                .setPartitionColumns(keys.stream().map(keyColumns::get).toList())
                .setParameters(log.addTo(parameters))
                .withStorage(storage -> storage
                        .setLocation(location)
                        .setStorageFormat(storageFormat)
                        .setBucketProperty(bucketing.map(BucketDeclaration::property))
                        .setSerdeParameters(serdeParameters))
                .build();
        requireWritable(table);
        return table;
    }

    /**
     * Tells what cannot be written when it is declared, not when the first row comes.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where the format of the table can be written, but not with its
     *         columns and properties
     */
    void requireWritable(Table table)
    {
        format(table).flatMap(writers::named).ifPresent(writer -> {
            writer.check(FileSchemas.of(table));
            Codecs.level(writer, Codecs.codec(writer, table.getParameters(), Optional.empty()), table.getParameters());
        });
    }

    /**
     * @throws TrinoException {@code INVALID_TABLE_PROPERTY} for the key of a parameter that is not the user's to set
     */
    static void requireExtraKey(String key)
    {
        if (key.startsWith(WriteLog.PREFIX)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "extra_properties has the key %s, but keys that begin with %s are Tarn's own".formatted(key, WriteLog.PREFIX));
        }
        if (key.equals(BucketingVersion.KEY)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "extra_properties has the key %s, which says where rows are: it is a table property of its own".formatted(key));
        }
    }

    private StorageFormat storageFormat(String format)
    {
        if (format.equals("REGEX")) {
            return REGEX;
        }
        return writers.named(format)
                .map(FormatWriter::storageFormat)
                .orElseThrow(() -> new TrinoException(INVALID_TABLE_PROPERTY, "Table property 'format' is '%s': use one of %s, or REGEX".formatted(format, String.join(", ", writers.names()))));
    }

    static Column column(ColumnMetadata column)
    {
        if (!column.isNullable()) {
            throw new TrinoException(NOT_SUPPORTED, "This connector does not support NOT NULL columns: column '%s'".formatted(column.getName()));
        }
        requireColumnName(column.getName());
        return new Column(column.getName(), DeclaredTypes.hiveType(column.getType()), column.getComment(), ImmutableMap.of());
    }

    /**
     * @throws TrinoException {@code NOT_SUPPORTED} for a name that Hive, which lists names with commas, does not take
     */
    public static void requireColumnName(String name)
    {
        if (name.startsWith(" ") || name.endsWith(" ")) {
            throw new TrinoException(NOT_SUPPORTED, "Hive column names must not start or end with a space: '%s'".formatted(name));
        }
        if (name.contains(",")) {
            throw new TrinoException(NOT_SUPPORTED, "Hive column names must not contain commas: '%s'".formatted(name));
        }
    }

    private static void requireLast(List<String> keys, Map<String, Column> keyColumns, List<String> columns)
    {
        if (!keyColumns.keySet().containsAll(keys)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Partition columns %s not present in schema".formatted(keys.stream().filter(key -> !keyColumns.containsKey(key)).toList()));
        }
        if (!columns.subList(columns.size() - keys.size(), columns.size()).equals(keys)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Partition keys must be the last columns in the table and in the same order as the table properties: " + keys);
        }
    }

    // Athena's names for what has another name in Trino
    private static Map<String, Object> withoutSynonyms(Map<String, Object> properties, String format)
    {
        Object delimiter = properties.get(FIELD_DELIMITER);
        if (delimiter == null) {
            return properties;
        }
        String name = format.equals("CSV") ? TableProperty.CSV_SEPARATOR : TableProperty.TEXTFILE_FIELD_SEPARATOR;
        Map<String, Object> named = new HashMap<>(properties);
        Object other = named.put(name, delimiter);
        if (other != null && !other.equals(delimiter)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Table properties 'field_delimiter' and '%s' differ: leave one of them out".formatted(name));
        }
        return named;
    }

    private static Optional<String> compression(Map<String, Object> properties, String format)
    {
        String codec = null;
        for (String name : List.of(WRITE_COMPRESSION, PARQUET_COMPRESSION, ORC_COMPRESSION)) {
            String value = (String) properties.get(name);
            if (value == null) {
                continue;
            }
            if ((name.equals(PARQUET_COMPRESSION) && !format.equals("PARQUET")) || (name.equals(ORC_COMPRESSION) && !format.equals("ORC"))) {
                throw new TrinoException(INVALID_TABLE_PROPERTY, "Cannot specify table property '%s' for a table of format %s: use write_compression".formatted(name, format));
            }
            if (codec != null && !codec.equalsIgnoreCase(value)) {
                throw new TrinoException(INVALID_TABLE_PROPERTY, "Table properties give two codecs, %s and %s: leave one of them out".formatted(codec, value));
            }
            codec = value;
        }
        return Optional.ofNullable(codec).map(name -> name.toUpperCase(Locale.ENGLISH));
    }

    private static Optional<String> bloomFilter(Map<String, Object> properties, String name, String of, String format)
    {
        List<String> columns = names(properties, name);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        if (!format.equals(of)) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, "Cannot specify table property '%s' for a table of format %s: it is for %s".formatted(name, format, of));
        }
        return Optional.of(String.join(",", columns));
    }

    /**
     * The properties with which the table would be created as it is.
     */
    public Map<String, Object> properties(Table table)
    {
        Map<String, Object> properties = new LinkedHashMap<>();
        format(table).ifPresent(format -> properties.put(FORMAT, format));
        if (!table.getTableType().equals("MANAGED_TABLE")) {
            table.getStorage().getOptionalLocation().filter(location -> !location.isEmpty()).ifPresent(location -> properties.put(EXTERNAL_LOCATION, location));
        }
        if (!table.getPartitionColumns().isEmpty()) {
            properties.put(PARTITIONED_BY, table.getPartitionColumns().stream().map(Column::getName).toList());
        }
        BucketDeclaration.putProperties(table, properties);
        Map<String, String> parameters = table.getParameters();
        Map<String, String> serdeParameters = table.getStorage().getSerdeParameters();
        String format = (String) properties.getOrDefault(FORMAT, "");
        for (StoredProperty property : StoredProperty.ALL) {
            String value = property.inSerde() ? serdeParameters.get(property.key()) : parameters.getOrDefault(property.key(), serdeParameters.get(property.key()));
            if (value != null && (property.formats().isEmpty() || property.formats().contains(format))) {
                typed(property.name(), value).ifPresent(typed -> properties.put(property.name(), typed));
            }
        }
        for (String key : List.of(Codecs.WRITE_COMPRESSION, Codecs.key(format))) {
            if (parameters.containsKey(key)) {
                properties.put(WRITE_COMPRESSION, parameters.get(key));
            }
        }
        splitNames(parameters.get(PARQUET_BLOOM_FILTER_KEY)).ifPresent(columns -> properties.put(PARQUET_BLOOM_FILTER_COLUMNS, columns));
        splitNames(parameters.get(ORC_BLOOM_FILTER_KEY)).ifPresent(columns -> properties.put(ORC_BLOOM_FILTER_COLUMNS, columns));
        return properties;
    }

    private static Optional<Object> typed(String name, String value)
    {
        try {
            return Optional.of(switch (name) {
                case TableProperty.SKIP_HEADER_LINE_COUNT, TableProperty.SKIP_FOOTER_LINE_COUNT, TableProperty.COMPRESSION_LEVEL -> Integer.valueOf(value);
                case TableProperty.ORC_BLOOM_FILTER_FPP -> Double.valueOf(value);
                case TableProperty.REGEX_CASE_INSENSITIVE, TableProperty.AUTO_PURGE -> Boolean.valueOf(value);
                default -> value;
            });
        }
        catch (NumberFormatException _) {
            // somebody else's, and not what it should be; the table is shown all the same
            return Optional.empty();
        }
    }

    private static Optional<List<String>> splitNames(String names)
    {
        return Optional.ofNullable(names).filter(text -> !text.isBlank()).map(text -> List.of(text.split(",")));
    }

    private Optional<String> format(Table table)
    {
        if (REGEX.getSerde().equals(table.getStorage().getStorageFormat().getSerDeNullable())) {
            return Optional.of("REGEX");
        }
        return writers.names().stream()
                .filter(name -> writers.named(name).orElseThrow().accepts(FileSchemas.of(table)))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(Map<String, Object> properties, String name)
    {
        return (List<String>) properties.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> extraProperties(Map<String, Object> properties)
    {
        return firstNonNull((Map<String, String>) properties.get(EXTRA_PROPERTIES), Map.of());
    }
}
