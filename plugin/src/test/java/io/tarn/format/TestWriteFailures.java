package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.avro.AvroFormatWriter;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.csv.CsvFormatWriter;
import io.tarn.format.ion.IonFormat;
import io.tarn.format.ion.IonFormatWriter;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.HiveJsonFormatWriter;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.json.OpenXJsonFormatWriter;
import io.tarn.format.line.source.LineConfig;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.orc.OrcFormatWriter;
import io.tarn.format.orc.OrcWriteConfig;
import io.tarn.format.orc.OrcWriterSessionProperties;
import io.tarn.format.parquet.ParquetFooters;
import io.tarn.format.parquet.ParquetFormat;
import io.tarn.format.parquet.ParquetReadConfig;
import io.tarn.format.parquet.write.ParquetFormatWriter;
import io.tarn.format.parquet.write.ParquetWriteConfig;
import io.tarn.format.parquet.write.ParquetWriteSessionProperties;
import io.tarn.format.text.TextFormat;
import io.tarn.format.text.TextFormatWriter;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.metastore.HiveType;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.error.TarnErrorCode.TARN_WRITER_ERROR;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestWriteFailures
{
    private static final FormatWriter PARQUET = parquet();
    private static final FormatWriter ORC = new OrcFormatWriter(new OrcWriteConfig());
    private static final FormatWriter AVRO = new AvroFormatWriter();
    private static final FormatWriter JSON = new HiveJsonFormatWriter(new HiveJsonFormat());
    private static final FormatWriter OPENX_JSON = new OpenXJsonFormatWriter(new OpenXJsonFormat());
    private static final FormatWriter CSV = new CsvFormatWriter(new CsvFormat());
    private static final FormatWriter TEXT = new TextFormatWriter(new TextFormat());
    private static final FormatWriter ION = new IonFormatWriter(new IonFormat());
    private static final ConnectorSession SESSION = session(new LineConfig());

    private final TrinoFileSystem fileSystem = new MemoryFileSystemFactory().create(ConnectorIdentity.ofUser("test"));

    @Test
    void testNothingIsLeftWhereTheStorageFails()
            throws IOException
    {
        for (FormatWriter writer : List.of(PARQUET, ORC, AVRO, JSON, OPENX_JSON, CSV, TEXT, ION)) {
            for (FileCodec codec : writer.codecs()) {
                for (int bytes : new int[] {1000, Integer.MAX_VALUE}) {
                    FileSchema schema = schema(writer, ImmutableMap.of(), "a", "bigint", "b", "string");
                    Page page = RandomPages.tame(bytes).withoutNulls().page(types(schema), 500);
                    Location location = Location.of("memory:///failing" + writer.extension(codec));
                    FileSink[] sink = new FileSink[1];
                    assertTrinoExceptionThrownBy(() -> {
                        sink[0] = writer.create(new FileWrite(SESSION, FailingFileSystem.failAfter(fileSystem, bytes), location, schema, codec, OptionalInt.empty()));
                        sink[0].append(page);
                        sink[0].finish();
                    })
                            .as("%s %s %s", writer.name(), codec, bytes)
                            .hasErrorCode(TARN_WRITER_ERROR)
                            .hasMessageContaining("Failed to write memory:///failing")
                            .hasMessageContaining(bytes == Integer.MAX_VALUE ? "connection reset" : "no space left");
                    if (sink[0] != null) {
                        sink[0].abort();
                        sink[0].abort();
                    }
                    assertThat(fileSystem.newInputFile(location).exists()).isFalse();
                }
            }
        }
    }

    @Test
    void testNothingIsLeftOfWhatIsGivenUp()
            throws IOException
    {
        for (FormatWriter writer : List.of(PARQUET, ORC, AVRO, JSON, OPENX_JSON, CSV, TEXT, ION)) {
            for (FileCodec codec : writer.codecs()) {
                FileSchema schema = schema(writer, ImmutableMap.of(), "a", "bigint", "b", "string");
                Location location = Location.of("memory:///aborted" + writer.extension(codec));
                FileSink sink = writer.create(new FileWrite(SESSION, fileSystem, location, schema, codec, OptionalInt.empty()));
                sink.append(RandomPages.tame(1).withoutNulls().page(types(schema), 500));
                assertThat(fileSystem.newInputFile(location).exists()).isFalse();
                sink.abort();
                sink.abort();
                assertThat(fileSystem.newInputFile(location).exists()).isFalse();
            }
        }
    }

    @Test
    void testValuesThatLinesCannotHold()
    {
        assertRefused(TEXT, ImmutableMap.of(), "string", utf8Slice("two\nlines"), "Column 'value' (string) is 'two\uFFFDlines' in row 1, which cannot be written as TEXTFILE to memory:///refused: it has a line end in it");
        assertRefused(TEXT, ImmutableMap.of("escape.delim", "\\"), "string", utf8Slice("two\rlines"), "it has a line end in it");
        assertRefused(TEXT, ImmutableMap.of("field.delim", ","), "string", utf8Slice("a,b"), "Column 'value' (string) is 'a,b' in row 1");
        assertRefused(TEXT, ImmutableMap.of(), "string", utf8Slice("\\N"), "it would be read back as NULL");
        assertRefused(TEXT, ImmutableMap.of("field.delim", ":"), "timestamp", 1_000_000L, "Column 'value' (timestamp) is '1970-01-01 00:00:01.000'");
        assertRefused(JSON, ImmutableMap.of(), "double", Double.NaN, "Column 'value' (double) is 'NaN' in row 1, which cannot be written as JSON to memory:///refused: JSON has no number for NaN");
        assertRefused(OPENX_JSON, ImmutableMap.of(), "double", Double.POSITIVE_INFINITY, "JSON has no number for Infinity");
        assertRefused(JSON, ImmutableMap.of(), "binary", wrappedBuffer(new byte[] {(byte) 0xFF, 1}), "Column 'value' (binary)");
        assertRefused(OPENX_JSON, ImmutableMap.of(), "date", 10_000_000L, "Column 'value' (date) is '+29349-01-26'");
        assertRefused(CSV, ImmutableMap.of(), "int", null, "Column 'value' (int) is NULL in row 1, which cannot be written as CSV to memory:///refused: CSV has no nulls. Use coalesce in the query");
        assertRefused(CSV, ImmutableMap.of(), "string", utf8Slice("two\nlines"), "it has a line end in it");
        assertRefused(CSV, ImmutableMap.of("quoteChar", "\0"), "string", utf8Slice("a,b"), "Column 'value' (string) is 'a,b'");
    }

    @Test
    void testByteOrderMarkAtTheStartOfAFile()
    {
        FileSchema schema = schema(TEXT, ImmutableMap.of(), "a", "string");
        Page marked = page(types(schema), List.of(utf8Slice("\uFEFFa")));
        assertTrinoExceptionThrownBy(() -> write(TEXT, schema, SESSION, List.of(marked)))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("byte order mark");
        // anywhere else it is text
        write(TEXT, schema, SESSION, List.of(page(types(schema), List.of(utf8Slice("b"))), marked));
    }

    @Test
    void testLinesLongerThanAreRead()
    {
        FileSchema schema = schema(JSON, ImmutableMap.of(), "a", "string");
        ConnectorSession session = session(new LineConfig().setMaxLineLength(DataSize.of(1, KILOBYTE)));
        assertTrinoExceptionThrownBy(() -> write(JSON, schema, session, List.of(page(types(schema), List.of(utf8Slice("x".repeat(1020)))))))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("Row 1 of memory:///refused makes a line of 1028 bytes, and lines longer than 1024 are not read")
                .hasMessageContaining("text_max_line_length");
    }

    @Test
    void testDeclarationsThatCannotBeWritten()
    {
        for (FormatWriter writer : List.of(JSON, OPENX_JSON, CSV, TEXT)) {
            assertUnwritable(writer, ImmutableMap.of("skip.header.line.count", "2"), "string", "2 lines of header");
            assertUnwritable(writer, ImmutableMap.of("skip.footer.line.count", "1"), "string", "1 of footer");
            assertUnwritable(writer, ImmutableMap.of(), "timestamp with local time zone", "Column 'a' of type 'timestamp with local time zone' cannot be written as " + writer.name());
            assertUnwritable(writer, ImmutableMap.of(), "uniontype<int,string>", "Column 'a' of type 'uniontype<int,string>'");
        }
        assertUnwritable(CSV, ImmutableMap.of(), "array<int>", "declare the column string");
        assertUnwritable(CSV, ImmutableMap.of(), "binary", "declare the column string");
        assertUnwritable(CSV, ImmutableMap.of("quoteChar", ""), "string", "property 'quoteChar' is empty");
        assertUnwritable(CSV, ImmutableMap.of("quoteChar", ","), "string", "cannot be the same");
        assertUnwritable(TEXT, ImmutableMap.of("line.delim", "|"), "string", "lines can only end with \\n");
        assertUnwritable(TEXT, ImmutableMap.of(), "map<string,map<string,map<string,map<string,int>>>>", "nesting levels");
    }

    @Test
    void testNameMustTellTheCodec()
    {
        FileSchema schema = schema(JSON, ImmutableMap.of(), "a", "string");
        assertThatThrownBy(() -> JSON.create(new FileWrite(SESSION, fileSystem, Location.of("memory:///plain"), schema, FileCodec.GZIP, OptionalInt.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not tell that it is compressed with GZIP");
        assertThatThrownBy(() -> JSON.create(new FileWrite(SESSION, fileSystem, Location.of("memory:///a.gz"), schema, FileCodec.GZIP, OptionalInt.of(10))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertUnwritable(FormatWriter writer, Map<String, String> properties, String type, String message)
    {
        assertTrinoExceptionThrownBy(() -> writer.check(schema(writer, properties, "a", type)))
                .as("%s %s", writer.name(), type)
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining(message);
    }

    private void assertRefused(FormatWriter writer, Map<String, String> properties, String type, Object value, String message)
    {
        FileSchema schema = schema(writer, properties, "first", "bigint", "value", type);
        List<Object> row = new ArrayList<>();
        row.add(7L);
        row.add(value);
        assertTrinoExceptionThrownBy(() -> write(writer, schema, SESSION, List.of(page(types(schema), row))))
                .as("%s %s", writer.name(), type)
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining(message);
    }

    private void write(FormatWriter writer, FileSchema schema, ConnectorSession session, List<Page> pages)
    {
        FileSink sink = writer.create(new FileWrite(session, fileSystem, Location.of("memory:///refused"), schema, FileCodec.NONE, OptionalInt.empty()));
        try {
            pages.forEach(sink::append);
        }
        finally {
            sink.abort();
        }
    }

    private static Page page(List<Type> types, List<Object> row)
    {
        PageBuilder page = new PageBuilder(types);
        page.declarePosition();
        for (int channel = 0; channel < types.size(); channel++) {
            writeNativeValue(types.get(channel), page.getBlockBuilder(channel), row.get(channel));
        }
        return page.build();
    }

    private static FileSchema schema(FormatWriter writer, Map<String, String> properties, String... fields)
    {
        ImmutableList.Builder<FileField> builder = ImmutableList.builder();
        for (int index = 0; index < fields.length; index += 2) {
            builder.add(new FileField(fields[index], HiveType.valueOf(fields[index + 1])));
        }
        return new FileSchema(writer.storageFormat().getSerde(), writer.storageFormat().getInputFormat(), builder.build(), properties);
    }

    private static List<Type> types(FileSchema schema)
    {
        return schema.fields().stream().map(field -> HiveTypes.trinoType(field.type()).orElseThrow()).toList();
    }

    private static FormatWriter parquet()
    {
        ParquetReadConfig config = new ParquetReadConfig();
        return new ParquetFormatWriter(new ParquetFormat(config, new ParquetFooters(config)), DateTimeZone.UTC, new ParquetWriteConfig());
    }

    private static ConnectorSession session(LineConfig config)
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(ImmutableList.<PropertyMetadata<?>>builder()
                        .addAll(new LineSessionProperties(config).getSessionProperties())
                        .addAll(new OrcWriterSessionProperties(new OrcWriteConfig()).getSessionProperties())
                        .addAll(new ParquetWriteSessionProperties(new ParquetWriteConfig()).getSessionProperties())
                        .build())
                .build();
    }
}
