package io.tarn.testdata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * A small table: what a Glue catalogue says of it, its files, and the rows that reading it must give.
 *
 * @param name unique among the sample tables
 * @param serde class name of the SerDe
 * @param inputFormat class name
 * @param outputFormat class name
 * @param serdeParameters the SerDe's properties
 * @param tableParameters the table's properties, as {@code skip.header.line.count}
 * @param columns the data columns
 * @param partitionKeys empty where the table is not partitioned; else the files' keys have the values, Hive style
 * @param files in the order of their rows
 * @param rows all rows in the order of the files, columns and then partition keys. Values are null, Boolean, Byte, Short,
 *         Integer, Long, Float, Double, BigDecimal of the declared scale, String (of a {@code char} without its padding),
 *         LocalDate, LocalDateTime, byte[], List for an array and for a struct (its fields in order), Map
 */
public record SampleTable(
        String name,
        String serde,
        String inputFormat,
        String outputFormat,
        Map<String, String> serdeParameters,
        Map<String, String> tableParameters,
        List<Column> columns,
        List<Column> partitionKeys,
        List<File> files,
        List<List<Object>> rows)
{
    public SampleTable
    {
        requireNonNull(name, "name is null");
        requireNonNull(serde, "serde is null");
        requireNonNull(inputFormat, "inputFormat is null");
        requireNonNull(outputFormat, "outputFormat is null");
        serdeParameters = Collections.unmodifiableMap(new LinkedHashMap<>(serdeParameters));
        tableParameters = Collections.unmodifiableMap(new LinkedHashMap<>(tableParameters));
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        files = List.copyOf(files);
        rows = List.copyOf(rows);
    }

    /**
     * @param type as Glue writes it, for instance {@code array<struct<sku:string,quantity:int>>}
     */
    public record Column(String name, String type)
    {
        public Column
        {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
        }
    }

    /**
     * @param key below the table's location
     */
    public record File(String key, byte[] content)
    {
        public File
        {
            requireNonNull(key, "key is null");
            requireNonNull(content, "content is null");
        }
    }
}
