package io.tarn.testdata;

import io.tarn.testdata.SampleTable.Column;
import io.tarn.testdata.SampleTable.File;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.GZIP;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.SNAPPY;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.UNCOMPRESSED;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.ZSTD;

/**
 * Small tables of known rows, the same on each call. Those named alike but for their format hold the same rows; the
 * Parquet ones are written by {@code parquet-hadoop}, so that what reads them is tried on another's files.
 */
public final class SampleFiles
{
    private static final String PARQUET_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    private static final String PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    private static final String PARQUET_OUTPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final String OPENX_JSON_SERDE = "org.openx.data.jsonserde.JsonSerDe";
    private static final String HIVE_JSON_SERDE = "org.apache.hive.hcatalog.data.JsonSerDe";
    private static final String CSV_SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    private static final String LAZY_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String DEFAULT_SEPARATORS = "\u0001\u0002\u0003\u0004";

    /**
     * Rows of each file.
     */
    private static final int FILE_ROWS = 100;
    private static final List<CompressionCodecName> CODECS = List.of(UNCOMPRESSED, SNAPPY, GZIP, ZSTD);

    private static final String PRIMITIVES =
            """
            message primitives {
                optional int64 id;
                optional boolean t_boolean;
                optional int32 t_tinyint (INT_8);
                optional int32 t_smallint (INT_16);
                optional int32 t_int;
                optional int64 t_bigint;
                optional float t_float;
                optional double t_double;
                optional int64 t_short_decimal (DECIMAL(10,2));
                optional fixed_len_byte_array(16) t_long_decimal (DECIMAL(38,10));
                optional binary t_string (UTF8);
                optional binary t_varchar (UTF8);
                optional binary t_char (UTF8);
                optional int32 t_date (DATE);
                optional %s;
                optional binary t_binary;
            }
            """;

    private static final MessageType NESTED = MessageTypeParser.parseMessageType(
            """
            message nested {
                optional int64 id;
                optional group t_list (LIST) {
                    repeated group list {
                        optional int32 element;
                    }
                }
                optional group t_map (MAP) {
                    repeated group key_value {
                        required binary key (UTF8);
                        optional int32 value;
                    }
                }
                optional group t_struct {
                    optional binary city (UTF8);
                    optional int32 zip;
                }
                optional group t_list_of_struct (LIST) {
                    repeated group list {
                        optional group element {
                            optional binary sku (UTF8);
                            optional int32 quantity;
                        }
                    }
                }
            }
            """);

    private SampleFiles() {}

    public static List<SampleTable> all()
    {
        return List.of(
                parquetPrimitives(),
                parquetNested(),
                parquetInt96(),
                openxJsonPrimitives(),
                openxJsonNested(),
                hiveJsonPrimitives(),
                textPrimitives(),
                textNested(),
                textDelimited(),
                csvStrings(),
                csvPartitioned());
    }

    /**
     * A file for each codec, of three row groups of several pages, with column indexes, and a bloom filter on {@code t_varchar}.
     */
    public static SampleTable parquetPrimitives()
    {
        MessageType schema = MessageTypeParser.parseMessageType(PRIMITIVES.formatted("int64 t_timestamp (TIMESTAMP(MICROS,false))"));
        return parquet("parquet_primitives", SampleRows.PRIMITIVE_COLUMNS, schema, SampleRows::primitives);
    }

    /**
     * As {@link #parquetPrimitives}, with the timestamp in twelve bytes.
     */
    public static SampleTable parquetInt96()
    {
        MessageType schema = MessageTypeParser.parseMessageType(PRIMITIVES.formatted("int96 t_timestamp"));
        return parquet("parquet_int96", SampleRows.PRIMITIVE_COLUMNS, schema, SampleRows::primitives);
    }

    public static SampleTable parquetNested()
    {
        return parquet("parquet_nested", SampleRows.NESTED_COLUMNS, NESTED, SampleRows::nested);
    }

    public static SampleTable openxJsonPrimitives()
    {
        return json("openx_json_primitives", OPENX_JSON_SERDE, SampleRows.PRIMITIVE_COLUMNS, SampleRows.primitives(0, FILE_ROWS));
    }

    public static SampleTable openxJsonNested()
    {
        return json("openx_json_nested", OPENX_JSON_SERDE, SampleRows.NESTED_COLUMNS, SampleRows.nested(0, FILE_ROWS));
    }

    public static SampleTable hiveJsonPrimitives()
    {
        return json("hive_json_primitives", HIVE_JSON_SERDE, SampleRows.PRIMITIVE_COLUMNS, SampleRows.primitives(0, FILE_ROWS));
    }

    /**
     * Delimited by Hive's control characters, which the table does not name.
     */
    public static SampleTable textPrimitives()
    {
        List<List<Object>> rows = SampleRows.primitives(0, FILE_ROWS);
        return text("text_primitives", LAZY_SERDE, Map.of(), Map.of(), SampleRows.PRIMITIVE_COLUMNS, rows, DelimitedSample.write(rows, DEFAULT_SEPARATORS));
    }

