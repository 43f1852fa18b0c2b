package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.Bucketing.SortColumn;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.PartitionTransform;
import io.tarn.athena.statement.PartitionTransform.Kind;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.StorageFormat;
import io.tarn.athena.statement.TableName;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.SaveMode;
import io.trino.sql.tree.TableElement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.tarn.athena.dialect.PropertyValues.refused;
import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE TABLE} of Trino with the properties of Tarn's or of the Iceberg connector, as Athena's.
 */
final class AthenaTables
{
    private static final Pattern TRANSFORM = Pattern.compile("\\s*(\\w+)\\s*\\(\\s*\"?([^\",()]+?)\"?\\s*(?:,\\s*(\\d+)\\s*)?\\)\\s*");

    private final io.trino.sql.tree.CreateTable create;
    private final TableName name;
    private final Notes notes;
    private final Map<String, Expression> properties;
    private final Map<String, String> tableProperties = new LinkedHashMap<>();
    private final Map<String, String> serdeProperties = new LinkedHashMap<>();

    AthenaTables(io.trino.sql.tree.CreateTable create, TableName name, Notes notes)
    {
        this.create = requireNonNull(create, "create is null");
        this.name = requireNonNull(name, "name is null");
        this.notes = requireNonNull(notes, "notes is null");
        properties = PropertyValues.values(create.getProperties());
        if (create.getSaveMode() == SaveMode.REPLACE) {
            throw refused(create, "Athena has no CREATE OR REPLACE TABLE");
        }
    }

    CreateTable hive()
    {
        String location = text("external_location")
                .orElseThrow(() -> refused(create, "Athena's tables have a LOCATION: add external_location = 's3://bucket/folder/'"));
        List<String> keys = properties.containsKey("partitioned_by") ? PropertyValues.list(properties.remove("partitioned_by")) : ImmutableList.of();
        List<ColumnDefinition> columns = new ArrayList<>();
        List<ColumnDefinition> partitions = new ArrayList<>();
        columns().forEach(column -> (keys.stream().anyMatch(column.name()::equalsIgnoreCase) ? partitions : columns).add(column));
        Optional<Bucketing> bucketing = bucketing();
        String format = text("format").orElse("PARQUET").toUpperCase(Locale.ENGLISH);
        text("skip_header_line_count").ifPresent(count -> tableProperties.put("skip.header.line.count", count));
        text("skip_footer_line_count").ifPresent(count -> tableProperties.put("skip.footer.line.count", count));
        text("write_compression").or(() -> text("parquet_compression")).or(() -> text("orc_compression")).ifPresent(codec -> tableProperties.put("write.compression", codec));
        text("compression_level").ifPresent(level -> tableProperties.put("compression_level", level));
        text("avro_schema_literal").ifPresent(schema -> serdeProperties.put("avro.schema.literal", schema));
        Optional.ofNullable(properties.remove("extra_properties")).map(PropertyValues::map).ifPresent(tableProperties::putAll);
        properties.remove("is_external");
        Optional<RowFormat> rowFormat = rowFormat(format);
        Optional<StorageFormat> storageFormat = switch (format) {
            case "PARQUET", "ORC", "AVRO", "TEXTFILE" -> Optional.of(new StorageFormat.Named(format));
            default -> Optional.empty();
        };
        requireAllKnown();
        return new CreateTable(
                name,
                true,
                create.getSaveMode() == SaveMode.IGNORE,
                columns,
                create.getComment(),
                partitions,
                ImmutableList.of(),
                bucketing,
                rowFormat,
                serdeProperties,
                storageFormat,
                Optional.of(location.endsWith("/") ? location : location + "/"),
                tableProperties);
    }

