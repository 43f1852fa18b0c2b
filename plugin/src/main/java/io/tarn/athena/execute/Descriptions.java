package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeTable.Detail;
import io.trino.metastore.Column;
import io.trino.metastore.Partition;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * {@code DESCRIBE}: the columns, the partition keys once more, and, where it is asked for, what else the catalogue keeps.
 */
public class Descriptions
{
    private final HiveTables tables;

    @Inject
    public Descriptions(HiveTables tables)
    {
        this.tables = requireNonNull(tables, "tables is null");
    }

    Iterator<List<String>> describe(DescribeTable statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        Table table = tables.any(context, name);
        Optional<Partition> partition = statement.partition().isEmpty() ? Optional.empty() : Optional.of(PartitionSpec.require(context, table, PartitionSpec.values(table, statement.partition())));
        List<Column> dataColumns = partition.map(Partition::getColumns).orElse(table.getDataColumns());
        Set<String> visible = visible(context, name, dataColumns, table.getPartitionColumns());
        List<Column> columns = new ArrayList<>(dataColumns);
        columns.addAll(table.getPartitionColumns());
        columns.removeIf(column -> !visible.contains(column.getName()));

        DescribedRows rows = new DescribedRows();
        boolean formatted = statement.detail() == Detail.FORMATTED;
        if (formatted) {
            header(rows);
        }
        if (!statement.column().isEmpty()) {
            Column column = columns.stream()
                    .filter(candidate -> candidate.getName().equalsIgnoreCase(statement.column().getFirst()))
                    .findFirst()
                    .orElseThrow(() -> new TrinoException(TARN_STATEMENT_REFUSED, "Table %s has no column '%s'".formatted(name, statement.column().getFirst())));
            ColumnPath.describe(column, statement.column().subList(1, statement.column().size()), rows);
            return rows.iterator();
        }
        columns.forEach(column -> describe(column, rows));
        List<Column> keys = table.getPartitionColumns().stream().filter(key -> visible.contains(key.getName())).toList();
        if (!keys.isEmpty()) {
            rows.emptyLine();
            rows.heading("# Partition Information");
            header(rows);
            keys.forEach(key -> describe(key, rows));
        }
        switch (statement.detail()) {
            case PLAIN -> {}
            case EXTENDED -> extended(table, partition, columns, rows);
            case FORMATTED -> {
                details(table, partition, rows);
                storage(partition.map(Partition::getStorage).orElse(table.getStorage()), rows);
            }
        }
        return rows.iterator();
    }

    private static Set<String> visible(StatementContext context, SchemaTableName name, List<Column> columns, List<Column> keys)
    {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(keys);
        return context.visibility().columns(name, all.stream().map(Column::getName).collect(toImmutableSet()));
    }

    private static void header(DescribedRows rows)
    {
        rows.row("# col_name", "data_type", "comment");
        rows.emptyLine();
    }

    private static void describe(Column column, DescribedRows rows)
    {
        rows.row(column.getName(), column.getType().toString(), column.getComment().orElse(""));
    }

    private static void extended(Table table, Optional<Partition> partition, List<Column> columns, DescribedRows rows)
    {
        rows.emptyLine();
        Storage storage = partition.map(Partition::getStorage).orElse(table.getStorage());
        String descriptor = "sd:StorageDescriptor(cols:[%s], location:%s, inputFormat:%s, outputFormat:%s, serdeInfo:SerDeInfo(serializationLib:%s, parameters:%s))".formatted(
                String.join(", ", columns.stream().map(column -> "FieldSchema(name:%s, type:%s, comment:%s)".formatted(column.getName(), column.getType(), column.getComment().orElse(null))).toList()),
                storage.getOptionalLocation().orElse(null),
                storage.getStorageFormat().getInputFormatNullable(),
                storage.getStorageFormat().getOutputFormatNullable(),
                storage.getStorageFormat().getSerDeNullable(),
                new TreeMap<>(storage.getSerdeParameters()));
        if (partition.isPresent()) {
            rows.text("Detailed Partition Information", "Partition(values:%s, dbName:%s, tableName:%s, %s, parameters:%s)".formatted(
                    partition.get().getValues(),
                    table.getDatabaseName(),
                    table.getTableName(),
                    descriptor,
                    DeclaredProperties.shown(partition.get().getParameters())));
            return;
        }
        rows.text("Detailed Table Information", "Table(tableName:%s, dbName:%s, owner:%s, %s, partitionKeys:%s, parameters:%s, tableType:%s)".formatted(
                table.getTableName(),
                table.getDatabaseName(),
                table.getOwner().orElse(null),
                descriptor,
                table.getPartitionColumns().stream().filter(columns::contains).map(key -> "FieldSchema(name:%s, type:%s)".formatted(key.getName(), key.getType())).toList(),
                DeclaredProperties.shown(table.getParameters()),
                table.getTableType()));
    }

    private static void details(Table table, Optional<Partition> partition, DescribedRows rows)
    {
        rows.emptyLine();
        if (partition.isPresent()) {
            rows.heading("# Detailed Partition Information");
            rows.field("Partition Value:", partition.get().getValues().toString());
            rows.field("Database:", table.getDatabaseName());
            rows.field("Table:", table.getTableName());
            rows.field("Location:", partition.get().getStorage().getOptionalLocation().orElse(""));
            parameters("Partition Parameters:", DeclaredProperties.shown(partition.get().getParameters()), rows);
            return;
        }
        rows.heading("# Detailed Table Information");
        rows.field("Database:", table.getDatabaseName());
        rows.field("Owner:", table.getOwner().orElse(""));
        rows.field("Location:", table.getStorage().getOptionalLocation().orElse(""));
        rows.field("Table Type:", table.getTableType());
        parameters("Table Parameters:", DeclaredProperties.shown(table.getParameters()), rows);
    }

    private static void storage(Storage storage, DescribedRows rows)
    {
        rows.emptyLine();
        rows.heading("# Storage Information");
        rows.field("SerDe Library:", String.valueOf(storage.getStorageFormat().getSerDeNullable()));
        rows.field("InputFormat:", String.valueOf(storage.getStorageFormat().getInputFormatNullable()));
        rows.field("OutputFormat:", String.valueOf(storage.getStorageFormat().getOutputFormatNullable()));
        rows.field("Compressed:", "No");
        rows.field("Num Buckets:", storage.getBucketProperty().map(buckets -> String.valueOf(buckets.bucketCount())).orElse("-1"));
        rows.field("Bucket Columns:", storage.getBucketProperty().map(buckets -> buckets.bucketedBy().toString()).orElse("[]"));
        rows.field("Sort Columns:", storage.getBucketProperty().map(buckets -> buckets.sortedBy().stream().map(column -> column.columnName() + ":" + column.order().getHiveOrder()).toList().toString()).orElse("[]"));
        parameters("Storage Desc Params:", new TreeMap<>(storage.getSerdeParameters()), rows);
    }

    private static void parameters(String heading, Map<String, String> parameters, DescribedRows rows)
    {
        if (!parameters.isEmpty()) {
            rows.heading(heading);
            parameters.forEach(rows::parameter);
        }
    }
}
