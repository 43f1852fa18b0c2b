package io.tarn.format.rcfile;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.Fuzzing;
import io.tarn.format.RandomRows;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.tarn.format.line.HiveReader;
import io.tarn.format.line.LineFiles;
import io.trino.hive.formats.compression.CompressionKind;
import io.trino.hive.formats.encodings.ColumnEncodingFactory;
import io.trino.hive.formats.encodings.binary.BinaryColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextColumnEncodingFactory;
import io.trino.hive.formats.encodings.text.TextEncodingOptions;
import io.trino.hive.formats.rcfile.RcFileWriter;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LAZY_BINARY_COLUMNAR_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.RCFILE_INPUT_FORMAT_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that Trino's writer wrote, held against Trino's Hive connector.
 */
class TestRcFileFormat
{
    private static final String[] COLUMNS = {
            "c_decimal", "decimal(10,2)",
            "c_long_decimal", "decimal(38,10)",
            "c_boolean", "boolean",
            "c_tinyint", "tinyint",
            "c_smallint", "smallint",
            "c_int", "int",
            "c_bigint", "bigint",
            "c_float", "float",
            "c_double", "double",
            "c_string", "string",
            "c_date", "date",
            "c_timestamp", "timestamp",
            "c_array", "array<int>",
            "c_map", "map<string,bigint>",
            "c_struct", "struct<a:int,b:string>",
    };
    private static final int DECIMALS = 4;

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    @Test
    void testRows()
            throws IOException
    {
        for (String serde : List.of(COLUMNAR_SERDE_CLASS, LAZY_BINARY_COLUMNAR_SERDE_CLASS)) {
            // the library does not read back all decimals that it writes in binary
            String[] columns = serde.equals(COLUMNAR_SERDE_CLASS) ? COLUMNS : Arrays.copyOfRange(COLUMNS, DECIMALS, COLUMNS.length);
            FileSchema schema = withInputFormat(schema(serde, columns), RCFILE_INPUT_FORMAT_CLASS);
            for (Optional<CompressionKind> codec : List.of(Optional.<CompressionKind>empty(), Optional.of(CompressionKind.GZIP), Optional.of(CompressionKind.SNAPPY))) {
                FileSlice file = files.write("rows" + codec.map(CompressionKind::name).orElse(""), file(schema, codec, 1500));
                assertThat(files.rows(schema, file)).hasSize(1500).isEqualTo(hive.rows(schema, file));

                List<FileColumn> few = List.of(LineFiles.column(schema, "c_string"), LineFiles.column(schema, "c_int"));
                List<Integer> ordinals = few.stream().map(FileColumn::ordinal).toList();
                List<List<Object>> fewRows = files.rows(schema, file, few);
                List<List<Object>> rows = files.rows(schema, file);
                for (int row = 0; row < rows.size(); row++) {
                    List<Object> whole = rows.get(row);
                    assertThat(fewRows.get(row)).isEqualTo(ordinals.stream().map(whole::get).toList());
                }
                assertThat(files.rows(schema, file, List.of())).hasSize(1500);
                assertExactEstimate(schema, file, few);
            }
        }
    }

    @Test
    void testColumnsThatAFileLacks()
            throws IOException
    {
        FileSchema written = withInputFormat(schema(COLUMNAR_SERDE_CLASS, "a", "int"), RCFILE_INPUT_FORMAT_CLASS);
        FileSlice file = files.write("old", file(written, Optional.empty(), 3));
        FileSchema schema = withInputFormat(schema(COLUMNAR_SERDE_CLASS, "a", "int", "added", "string", "struct_added", "struct<x:int>"), RCFILE_INPUT_FORMAT_CLASS);
        List<List<Object>> rows = files.rows(schema, file);
        assertThat(rows).hasSize(3).isEqualTo(hive.rows(schema, file));
        assertThat(rows).allSatisfy(row -> assertThat(row.subList(1, 3)).isEqualTo(Arrays.asList(null, null)));
    }