    private Optional<RowFormat> rowFormat(String format)
    {
        return switch (format) {
            case "PARQUET", "ORC", "AVRO" -> Optional.empty();
            case "JSON" -> Optional.of(new RowFormat.Serde("org.apache.hive.hcatalog.data.JsonSerDe"));
            case "OPENX_JSON" -> Optional.of(new RowFormat.Serde("org.openx.data.jsonserde.JsonSerDe"));
            case "CSV" -> {
                text("csv_separator").or(() -> text("field_delimiter")).ifPresent(value -> serdeProperties.put("separatorChar", value));
                text("csv_quote").ifPresent(value -> serdeProperties.put("quoteChar", value));
                text("csv_escape").ifPresent(value -> serdeProperties.put("escapeChar", value));
                yield Optional.of(new RowFormat.Serde("org.apache.hadoop.hive.serde2.OpenCSVSerde"));
            }
            case "REGEX" -> {
                text("regex").ifPresent(value -> serdeProperties.put("input.regex", value));
                yield Optional.of(new RowFormat.Serde("org.apache.hadoop.hive.serde2.RegexSerDe"));
            }
            case "TEXTFILE" -> {
                Optional<String> separator = text("textfile_field_separator").or(() -> text("field_delimiter"));
                Optional<String> escape = text("textfile_field_separator_escape");
                Optional<String> nulls = text("null_format");
                yield separator.isEmpty() && escape.isEmpty() && nulls.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RowFormat.Delimited(separator, escape, Optional.empty(), Optional.empty(), Optional.empty(), nulls));
            }
            default -> throw refused(create, "Athena has no format %s".formatted(format));
        };
    }

    private Optional<Bucketing> bucketing()
    {
        Expression columns = properties.remove("bucketed_by");
        Optional<String> count = text("bucket_count");
        Expression sorted = properties.remove("sorted_by");
        if (columns == null || count.isEmpty()) {
            return Optional.empty();
        }
        List<SortColumn> sortedBy = sorted == null ? ImmutableList.of() : PropertyValues.list(sorted).stream()
                                                                          .map(column -> new SortColumn(column.strip().split("\\s+")[0], !column.strip().toUpperCase(Locale.ENGLISH).endsWith(" DESC")))
                                                                          .toList();
        return Optional.of(new Bucketing(PropertyValues.list(columns), sortedBy, Integer.parseInt(count.get())));
    }

    CreateTable iceberg()
    {
        String location = text("location")
                .orElseThrow(() -> refused(create, "Athena's Iceberg tables have a LOCATION: add location = 's3://bucket/folder'"));
        tableProperties.put("table_type", "ICEBERG");
        text("format").ifPresent(format -> tableProperties.put("format", format.toLowerCase(Locale.ENGLISH)));
        text("compression_codec").ifPresent(codec -> tableProperties.put("write_compression", codec.toLowerCase(Locale.ENGLISH)));
        text("format_version").filter(version -> !version.equals("2")).ifPresent(version -> notes.meaning("Athena's Iceberg tables have format version 2, not %s".formatted(version)));
        text("target_max_file_size").filter(size -> size.matches("\\d+B")).ifPresent(size -> tableProperties.put("write_target_data_file_size_bytes", size.substring(0, size.length() - 1)));
        Optional.ofNullable(properties.remove("extra_properties")).map(PropertyValues::map).ifPresent(tableProperties::putAll);
        List<PartitionTransform> transforms = properties.containsKey("partitioning")
                ? PropertyValues.list(properties.remove("partitioning")).stream().map(this::transform).toList()
                : ImmutableList.of();
        requireAllKnown();
        return new CreateTable(
                name,
                false,
                create.getSaveMode() == SaveMode.IGNORE,
                columns(),
                create.getComment(),
                ImmutableList.of(),
                transforms,
                Optional.empty(),
                Optional.empty(),
                ImmutableMap.of(),
                Optional.empty(),
                Optional.of(location.endsWith("/") ? location : location + "/"),
                tableProperties);
    }

    private PartitionTransform transform(String text)
    {
        Matcher matcher = TRANSFORM.matcher(text);
        if (!matcher.matches()) {
            return new PartitionTransform(Kind.IDENTITY, text.strip().replace("\"", ""), OptionalInt.empty());
        }
        try {
            return new PartitionTransform(
                    Kind.valueOf(matcher.group(1).toUpperCase(Locale.ENGLISH)),
                    matcher.group(2),
                    matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3))));
        }
        catch (IllegalArgumentException e) {
            throw refused(create, "Athena has no partitioning by %s".formatted(text));
        }
    }

    private List<ColumnDefinition> columns()
    {
        ImmutableList.Builder<ColumnDefinition> columns = ImmutableList.builder();
        for (TableElement element : create.getElements()) {
            if (!(element instanceof io.trino.sql.tree.ColumnDefinition column)) {
                throw refused(element, "Athena has no CREATE TABLE with LIKE: write the columns");
            }
            columns.add(column(column, notes));
        }
        return columns.build();
    }

    static ColumnDefinition column(io.trino.sql.tree.ColumnDefinition column, Notes notes)
    {
        if (!column.isNullable()) {
            notes.meaning("Athena's columns may all be NULL: NOT NULL of %s is left out".formatted(column.getName()));
        }
        if (column.getDefaultValue().isPresent()) {
            notes.meaning("Athena's columns have no default: that of %s is left out".formatted(column.getName()));
        }
        return new ColumnDefinition(column.getName().getSuffix(), AthenaTypes.athenaType(column.getType()), column.getComment());
    }

    /**
     * Takes a property out of those that are left.
     */
    private Optional<String> text(String property)
    {
        return Optional.ofNullable(properties.remove(property)).filter(value -> !PropertyValues.isNull(value)).map(PropertyValues::text);
    }

    private void requireAllKnown()
    {
        properties.forEach((property, value) -> notes.meaning("Athena has no table property %s: %s is left out".formatted(property, value)));
    }
}
