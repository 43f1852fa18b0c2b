package io.tarn.clients.hive;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows of unpartitioned tables, written and read with Iceberg's own generic writers and readers.
 */
final class IcebergRows
{
    private IcebergRows() {}

    /**
     * Commits a file with these rows, which name their columns.
     */
    @SafeVarargs
    static void append(Table table, Map<String, Object>... rows)
    {
        table.newAppend().appendFile(write(table, List.of(rows))).commit();
    }

    /**
     * Writes a file that is not part of the table yet.
     */
    static DataFile write(Table table, List<Map<String, Object>> rows)
    {
        OutputFile file = table.io().newOutputFile(table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"));
        try {
            DataWriter<Record> writer = Parquet.writeData(file)
                    .forTable(table)
                    .createWriterFunc(GenericParquetWriter::create)
                    .build();
            try (writer) {
                for (Map<String, Object> row : rows) {
                    writer.write(GenericRecord.create(table.schema()).copy(row));
                }
            }
            return writer.toDataFile();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All rows of the table, each value as text and {@code null} as null.
     */
    static List<List<String>> read(Table table)
    {
        List<String> names = table.schema().columns().stream().map(NestedField::name).toList();
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                List<String> row = new ArrayList<>();
                for (String name : names) {
                    Object value = record.getField(name);
                    row.add(value == null ? null : value.toString());
                }
                rows.add(row);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
