package io.tarn.format.line;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileSlice;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatWriter;
import io.tarn.format.FormatWriters;
import io.tarn.format.RandomPages;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.csv.CsvFormatWriter;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.HiveJsonFormatWriter;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.json.OpenXJsonFormatWriter;
import io.tarn.format.text.TextFormat;
import io.tarn.format.text.TextFormatWriter;
import io.trino.filesystem.Location;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.TrinoException;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LEGACY_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.Float.floatToRawIntBits;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written is read back by Tarn and by the Hive connector, or refused.
 */
class TestLineWriters
{
    static final FormatWriters WRITERS = new FormatWriters(Set.of(
            new OpenXJsonFormatWriter(new OpenXJsonFormat()),
            new HiveJsonFormatWriter(new HiveJsonFormat()),
            new CsvFormatWriter(new CsvFormat()),
            new TextFormatWriter(new TextFormat())));

    private static final List<String> SCALARS = ImmutableList.of(
            "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(10,2)", "decimal(38,10)", "string", "varchar(4)", "char(4)", "date", "timestamp");
    private static final List<String> NESTED = ImmutableList.of(
            "binary",
            "array<int>",
            "array<string>",
            "map<string,bigint>",
            "map<int,string>",
            "struct<a:int,b:string,c:struct<d:double,e:array<string>>>",
            "array<struct<x:date,y:timestamp,z:decimal(5,1)>>",
            "map<string,array<map<string,int>>>");

