package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.Bucketing.SortColumn;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.StorageFormat;
import io.tarn.athena.statement.TableName;
import io.trino.metastore.Storage;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.metastore.SortingColumn.Order.ASCENDING;
import static io.trino.metastore.Table.TABLE_COMMENT;

/**
 * Tables of the catalogue as the statements that declare them, whoever created them.
 */
final class DeclaredTables
{
    private static final Set<String> OF_DELIMITERS = Set.of(
            DeclaredStorage.SERIALIZATION_FORMAT,
            DeclaredStorage.FIELD_DELIMITER,
            DeclaredStorage.ESCAPE,
            DeclaredStorage.COLLECTION_DELIMITER,
            DeclaredStorage.MAP_KEY_DELIMITER,
            DeclaredStorage.LINE_DELIMITER,
            DeclaredStorage.NULL_FORMAT);

    private DeclaredTables() {}

    /**
     * The statement that, executed, declares the same table: the same columns, keys, buckets, location, SerDe, formats
     * and properties. What is of one table, as when it was written and how many rows it has, is left out.
     *
     * @throws TrinoException {@code NOT_SUPPORTED} where a column is of a type that Athena's DDL does not have,
     *         {@code TARN_INVALID_METADATA} where the table has no SerDe or formats
     */
    static CreateTable statement(Table table)
    {
        Storage storage = table.getStorage();
        String serde = storage.getStorageFormat().getSerDeNullable();
        String inputFormat = storage.getStorageFormat().getInputFormatNullable();
        if (serde == null || inputFormat == null) {
            throw new TrinoException(TARN_INVALID_METADATA, "Table %s has no SerDe or no input format in the catalogue, so that no statement declares it".formatted(table.getSchemaTableName()));
        }
        Map<String, String> serdeParameters = new TreeMap<>(storage.getSerdeParameters());
        serdeParameters.remove(DeclaredStorage.SERIALIZATION_FORMAT, DeclaredStorage.DEFAULT_SERIALIZATION_FORMAT);
        boolean delimited = isDelimited(serde, serdeParameters);
        // a format of files alone has none to write by
        String outputFormat = Optional.ofNullable(storage.getStorageFormat().getOutputFormatNullable()).orElse(StorageClasses.TEXTFILE.getOutputFormat());
        return new CreateTable(
                TableName.of(table.getDatabaseName(), table.getTableName()),
                true,
                false,
                DeclaredColumns.definitions(table.getDataColumns()),
                Optional.ofNullable(table.getParameters().get(TABLE_COMMENT)),
                DeclaredColumns.definitions(table.getPartitionColumns()),
                ImmutableList.of(),
                storage.getBucketProperty().map(buckets -> new Bucketing(
                        buckets.bucketedBy(),
                        buckets.sortedBy().stream().map(column -> new SortColumn(column.columnName(), column.order() == ASCENDING)).toList(),
                        buckets.bucketCount())),
                Optional.of(delimited ? delimited(serdeParameters) : new RowFormat.Serde(serde)),
                delimited ? ImmutableMap.of() : serdeParameters,
                Optional.of(new StorageFormat.Classes(inputFormat, outputFormat)),
                storage.getOptionalLocation(),
                DeclaredProperties.declaring(table.getParameters()));
    }

    private static boolean isDelimited(String serde, Map<String, String> parameters)
    {
        String delimiter = parameters.get(DeclaredStorage.FIELD_DELIMITER);
        return serde.equals(LAZY_SIMPLE_SERDE_CLASS)
                && OF_DELIMITERS.containsAll(parameters.keySet())
                // with other delimiters DELIMITED would declare another table
                && delimiter != null
                && delimiter.equals(parameters.get(DeclaredStorage.SERIALIZATION_FORMAT));
    }

    private static RowFormat.Delimited delimited(Map<String, String> parameters)
    {
        return new RowFormat.Delimited(
                Optional.ofNullable(parameters.get(DeclaredStorage.FIELD_DELIMITER)),
                Optional.ofNullable(parameters.get(DeclaredStorage.ESCAPE)),
                Optional.ofNullable(parameters.get(DeclaredStorage.COLLECTION_DELIMITER)),
                Optional.ofNullable(parameters.get(DeclaredStorage.MAP_KEY_DELIMITER)),
                Optional.ofNullable(parameters.get(DeclaredStorage.LINE_DELIMITER)),
                Optional.ofNullable(parameters.get(DeclaredStorage.NULL_FORMAT)));
    }
}
