package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.CreateTable;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Table;
import io.trino.metastore.TableAlreadyExistsException;
import io.trino.metastore.type.Category;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;

import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_ELSEWHERE;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static io.trino.metastore.SortingColumn.Order.ASCENDING;
import static io.trino.metastore.SortingColumn.Order.DESCENDING;
import static io.trino.metastore.Table.TABLE_COMMENT;
import static io.trino.spi.StandardErrorCode.DUPLICATE_COLUMN_NAME;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

/**
 * {@code CREATE EXTERNAL TABLE}: what was written goes into the catalogue as it is; whether it can be read is asked when
 * it is read, as in Athena.
 */
public class TableCreation
{
    private final DeclaredLocations locations;
    private final Clock clock = Clock.systemUTC();

    @Inject
    public TableCreation(DeclaredLocations locations)
    {
        this.locations = requireNonNull(locations, "locations is null");
    }

    void create(CreateTable statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        requireHive(statement, name);
        DeclaredNames.requireName("table", name.getTableName());
        HiveMetastore metastore = context.metastore();
        if (metastore.getDatabase(name.getSchemaName()).isEmpty()) {
            throw new SchemaNotFoundException(name.getSchemaName());
        }
        if (statement.ifNotExists() && metastore.getTable(name.getSchemaName(), name.getTableName()).isPresent()) {
            return;
        }
        Table table = table(statement, name, context);
        try {
            metastore.createTable(table, NO_PRIVILEGES);
        }
        catch (TableAlreadyExistsException e) {
            if (!statement.ifNotExists()) {
                throw e;
            }
        }
    }

    private static void requireHive(CreateTable statement, SchemaTableName name)
    {
        Optional<String> type = statement.properties().entrySet().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(DeclaredProperties.TABLE_TYPE))
                .map(Map.Entry::getValue)
                .findFirst();
        if (type.filter("ICEBERG"::equalsIgnoreCase).isPresent()) {
            if (statement.external()) {
                throw new TrinoException(TARN_STATEMENT_REFUSED, "External keyword not supported for table type ICEBERG");
            }
            throw IcebergStatements.instead(statement, name);
        }
        if (!statement.external()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "CREATE TABLE without EXTERNAL is for Iceberg tables, and %s has no 'table_type'='ICEBERG' in its TBLPROPERTIES: use CREATE EXTERNAL TABLE, or CREATE TABLE AS".formatted(name));
        }
        if (type.filter("DELTA"::equalsIgnoreCase).isPresent()) {
            throw new TrinoException(TARN_STATEMENT_ELSEWHERE, "Table %s is a Delta table, whose columns are in its log: run CALL system.register_table('%s', '%s', '%s') in a catalog of the delta_lake connector"
                    .formatted(name, name.getSchemaName(), name.getTableName(), statement.location().orElse("s3://...")));
        }
        if (!statement.partitionTransforms().isEmpty()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "PARTITIONED BY names columns without types, which is for Iceberg tables: give the partition keys of %s their types, and leave them out of its columns".formatted(name));
        }
    }

    private Table table(CreateTable statement, SchemaTableName name, StatementContext context)
    {
        DeclaredProperties.requireSettable(statement.properties());
        String location = locations.requireFolder(context, statement.location().orElseThrow(() -> new TrinoException(TARN_STATEMENT_REFUSED, "No location was specified for table %s. An S3 location must be specified: add LOCATION 's3://...'".formatted(name))));
        DeclaredStorage storage = DeclaredStorage.of(statement);
        List<Column> columns = DeclaredColumns.columns(statement.columns().isEmpty() ? AvroColumns.columns(statement, storage.format()) : statement.columns());
        List<Column> keys = DeclaredColumns.columns(statement.partitionColumns());
        if (columns.isEmpty()) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "Table %s has no columns: list them before LOCATION".formatted(name));
        }
        requireDistinct(name, columns, keys);

        Map<String, String> parameters = new LinkedHashMap<>(statement.properties());
        statement.comment().ifPresent(comment -> parameters.put(TABLE_COMMENT, comment));
        parameters.put(DeclaredProperties.EXTERNAL, "TRUE");
        parameters.putIfAbsent(DeclaredProperties.DDL_TIME, String.valueOf(clock.instant().getEpochSecond()));
        return Table.builder()
                .setDatabaseName(name.getSchemaName())
                .setTableName(name.getTableName())
                .setOwner(Optional.of(context.session().getUser()))
                .setTableType("EXTERNAL_TABLE")
                .setDataColumns(columns)
                .setPartitionColumns(keys)
                .setParameters(parameters)
                .withStorage(builder -> builder
                        .setLocation(location)
                        .setStorageFormat(storage.format())
                        .setSerdeParameters(storage.serdeParameters())
                        .setBucketProperty(statement.bucketing().map(bucketing -> buckets(name, bucketing, columns))))
                .build();
    }

    private static void requireDistinct(SchemaTableName name, List<Column> columns, List<Column> keys)
    {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.getName())) {
                throw new TrinoException(DUPLICATE_COLUMN_NAME, "Duplicate column name: table %s has the column '%s' twice".formatted(name, column.getName()));
            }
        }
        for (Column key : keys) {
            if (!names.add(key.getName())) {
                throw new TrinoException(DUPLICATE_COLUMN_NAME, "Column repeated in partitioning columns: table %s has '%s' among its columns or keys already, and a key stands only in PARTITIONED BY".formatted(name, key.getName()));
            }
            if (key.getType().getCategory() != Category.PRIMITIVE) {
                throw new TrinoException(TARN_STATEMENT_REFUSED, "Partition key '%s' of table %s is of type %s, whose values no folder's name can hold: use a primitive type".formatted(key.getName(), name, key.getType()));
            }
        }
    }

    private static HiveBucketProperty buckets(SchemaTableName name, Bucketing bucketing, List<Column> columns)
    {
        Set<String> names = columns.stream().map(Column::getName).collect(toSet());
        List<SortingColumn> sortedBy = bucketing.sortedBy().stream()
                .map(column -> new SortingColumn(column.column(), column.ascending() ? ASCENDING : DESCENDING))
                .toList();
        for (String column : bucketing.columns()) {
            requireColumn(name, "CLUSTERED BY", column, names);
        }
        for (SortingColumn column : sortedBy) {
            requireColumn(name, "SORTED BY", column.columnName(), names);
        }
        return new HiveBucketProperty(bucketing.columns(), bucketing.buckets(), sortedBy);
    }

    private static void requireColumn(SchemaTableName name, String clause, String column, Set<String> names)
    {
        if (!names.contains(column)) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "%s of table %s names '%s', which is none of its columns".formatted(clause, name, column));
        }
    }
}
