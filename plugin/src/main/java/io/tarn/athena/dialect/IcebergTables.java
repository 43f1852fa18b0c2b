package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.tarn.athena.dialect.IcebergProperties.MAX_SNAPSHOT_AGE;
import static io.tarn.athena.dialect.IcebergProperties.MIN_SNAPSHOTS;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Athena's statements on Iceberg tables as those of the Iceberg connector.
 */
final class IcebergTables
{
    static final String TABLE_TYPE = "table_type";

    private static final String DEFAULT_MAX_SNAPSHOT_AGE = "432000";
    private static final String DEFAULT_MIN_SNAPSHOTS = "1";
    // files of writes that are under way belong to no snapshot yet
    private static final long MIN_ORPHAN_AGE = 86_400;

    private final DialectSession session;
    private final Notes notes;

    IcebergTables(DialectSession session, Notes notes)
    {
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    static boolean isIceberg(CreateTable create)
    {
        return create.properties().entrySet().stream()
                .anyMatch(property -> property.getKey().equalsIgnoreCase(TABLE_TYPE) && property.getValue().equalsIgnoreCase("ICEBERG"));
    }

    String create(CreateTable create)
    {
        if (create.external()) {
            throw DialectException.refused("External keyword not supported for table type ICEBERG");
        }
        if (!create.partitionColumns().isEmpty()) {
            throw DialectException.refused("Partitions of an Iceberg table are columns of it or transforms of them: write PARTITIONED BY (%s) without types"
                    .formatted(create.partitionColumns().stream().map(ColumnDefinition::name).collect(joining(", "))));
        }
        if (create.bucketing().isPresent() || create.rowFormat().isPresent() || create.storageFormat().isPresent() || !create.serdeProperties().isEmpty()) {
            throw DialectException.refused("Iceberg tables have neither ROW FORMAT, STORED AS nor CLUSTERED BY: their format is a property, as in TBLPROPERTIES ('format' = 'parquet')");
        }
        IcebergProperties properties = new IcebergProperties(notes);
        create.location().ifPresent(properties::location);
        if (!create.partitionTransforms().isEmpty()) {
            properties.transforms(create.partitionTransforms());
        }
        create.properties().forEach((name, value) -> set(properties, name, value));
        return "CREATE TABLE %s%s (\n    %s)%s%s".formatted(
                create.ifNotExists() ? "IF NOT EXISTS " : "",
                name(create.table()),
                create.columns().stream().map(IcebergTables::column).collect(joining(",\n    ")),
                create.comment().map(comment -> "\nCOMMENT " + SqlText.string(comment)).orElse(""),
                properties.isEmpty() ? "" : "\nWITH " + properties.list());
    }

    private static void set(IcebergProperties properties, String name, String value)
    {
        String property = name.toLowerCase(Locale.ENGLISH);
        if (!property.equals(TABLE_TYPE) && !properties.property(property, value)) {
            throw DialectException.refused("Unsupported table property key: %s: Athena knows format, write_compression, optimize_… and vacuum_… of Iceberg tables".formatted(name));
        }
    }

    List<String> addColumns(AddColumns add)
    {
        String name = name(add.table());
        return add.columns().stream()
                .map(column -> "ALTER TABLE %s ADD COLUMN %s".formatted(name, column(column)))
                .toList();
    }

    String dropColumn(DropColumn drop)
    {
        return "ALTER TABLE %s DROP COLUMN %s".formatted(name(drop.table()), SqlText.identifier(drop.column()));
    }

    List<String> changeColumn(ChangeColumn change)
    {
        if (change.position().isPresent()) {
            throw DialectException.refused("The Iceberg connector cannot move a column (FIRST, AFTER): leave the position out");
        }
        String name = name(change.table());
        String column = SqlText.identifier(change.definition().name());
        ImmutableList.Builder<String> statements = ImmutableList.builder();
        if (!change.column().equals(change.definition().name())) {
            statements.add("ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(name, SqlText.identifier(change.column()), column));
        }
        statements.add("ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE %s".formatted(name, column, IcebergTypes.trinoType(change.definition().type())));
        change.definition().comment().ifPresent(comment -> statements.add("COMMENT ON COLUMN %s.%s IS %s".formatted(name, column, SqlText.string(comment))));
        return statements.build();
    }

    String rename(RenameTable rename)
    {
        TableName newName = rename.newName().database().isPresent()
                ? rename.newName()
                : new TableName(rename.table().database(), rename.newName().table());
        return "ALTER TABLE %s RENAME TO %s".formatted(name(rename.table()), name(newName));
    }

    String setProperties(SetTableProperties set)
    {
        IcebergProperties properties = new IcebergProperties(notes);
        set.properties().forEach((name, value) -> set(properties, name, value));
        if (properties.isEmpty()) {
            throw DialectException.refused("The Iceberg connector has none of these properties: " + String.join(", ", set.properties().keySet()));
        }
        return "ALTER TABLE %s SET PROPERTIES %s".formatted(name(set.table()), properties.assignments());
    }

    String unsetProperties(UnsetTableProperties unset)
    {
        return "ALTER TABLE %s SET PROPERTIES %s".formatted(name(unset.table()), unset.keys().stream()
                .map(key -> IcebergProperties.unset(key.toLowerCase(Locale.ENGLISH))
                        .orElseThrow(() -> DialectException.refused("The Iceberg connector cannot take the property %s back: set it to the value it is to have".formatted(key))))
                .collect(joining(", ")));
    }

    String optimize(OptimizeTable optimize)
    {
        return "ALTER TABLE %s EXECUTE optimize%s".formatted(name(optimize.table()), optimize.where().map(where -> " WHERE " + where).orElse(""));
    }

    /**
     * Athena expires snapshots and removes files that no snapshot names, both by the table's own properties.
     */
    List<String> vacuum(VacuumTable vacuum)
    {
        String name = name(vacuum.table());
        Map<String, String> properties = session.tables().properties(TableNames.database(vacuum.table(), session), vacuum.table().table());
        String age = number(properties.getOrDefault(MAX_SNAPSHOT_AGE, DEFAULT_MAX_SNAPSHOT_AGE), DEFAULT_MAX_SNAPSHOT_AGE);
        String snapshots = number(properties.getOrDefault(MIN_SNAPSHOTS, DEFAULT_MIN_SNAPSHOTS), DEFAULT_MIN_SNAPSHOTS);
        if (!properties.containsKey(MAX_SNAPSHOT_AGE)) {
            notes.meaning("Snapshots are kept for %s seconds, Athena's default, as the table's own %s is not known".formatted(age, MAX_SNAPSHOT_AGE));
        }
        return ImmutableList.of(
                "ALTER TABLE %s EXECUTE expire_snapshots(retention_threshold => '%ss', retain_last => %s)".formatted(name, age, snapshots),
                "ALTER TABLE %s EXECUTE remove_orphan_files(retention_threshold => '%ss')".formatted(name, Math.max(Long.parseLong(age), MIN_ORPHAN_AGE)));
    }

    private static String number(String text, String fallback)
    {
        return text.matches("\\d{1,18}") ? text : fallback;
    }

    private String name(TableName table)
    {
        return IcebergNames.table(table, session);
    }

    private static String column(ColumnDefinition column)
    {
        return "%s %s%s".formatted(
                SqlText.identifier(column.name()),
                IcebergTypes.trinoType(column.type()),
                column.comment().map(comment -> " COMMENT " + SqlText.string(comment)).orElse(""));
    }
}