    @Test
    void testTextProperties()
            throws IOException
    {
        Map<String, String> properties = ImmutableMap.of("collection.delim", ";", "serialization.null.format", "none");
        FileSchema schema = withInputFormat(schema(COLUMNAR_SERDE_CLASS, properties, "a", "array<int>", "b", "string"), RCFILE_INPUT_FORMAT_CLASS);
        FileSlice file = files.write("text", file(schema, Optional.empty(), 500));
        assertThat(files.rows(schema, file)).isEqualTo(hive.rows(schema, file));
    }

    @Test
    void testOtherFiles()
    {
        FileSchema schema = withInputFormat(schema(COLUMNAR_SERDE_CLASS, "a", "int"), RCFILE_INPUT_FORMAT_CLASS);
        FileSlice text = files.write("text", "just text\n");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, text))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("RC file memory:///text is damaged: it does not begin as an RC file does. Write the file again, or move it out of the table's location.");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, text, List.of(FileColumn.RAW_LINE)))
                .hasErrorCode(TARN_UNSUPPORTED_FORMAT)
                .hasMessageContaining("has no lines");
    }

    /**
     * Whatever is done to a file, it is read or refused, and lengths that it claims are not made room for.
     */
    @Test
    void testDamagedFiles()
            throws IOException
    {
        Random random = new Random(7);
        for (String serde : List.of(COLUMNAR_SERDE_CLASS, LAZY_BINARY_COLUMNAR_SERDE_CLASS)) {
            FileSchema schema = withInputFormat(schema(serde, "a", "bigint", "b", "string", "c", "array<int>"), RCFILE_INPUT_FORMAT_CLASS);
            for (Optional<CompressionKind> codec : List.of(Optional.<CompressionKind>empty(), Optional.of(CompressionKind.SNAPPY))) {
                byte[] sound = file(schema, codec, 50);
                for (int round = 0; round < 60; round++) {
                    byte[] mutated = Fuzzing.mutate(sound, random, bytes -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0xFF));
                    FileSlice file = files.write("mutated", round % 5 == 0 ? Arrays.copyOf(mutated, random.nextInt(mutated.length)) : mutated);
                    try {
                        // a group may be said to have any number of empty rows
                        FileRead read = new FileRead(files.session(), files.fileSystem(), file, schema, columns(schema), TupleDomain.all(), Optional.of(new ReadLimit(1000, false)), MemoryContext.NO_LIMIT);
                        LineFiles.rows(LineFiles.format(schema).open(read), columns(schema).stream().map(FileColumn::type).toList());
                    }
                    catch (TrinoException e) {
                        assertThat(e.getErrorCode().getName()).startsWith("TARN_");
                        assertThat(e.getMessage()).contains("memory:///mutated");
                    }
                }
            }
        }
    }

    private void assertExactEstimate(FileSchema schema, FileSlice file, List<FileColumn> columns)
    {
        FileRead read = files.read(schema, file, columns);
        assertThat(LineFiles.format(schema).estimate(read, Set.of())).isEqualTo(new ReadEstimate(file.fileLength(), OptionalLong.empty(), true));
        ConnectorPageSource pageSource = LineFiles.format(schema).open(read);
        LineFiles.rows(pageSource, columns.stream().map(FileColumn::type).toList());
        assertThat(pageSource.getCompletedBytes()).isEqualTo(file.fileLength());
    }

    private static byte[] file(FileSchema schema, Optional<CompressionKind> codec, int rows)
            throws IOException
    {
        List<Type> types = columns(schema).stream().map(FileColumn::type).toList();
        ColumnEncodingFactory encoding = schema.serde().equals(COLUMNAR_SERDE_CLASS)
                ? new TextColumnEncodingFactory(TextEncodingOptions.fromSchema(schema.properties()))
                : new BinaryColumnEncodingFactory(DateTimeZone.UTC);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (RcFileWriter writer = new RcFileWriter(output, types, encoding, codec, ImmutableMap.of(), DataSize.of(16, KILOBYTE), DataSize.of(64, KILOBYTE), false)) {
            for (int written = 0; written < rows; written += 500) {
                writer.write(RandomRows.page(types, Math.min(500, rows - written), written));
            }
        }
        return output.toByteArray();
    }
}
