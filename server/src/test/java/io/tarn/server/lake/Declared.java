package io.tarn.server.lake;

import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.tarn.server.lake.LakeServices.location;

/**
 * A table of a test as Glue is told of it.
 */
public record Declared(String name, String serde, String inputFormat, Map<String, String> serdeParameters, Map<String, String> parameters, List<Column> columns, List<Column> partitionKeys)
{
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    public static Declared json(String name, String... columns)
    {
        return new Declared(name, "org.openx.data.jsonserde.JsonSerDe", TEXT_INPUT, Map.of(), Map.of(), columns(columns), List.of());
    }

    public static Declared csv(String name, String... columns)
    {
        return new Declared(name, "org.apache.hadoop.hive.serde2.OpenCSVSerde", TEXT_INPUT, Map.of(), Map.of(), columns(columns), List.of());
    }

    public static Declared text(String name, String... columns)
    {
        return new Declared(name, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", TEXT_INPUT, Map.of("field.delim", ","), Map.of(), columns(columns), List.of());
    }

    public static Declared parquet(String name, String... columns)
    {
        return new Declared(name, "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", Map.of(), Map.of(), columns(columns), List.of());
    }

    public Declared withSerdeParameters(Map<String, String> value)
    {
        return new Declared(name, serde, inputFormat, value, parameters, columns, partitionKeys);
    }

    public Declared withPartitionKeys(String... keys)
    {
        return new Declared(name, serde, inputFormat, serdeParameters, parameters, columns, columns(keys));
    }

    /**
     * The key below which the table's files lie.
     */
    public String folder()
    {
        return "tables/" + name + "/";
    }

    public TableInput toTableInput()
    {
        return TableInput.builder()
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .parameters(parameters)
                .partitionKeys(partitionKeys)
                .storageDescriptor(storage -> storage
                        .columns(columns)
                        .location(location(folder()))
                        .inputFormat(inputFormat)
                        .outputFormat(TEXT_OUTPUT)
                        .serdeInfo(serde -> serde.serializationLibrary(serde()).parameters(serdeParameters)))
                .build();
    }

    public static List<Column> columns(String... declared)
    {
        return Arrays.stream(declared)
                .map(column -> column.split(" ", 2))
                .map(words -> Column.builder().name(words[0]).type(words[1]).build())
                .toList();
    }
}