    private static final Map<String, String> DELIMITERS = ImmutableMap.of("field.delim", "|", "collection.delim", ";", "mapkey.delim", "^");
    private static final Map<String, String> ESCAPED = ImmutableMap.<String, String>builder().putAll(DELIMITERS).put("escape.delim", "\\").buildOrThrow();

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);
    private int fileNumber;

    @ParameterizedTest
    @EnumSource(FileCodec.class)
    void testAllTypesInEveryCodec(FileCodec codec)
    {
        for (String serde : List.of(JSON_SERDE_CLASS, OPENX_JSON_SERDE_CLASS, LAZY_SIMPLE_SERDE_CLASS)) {
            assertWrittenAndReadBack(schema(serde, fields(true)), codec);
        }
    }

    @Test
    void testAllTypesWithProperties()
    {
        for (FileSchema schema : List.of(
                schema(LEGACY_JSON_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1"), fields(true)),
                schema(OPENX_JSON_SERDE_CLASS, ImmutableMap.of("explicit.null", "true", "skip.header.line.count", "1"), fields(true)),
                schema("", fields(true)),
                schema(LAZY_SIMPLE_SERDE_CLASS, DELIMITERS, fields(true)),
                schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1", "serialization.null.format", "(none)"), fields(true)))) {
            assertWrittenAndReadBack(schema, FileCodec.GZIP);
        }
    }

    private void assertWrittenAndReadBack(FileSchema schema, FileCodec codec)
    {
        List<Type> types = types(schema);
        List<Page> pages = List.of(RandomPages.tame(1).page(types, 50), RandomPages.tame(2).page(types, 100));
        Written written = write(schema, codec, pages);
        assertThat(written.summary()).isEqualTo(new FileSummary(150, written.slice().fileLength()));
        List<List<Object>> expected = rows(types, pages);
        assertThat(files.rows(schema, written.slice())).isEqualTo(expected);
        if (!schema.serde().isEmpty()) {
            assertThat(hive.rows(schema, written.slice())).isEqualTo(expected);
        }
    }

    @Test
    void testNegativeZero()
    {
        // the OpenX SerDe's writer loses the sign, which no comparison tells
        FileSchema schema = schema(OPENX_JSON_SERDE_CLASS, "a", "float", "b", "map<string,float>");
        PageBuilder page = new PageBuilder(types(schema));
        page.declarePosition();
        REAL.writeLong(page.getBlockBuilder(0), floatToRawIntBits(-0.0f));
        ((MapBlockBuilder) page.getBlockBuilder(1)).buildEntry((keys, values) -> {
            VARCHAR.writeSlice(keys, utf8Slice("k"));
            REAL.writeLong(values, floatToRawIntBits(-0.0f));
        });
        assertThat(files.rows(schema, write(schema, FileCodec.NONE, List.of(page.build())).slice()))
                .containsExactly(List.of(0.0f, Map.of("k", 0.0f)));
    }

    @ParameterizedTest
    @EnumSource(FileCodec.class)
    void testCsvInEveryCodec(FileCodec codec)
    {
        for (Map<String, String> properties : List.<Map<String, String>>of(
                ImmutableMap.of(),
                ImmutableMap.of("skip.header.line.count", "1"),
                ImmutableMap.of("quoteChar", "'", "separatorChar", "\t", "escapeChar", "^"),
                ImmutableMap.of("quoteChar", "\0", "separatorChar", ";"))) {
            FileSchema schema = schema(OPENCSV_SERDE_CLASS, properties, fields(false));
            List<Type> types = types(schema);
            List<Page> pages = List.of(RandomPages.tame(3).withoutNulls().page(types, 100));
            Written written = write(schema, codec, pages);
            assertThat(files.rows(schema, written.slice())).isEqualTo(rows(types, pages));

            // the Hive connector reads the texts only
            FileSchema texts = schema(OPENCSV_SERDE_CLASS, properties, "a", "string", "b", "string");
            List<Page> textPages = List.of(RandomPages.tame(4).withoutNulls().page(types(texts), 100));
            Written writtenTexts = write(texts, codec, textPages);
            assertThat(hive.rows(texts, writtenTexts.slice())).isEqualTo(rows(types(texts), textPages));
        }
    }

    @Test
    void testWhatIsNotRefusedIsReadBack()
    {
        for (Map<String, String> properties : List.of(
                ImmutableMap.<String, String>of(),
                DELIMITERS,
                ESCAPED,
                ImmutableMap.of("serialization.null.format", ""),
                ImmutableMap.of("field.delim", "-", "escape.delim", "\\"),
                ImmutableMap.of("field.delim", " ", "serialization.last.column.takes.rest", "true"),
                ImmutableMap.of("timestamp.formats", "yyyy-dd-MM HH:mm:ss.SSS"))) {
            assertWritableOrRefused(LAZY_SIMPLE_SERDE_CLASS, properties, true);
        }
        assertWritableOrRefused(JSON_SERDE_CLASS, ImmutableMap.of(), true);
        assertWritableOrRefused(JSON_SERDE_CLASS, ImmutableMap.of("timestamp.formats", "yyyy-dd-MM HH:mm:ss.SSS"), true);
        for (Map<String, String> properties : List.<Map<String, String>>of(
                ImmutableMap.of(),
                ImmutableMap.of("explicit.null", "true"),
                ImmutableMap.of("case.insensitive", "false", "dots.in.keys", "true"),
                ImmutableMap.of("mapping.first_column", "First.Column", "mapping.a", "Z"),
                ImmutableMap.of("timestamp.formats", "yyyy-dd-MM'T'HH:mm:ss.SSS'Z'"))) {
            assertWritableOrRefused(OPENX_JSON_SERDE_CLASS, properties, true);
        }
        for (Map<String, String> properties : List.<Map<String, String>>of(
                ImmutableMap.of(),
                ImmutableMap.of("quoteChar", "'"),
                ImmutableMap.of("quoteChar", "\0"),
                ImmutableMap.of("quoteChar", "\0", "escapeChar", "\0"),
                ImmutableMap.of("separatorChar", "1", "quoteChar", "e", "escapeChar", "-"))) {
            assertWritableOrRefused(OPENCSV_SERDE_CLASS, properties, false);
        }
    }

    /**
     * One column at a time, so that what is refused does not hide what would be written wrongly.
     */
    private void assertWritableOrRefused(String serde, Map<String, String> properties, boolean nested)
    {
        List<String> hiveTypes = nested ? Stream.concat(SCALARS.stream(), NESTED.stream()).toList() : SCALARS;
        for (String hiveType : hiveTypes) {
            FileSchema schema = schema(serde, properties, "first_column", "string", "value", hiveType);
            List<Type> types = types(schema);
            Page page = RandomPages.wild(hiveType.hashCode()).page(types, 40);
            List<Page> writable = new ArrayList<>();
            for (int position = 0; position < page.getPositionCount(); position++) {
                Page row = page.getRegion(position, 1);
                try {
                    write(schema, FileCodec.NONE, List.of(row));
                    writable.add(row);
                }
                catch (TrinoException e) {
                    assertThat(e.getErrorCode()).as("%s", e.getMessage()).isEqualTo(TARN_CANNOT_WRITE.toErrorCode());
                    assertThat(e.getMessage()).containsAnyOf("Column 'first_column' (string) is ", "Column 'value' (%s) is ".formatted(hiveType));
                }
            }
            assertThat(writable).as("%s %s %s", serde, properties, hiveType).isNotEmpty();
            Written written = write(schema, FileCodec.NONE, writable);
            List<List<Object>> expected = rows(types, writable);
            assertThat(files.rows(schema, written.slice())).as("%s %s %s", serde, properties, hiveType).isEqualTo(expected);
            if (!serde.equals(OPENCSV_SERDE_CLASS) && !properties.containsKey("timestamp.formats")) {
                assertThat(hive.rows(schema, written.slice())).as("%s %s %s", serde, properties, hiveType).isEqualTo(expected);
            }
        }
    }

    @Test
    void testLevels()
    {
        FileSchema schema = schema(JSON_SERDE_CLASS, "a", "string", "b", "bigint");
        List<Type> types = types(schema);
        List<Page> pages = List.of(RandomPages.tame(5).page(types, 8000));
        FormatWriter writer = WRITERS.require(schema);
        for (FileCodec codec : FileCodec.values()) {
            if (writer.levels(codec).isEmpty()) {
                assertThat(codec).isIn(FileCodec.NONE, FileCodec.SNAPPY, FileCodec.ZSTD, FileCodec.LZ4);
                continue;
            }
            Range<Integer> levels = writer.levels(codec).orElseThrow();
            Written fast = write(schema, codec, OptionalInt.of(levels.lowerEndpoint()), pages);
            Written small = write(schema, codec, OptionalInt.of(levels.upperEndpoint()), pages);
            assertThat(files.rows(schema, fast.slice())).isEqualTo(files.rows(schema, small.slice())).isEqualTo(rows(types, pages));
            assertThat(small.slice().fileLength()).isLessThan(fast.slice().fileLength());
        }
    }

    @Test
    void testFilesWithoutRows()
    {
        for (FileCodec codec : FileCodec.values()) {
            for (String count : List.of("0", "1")) {
                for (FileSchema schema : List.of(
                        schema(JSON_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", count), "a", "string"),
                        schema(OPENCSV_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", count), "a", "string"),
                        schema(LAZY_SIMPLE_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", count), "a", "string"))) {
                    assertThat(files.rows(schema, write(schema, codec, List.of()).slice())).isEmpty();
                }
            }
        }
    }

    Written write(FileSchema schema, FileCodec codec, List<Page> pages)
    {
        return write(schema, codec, OptionalInt.empty(), pages);
    }

    private Written write(FileSchema schema, FileCodec codec, OptionalInt level, List<Page> pages)
    {
        FormatWriter writer = WRITERS.require(schema);
        writer.check(schema);
        Location location = Location.of("memory:///file" + fileNumber++ + writer.extension(codec));
        FileSink sink = writer.create(new FileWrite(files.session(), files.fileSystem(), location, schema, codec, level));
        FileSummary summary;
        try {
            pages.forEach(sink::append);
            summary = sink.finish();
        }
        catch (RuntimeException e) {
            sink.abort();
            throw e;
        }
        return new Written(new FileSlice(location, 0, summary.bytes(), summary.bytes(), Instant.EPOCH), summary);
    }

    private static String[] fields(boolean nested)
    {
        List<String> fields = new ArrayList<>();
        for (String type : nested ? Stream.concat(SCALARS.stream(), NESTED.stream()).toList() : SCALARS) {
            fields.add("column_" + fields.size());
            fields.add(type);
        }
        return fields.toArray(String[]::new);
    }

    private static List<Type> types(FileSchema schema)
    {
        return columns(schema).stream().map(FileColumn::type).toList();
    }

    private static List<List<Object>> rows(List<Type> types, List<Page> pages)
    {
        return pages.stream().flatMap(page -> RandomPages.rows(types, page).stream()).toList();
    }

    record Written(FileSlice slice, FileSummary summary) {}
}
