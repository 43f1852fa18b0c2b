package io.tarn.format.ion;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ObjectArrays;
import io.airlift.slice.Slices;
import io.airlift.units.DataSize;
import io.tarn.format.FileCodec;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileSlice;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.RandomPages;
import io.tarn.format.WrittenFields;
import io.tarn.format.line.LineFiles;
import io.tarn.format.line.source.LineConfig;
import io.trino.filesystem.Location;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.tarn.format.line.AllTypes.ALL_TYPES;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written as Ion is read back as it was.
 */
class TestIonWriter
{
    private static final String[] DEEPER = {
            "c_doubles", "struct<c:struct<d:array<double>>>",
            "c_structs", "array<struct<x:timestamp,y:map<string,date>>>",
    };

    private final LineFiles files = new LineFiles();
    private final IonFormatWriter writer = new IonFormatWriter(new IonFormat());

    @ParameterizedTest
    @CsvSource({
            "BINARY, OMIT, Z",
            "binary, UNTYPED, +01:00",
            "BINARY, TYPED, -11:30",
            "TEXT, OMIT, +14:00",
            "text, untyped, Z",
            "TEXT, TYPED, Z",
    })
    void testEveryTypeAndForm(String encoding, String nulls, String offset)
    {
        FileSchema schema = schema(ImmutableMap.of("ion.encoding", encoding, "ion.serialize_null", nulls, "ion.timestamp.serialization_offset", offset), ObjectArrays.concat(ALL_TYPES, DEEPER, String.class));
        List<Type> types = WrittenFields.types(schema, "ION");
        RandomPages random = RandomPages.tame(encoding.length() + nulls.length());
        List<Page> pages = List.of(random.page(types, 300), random.page(types, 1), random.page(types, 700));
        List<List<Object>> expected = new ArrayList<>();
        pages.forEach(page -> expected.addAll(RandomPages.rows(types, page)));
        FileSlice file = write(schema, "rows.ion", FileCodec.NONE, pages);
        assertThat(files.rows(schema, file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, mode = EnumSource.Mode.EXCLUDE, names = "DEFLATE")
    void testCodecs(FileCodec codec)
    {
        FileSchema schema = schema(ImmutableMap.of(), "n", "bigint", "s", "string");
        List<Type> types = WrittenFields.types(schema, "ION");
        Page page = RandomPages.wild(5).page(types, 25_000);
        assertThat(files.rows(schema, write(schema, "coded" + writer.extension(codec), codec, List.of(page)))).isEqualTo(RandomPages.rows(types, page));
    }

    @Test
    void testForms()
            throws IOException
    {
        String[] fields = {"a", "int", "b", "struct<x:string,y:int>", "d", "date", "t", "timestamp", "m", "map<string,int>"};
        List<Type> types = WrittenFields.types(schema(ImmutableMap.of(), fields), "ION");
        Block[] blocks = {
                writeNativeValue(types.get(0), 1L),
                writeNativeValue(types.get(1), null),
                writeNativeValue(types.get(2), LocalDate.of(1500, 2, 28).toEpochDay()),
                writeNativeValue(types.get(3), 1_700_000_000_123_000L),
                writeNativeValue(types.get(4), null),
        };
        Page page = new Page(1, blocks);
        assertThat(text(ImmutableMap.of(), fields, page)).isEqualTo("{a:1,d:1500-02-28,t:2023-11-14T22:13:20.123Z}");
        assertThat(text(ImmutableMap.of("ion.serialize_null", "UNTYPED", "ion.timestamp.serialization_offset", "+01:00"), fields, page))
                .isEqualTo("{a:1,b:null,d:1500-02-28,t:2023-11-14T23:13:20.123+01:00,m:null}");
        assertThat(text(ImmutableMap.of("ion.serialize_null", "TYPED", "ion.a.path_extractor", "(Alpha)"), fields, page))
                .isEqualTo("{Alpha:1,b:null.struct,d:1500-02-28,t:2023-11-14T22:13:20.123Z,m:null.struct}");
        FileSchema binary = schema(ImmutableMap.of(), fields);
        FileSlice file = write(binary, "forms.ion", FileCodec.NONE, List.of(page));
        assertThat(files.fileSystem().newInputFile(file.location()).newStream().readNBytes(4)).containsExactly(0xE0, 0x01, 0x00, 0xEA);
        assertThat(files.rows(binary, file).toString()).isEqualTo("[[1, null, 1500-02-28, 2023-11-14 22:13:20.123, null]]");
    }

    @Test
    void testWhatCannotBeWritten()
    {
        assertRefused(ImmutableMap.of("ion.encoding", "JSON"), "property 'ion.encoding' is 'JSON'; it is BINARY or TEXT");
        assertRefused(ImmutableMap.of("ion.serialize_null", "NO"), "it is OMIT, UNTYPED or TYPED");
        assertRefused(ImmutableMap.of("ion.timestamp.serialization_offset", "Europe/Vienna"), "it takes hours and minutes, as in +01:00");
        assertRefused(ImmutableMap.of("ion.a.path_extractor", "(x y)"), "column 'a' is read from within a field (ion.a.path_extractor)");
        assertRefused(ImmutableMap.of("ion.a.path_extractor", "(B)"), "field 'b' would be written twice");
        assertRefused(ImmutableMap.of("ion.a.serialize_as", "symbol"), "property 'ion.a.serialize_as' is 'symbol', and columns are only written as what they are");
        assertTrinoExceptionThrownBy(() -> writer.check(schema(ImmutableMap.of(), "a", "map<int,int>")))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("no map has keys of type 'integer'");
    }

    @Test
    void testValuesThatIonLacks()
    {
        FileSchema schema = schema(ImmutableMap.of(), "a", "string", "d", "date");
        List<Type> types = WrittenFields.types(schema, "ION");
        Page early = new Page(1, writeNativeValue(types.getFirst(), Slices.utf8Slice("x")), writeNativeValue(types.getLast(), LocalDate.of(0, 1, 1).toEpochDay()));
        assertTrinoExceptionThrownBy(() -> write(schema, "early.ion", FileCodec.NONE, List.of(early)))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("Row 1 of memory:///early.ion cannot be written as Ion: column 'd': 0000-01-01 is in none of the years that Ion has");
        Page noText = new Page(1, writeNativeValue(types.getFirst(), Slices.wrappedBuffer((byte) 'x', (byte) 0xFF)), writeNativeValue(types.getLast(), null));
        assertTrinoExceptionThrownBy(() -> write(schema, "bytes.ion", FileCodec.NONE, List.of(noText)))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("column 'a': its bytes are no text in UTF-8");
        files.withConfig(new LineConfig().setMaxLineLength(DataSize.of(64, KILOBYTE)));
        Page longest = new Page(1, writeNativeValue(types.getFirst(), Slices.utf8Slice("x".repeat(70_000))), writeNativeValue(types.getLast(), null));
        assertTrinoExceptionThrownBy(() -> write(schema, "long.ion", FileCodec.NONE, List.of(longest)))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("longer ones than 65536 are not read");
    }

    private void assertRefused(Map<String, String> properties, String message)
    {
        assertTrinoExceptionThrownBy(() -> writer.check(schema(properties, "a", "string", "b", "timestamp")))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining(message);
    }

    private String text(Map<String, String> properties, String[] fields, Page page)
            throws IOException
    {
        FileSchema schema = schema(ImmutableMap.<String, String>builder().putAll(properties).put("ion.encoding", "TEXT").buildOrThrow(), fields);
        FileSlice file = write(schema, "text.ion", FileCodec.NONE, List.of(page));
        assertThat(files.rows(schema, file)).isEqualTo(List.of(Arrays.asList(RandomPages.rows(WrittenFields.types(schema, "ION"), page).getFirst().toArray())));
        return new String(files.fileSystem().newInputFile(file.location()).newStream().readAllBytes(), UTF_8);
    }

    private FileSlice write(FileSchema schema, String name, FileCodec codec, List<Page> pages)
    {
        Location location = Location.of("memory:///" + name);
        try {
            files.fileSystem().deleteFile(location);
        }
        catch (IOException _) {
            // there is none
        }
        FileSink sink = writer.create(new FileWrite(files.session(), files.fileSystem(), location, schema, codec, OptionalInt.empty()));
        try {
            pages.forEach(sink::append);
        }
        catch (RuntimeException e) {
            sink.abort();
            throw e;
        }
        FileSummary summary = sink.finish();
        assertThat(summary.rows()).isEqualTo(pages.stream().mapToLong(Page::getPositionCount).sum());
        return new FileSlice(location, 0, summary.bytes(), summary.bytes(), Instant.EPOCH);
    }

    private static FileSchema schema(Map<String, String> properties, String... fields)
    {
        return withInputFormat(LineFiles.schema(IonFormat.SERDE, properties, fields), IonFormat.INPUT_FORMAT);
    }
}
