package io.tarn.format.line;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.SequenceFile.Writer;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.format.line.LineFiles.columns;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.SEQUENCEFILE_INPUT_FORMAT_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that Hadoop wrote.
 */
class TestSequenceFiles
{
    private static final String[] COLUMNS = {"id", "bigint", "name", "string", "tags", "array<string>", "at", "timestamp"};

    @TempDir
    private java.nio.file.Path directory;

    private final LineFiles files = new LineFiles();
    private final HiveReader hive = new HiveReader(files);

    @Test
    void testRows()
            throws IOException
    {
        List<String> records = new ArrayList<>();
        for (int id = 0; id < 3000; id++) {
            records.add(id + "\u0001name " + "ä".repeat(id % 7) + "\u0001a\u0002b" + id + "\u00012018-01-06 10:43:54.123");
        }
        records.add("\\N\u0001\\N");
        FileSchema schema = withInputFormat(schema(LAZY_SIMPLE_SERDE_CLASS, COLUMNS), SEQUENCEFILE_INPUT_FORMAT_CLASS);
        for (CompressionType compression : CompressionType.values()) {
            // a name as Hive gives it, and one whose extension means nothing here
            for (String name : List.of(compression + "_0", compression + ".gz")) {
                FileSlice file = write(name, compression, records);
                List<List<Object>> rows = files.rows(schema, file);
                assertThat(rows).hasSize(3001).isEqualTo(hive.rows(schema, file));
                assertThat(rows.get(2).toString()).isEqualTo("[2, name ää, [a, b2], 2018-01-06 10:43:54.123]");
                assertThat(files.rows(schema, file, List.of())).hasSize(3001);
                assertThat(files.rows(schema, file, List.of(FileColumn.RAW_LINE)).getLast()).containsExactly("\\N\u0001\\N");
                assertThat(LineFiles.format(schema).splittable(schema, name)).isFalse();
                assertExactEstimate(schema, file);
            }
        }
    }

    @Test
    void testOtherSerDes()
            throws IOException
    {
        FileSlice json = write("json", CompressionType.NONE, List.of("{\"a\":1,\n\"b\":\"x\"}", "{}"));
        assertThat(files.rows(withInputFormat(schema(OPENX_JSON_SERDE_CLASS, "a", "int", "b", "string"), SEQUENCEFILE_INPUT_FORMAT_CLASS), json))
                .containsExactly(List.of(1, "x"), Arrays.asList(null, null));
        FileSlice csv = write("csv", CompressionType.BLOCK, List.of("a,b", "1,\"x,y\""));
        FileSchema schema = withInputFormat(schema(OPENCSV_SERDE_CLASS, ImmutableMap.of("skip.header.line.count", "1"), "a", "int", "b", "string"), SEQUENCEFILE_INPUT_FORMAT_CLASS);
        assertThat(files.rows(schema, csv)).containsExactly(List.of(1, "x,y"));
    }

    @Test
    void testDamagedFiles()
            throws IOException
    {
        FileSchema schema = withInputFormat(schema(LAZY_SIMPLE_SERDE_CLASS, "a", "string"), SEQUENCEFILE_INPUT_FORMAT_CLASS);
        FileSlice text = files.write("text", "just text\n");
        assertTrinoExceptionThrownBy(() -> files.rows(schema, text))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("memory:///text is damaged or cut off, or is no file of the table's input format: File memory:///text is not a Sequence File. This shows near record 1. Write the file again");

        FileSlice sound = write("sound", CompressionType.RECORD, List.of("one", "two", "three"));
        byte[] bytes = Files.readAllBytes(directory.resolve("sound"));
        FileSlice cut = files.write("cut", Arrays.copyOf(bytes, bytes.length - 3));
        assertTrinoExceptionThrownBy(() -> files.rows(schema, cut)).hasErrorCode(TARN_BAD_DATA).hasMessageContaining("This shows near record 3");

        // whatever is done to a file, it is read or refused
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            FileSlice file = files.write("damaged", damaged);
            try {
                assertThat(files.rows(schema, file)).hasSizeLessThanOrEqualTo(3);
            }
            catch (TrinoException e) {
                assertThat(e.getErrorCode()).isEqualTo(TARN_BAD_DATA.toErrorCode());
            }
        }
        assertThat(files.rows(schema, sound)).hasSize(3);
    }

    private FileSlice write(String name, CompressionType compression, List<String> records)
            throws IOException
    {
        java.nio.file.Path path = directory.resolve(name);
        Configuration configuration = new Configuration(false);
        DefaultCodec codec = new DefaultCodec();
        codec.setConf(configuration);
        try (Writer writer = SequenceFile.createWriter(
                configuration,
                Writer.file(new Path(path.toUri())),
                Writer.keyClass(BytesWritable.class),
                Writer.valueClass(Text.class),
                Writer.compression(compression, codec))) {
            for (String record : records) {
                writer.append(new BytesWritable(), new Text(record));
            }
        }
        return files.write(name, Files.readAllBytes(path));
    }

    private void assertExactEstimate(FileSchema schema, FileSlice file)
    {
        FileRead read = files.read(schema, file, columns(schema));
        assertThat(LineFiles.format(schema).estimate(read, Set.of())).isEqualTo(new ReadEstimate(file.fileLength(), OptionalLong.empty(), true));
        ConnectorPageSource pageSource = LineFiles.format(schema).open(read);
        LineFiles.rows(pageSource, columns(schema).stream().map(FileColumn::type).toList());
        assertThat(pageSource.getCompletedBytes()).isEqualTo(file.fileLength());
    }
}