    public static SampleTable textNested()
    {
        List<List<Object>> rows = SampleRows.nested(0, FILE_ROWS);
        return text("text_nested", LAZY_SERDE, Map.of(), Map.of(), SampleRows.NESTED_COLUMNS, rows, DelimitedSample.write(rows, DEFAULT_SEPARATORS));
    }

    /**
     * Delimiters that the table names.
     */
    public static SampleTable textDelimited()
    {
        List<Column> columns = SampleRows.NESTED_COLUMNS.subList(0, 4);
        List<List<Object>> rows = SampleRows.nested(0, FILE_ROWS).stream().map(row -> row.subList(0, columns.size())).toList();
        Map<String, String> parameters = Map.of("field.delim", "|", "serialization.format", "|", "collection.delim", ",", "mapkey.delim", ":");
        return text("text_delimited", LAZY_SERDE, parameters, Map.of(), columns, rows, DelimitedSample.write(rows, "|,:"));
    }

    /**
     * A header to skip, every field quoted, commas and blanks in some; the value of a missing one is the empty string.
     */
    public static SampleTable csvStrings()
    {
        List<Column> columns = List.of(new Column("id", "string"), new Column("t_string", "string"), new Column("t_varchar", "string"));
        List<List<Object>> rows = csvRows(0, FILE_ROWS);
        return text("csv_strings", CSV_SERDE, csvParameters(), Map.of("skip.header.line.count", "1"), columns, rows, csv("id,t_string,t_varchar\n", rows));
    }

    /**
     * Two partitions by day, of two files each; no header.
     */
    public static SampleTable csvPartitioned()
    {
        List<Column> columns = List.of(new Column("id", "string"), new Column("t_string", "string"), new Column("t_varchar", "string"));
        List<File> files = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        for (int file = 0; file < 4; file++) {
            String day = file < 2 ? "2018-01-06" : "2018-01-07";
            List<List<Object>> fileRows = csvRows(file * 10, file * 10 + 10);
            files.add(new File("dt=%s/part-%s.csv".formatted(day, file), csv("", fileRows)));
            for (List<Object> row : fileRows) {
                List<Object> withDay = new ArrayList<>(row);
                withDay.add(day);
                rows.add(List.copyOf(withDay));
            }
        }
        return new SampleTable("csv_partitioned", CSV_SERDE, TEXT_INPUT, TEXT_OUTPUT, csvParameters(), Map.of(), columns, List.of(new Column("dt", "string")), files, rows);
    }

    private static SampleTable parquet(String name, List<Column> columns, MessageType schema, BiFunction<Integer, Integer, List<List<Object>>> rowsOf)
    {
        List<File> files = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        for (CompressionCodecName codec : CODECS) {
            List<List<Object>> fileRows = rowsOf.apply(rows.size(), rows.size() + FILE_ROWS);
            files.add(new File(codec.name().toLowerCase(ENGLISH) + ".parquet", ParquetSample.write(schema, fileRows, codec)));
            rows.addAll(fileRows);
        }
        return new SampleTable(name, PARQUET_SERDE, PARQUET_INPUT, PARQUET_OUTPUT, Map.of("serialization.format", "1"), Map.of(), columns, List.of(), files, rows);
    }

    private static SampleTable json(String name, String serde, List<Column> columns, List<List<Object>> rows)
    {
        return text(name, serde, Map.of(), Map.of(), columns, rows, JsonSample.write(columns, rows));
    }

    /**
     * A table of two files with the same rows, the second of them gzip and in a nested folder.
     */
    private static SampleTable text(
            String name,
            String serde,
            Map<String, String> serdeParameters,
            Map<String, String> tableParameters,
            List<Column> columns,
            List<List<Object>> rows,
            byte[] content)
    {
        List<List<Object>> twice = new ArrayList<>(rows);
        twice.addAll(rows);
        List<File> files = List.of(new File("plain.txt", content), new File("nested/zipped.txt.gz", gzip(content)));
        return new SampleTable(name, serde, TEXT_INPUT, TEXT_OUTPUT, serdeParameters, tableParameters, columns, List.of(), files, twice);
    }

    private static Map<String, String> csvParameters()
    {
        return Map.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", "\\");
    }

    private static List<List<Object>> csvRows(int from, int to)
    {
        return SampleRows.primitives(from, to).stream()
                .map(row -> List.<Object>of(row.get(0).toString(), row.get(10) == null ? "" : row.get(10) + ", quoted", row.get(11) == null ? "" : row.get(11)))
                .toList();
    }

    private static byte[] csv(String header, List<List<Object>> rows)
    {
        return rows.stream()
                .map(row -> row.stream().map(value -> "\"" + value + "\"").collect(joining(",", "", "\n")))
                .collect(joining("", header, ""))
                .getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] content)
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FastGzipOutputStream gzip = new FastGzipOutputStream(bytes)) {
            gzip.write(content);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
