package io.tarn.format.line;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.trino.hive.formats.compression.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.format.line.LineFiles.schema;
import static io.tarn.format.line.LineFiles.withInputFormat;
import static io.trino.hive.formats.HiveClassNames.LAZY_SIMPLE_SERDE_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class TestCompressedLines
{
    private static final FileSchema SCHEMA = schema(LAZY_SIMPLE_SERDE_CLASS, "line", "string");
    /**
     * More than one block of every codec.
     */
    private static final List<String> LINES = lines(60_000);

    private final LineFiles files = new LineFiles();

    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void testCodec(CompressionKind codec)
            throws IOException
    {
        FileSlice file = files.write("lines" + codec.getFileExtension(), compress(codec, text(LINES)));
        assertThat(read(file)).isEqualTo(LINES);
        assertThat(read(files.write("one" + codec.getFileExtension(), compress(codec, "one"))))
                .containsExactly("one");
    }

    /**
     * Formats that cut their records out of a file in another way.
     */
    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void testCodecOfEveryFormat(CompressionKind codec)
            throws IOException
    {
        List<Integer> numbers = IntStream.range(0, 20_000).boxed().toList();
        String extension = codec.getFileExtension();
        FileSchema cloudTrail = withInputFormat(schema("com.amazon.emr.hive.serde.CloudTrailSerde", "n", "int"), "com.amazon.emr.cloudtrail.CloudTrailInputFormat");
        assertNumbers(cloudTrail, files.write("trail.json" + extension, compress(codec, numbers.stream().map("{\"n\": %s}"::formatted).collect(joining(",", "{\"Records\": [", "]}")))), numbers);
        FileSchema esri = withInputFormat(schema("com.esri.hadoop.hive.serde.EsriJsonSerDe", "n", "int"), "com.esri.json.hadoop.EnclosedEsriJsonInputFormat");
        assertNumbers(esri, files.write("esri.json" + extension, compress(codec, numbers.stream().map("{\"attributes\": {\"n\": %s}}"::formatted).collect(joining(",", "{\"features\": [", "]}")))), numbers);
        FileSchema grok = schema("com.amazonaws.glue.serde.GrokSerDe", ImmutableMap.of("input.format", "n=%{INT:n}"), "n", "int");
        assertNumbers(grok, files.write("grok.log" + extension, compress(codec, numbers.stream().map("n=%s\n"::formatted).collect(joining()))), numbers);
        FileSchema ion = withInputFormat(schema("com.amazon.ionhiveserde.IonHiveSerDe", "n", "int"), "com.amazon.ionhiveserde.formats.IonInputFormat");
        assertNumbers(ion, files.write("values.ion" + extension, compress(codec, numbers.stream().map("{n: %s}\n"::formatted).collect(joining()))), numbers);
    }

    private void assertNumbers(FileSchema schema, FileSlice file, List<Integer> numbers)
    {
        assertThat(files.rows(schema, file).stream().<Object>map(List::getFirst).toList()).as(schema.serde()).isEqualTo(numbers);
    }

    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void testCutFileIsRefused(CompressionKind codec)
            throws IOException
    {
        byte[] whole = compress(codec, text(LINES));
        Random random = new Random(5);
        for (int round = 0; round < 12; round++) {
            int length = round < 4 ? whole.length - 1 - round : random.nextInt(1, whole.length);
            FileSlice file = files.write("cut" + codec.getFileExtension(), Arrays.copyOf(whole, length));
            if (wholeBlocks(codec, whole, length)) {
                continue;
            }
            assertTrinoExceptionThrownBy(() -> read(file))
                    .as("cut to %s of %s", length, whole.length)
                    .hasErrorCode(TARN_BAD_DATA)
                    .hasMessageContaining("memory:///cut" + codec.getFileExtension() + " is damaged or cut off")
                    .hasMessageContaining("near line ");
        }
    }

    @Test
    void testCutBetweenChunksOfBlockIsRefused()
            throws IOException
    {
        byte[] first = compress(CompressionKind.LZ4, "first\n");
        // one block of two chunks, of which only the first is there
        byte[] cut = first.clone();
        cut[3] = (byte) (cut[3] + 10);
        assertTrinoExceptionThrownBy(() -> read(files.write("cut.lz4", cut)))
                .hasErrorCode(TARN_BAD_DATA);
        assertTrinoExceptionThrownBy(() -> read(files.write("length.snappy", new byte[] {0x7F, 0, 0, 0, 0, 0, 0, 1})))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("not written in Hadoop's block format");
    }

    @Test
    void testGzipMembersAreReadToTheLast()
            throws IOException
    {
        byte[] members = Bytes.concat(gzip("a\nb\n"), gzip(""), gzip("c"), gzip("d\n"));
        assertThat(read(files.write("members.gz", members))).containsExactly("a", "b", "cd");
        assertThat(read(files.write("padded.gz", Bytes.concat(members, new byte[512])))).containsExactly("a", "b", "cd");

        byte[] large = Bytes.concat(gzip(text(LINES)), gzip(text(LINES)));
        assertThat(read(files.write("large.gz", large))).isEqualTo(ImmutableList.builder().addAll(LINES).addAll(LINES).build());
    }

    @ParameterizedTest
    @EnumSource(value = CompressionKind.class, mode = EnumSource.Mode.EXCLUDE, names = "LZOP")
    void testConcatenatedFilesAreReadToTheLast(CompressionKind codec)
            throws IOException
    {
        byte[] twice = Bytes.concat(compress(codec, "a\nb\n"), compress(codec, "c\n"));
        assertThat(read(files.write("twice" + codec.getFileExtension(), twice))).containsExactly("a", "b", "c");
    }

    @Test
    void testDamagedGzipIsRefused()
            throws IOException
    {
        byte[] first = gzip("a\nb\n");
        byte[] second = gzip("c\n");
        for (int index = 0; index < 3; index++) {
            byte[] damaged = Bytes.concat(first, second);
            damaged[first.length + index] ^= 1;
            assertRefused(damaged);
        }
        assertRefused(Bytes.concat(first, "trailing".getBytes(UTF_8)));
        assertRefused(Bytes.concat(first, new byte[4], second));
        byte[] checksum = first.clone();
        checksum[first.length - 8] ^= 1;
        assertRefused(checksum);
        byte[] length = first.clone();
        length[first.length - 1] ^= 1;
        assertRefused(length);
        assertRefused("plain text".getBytes(UTF_8));
    }

    @Test
    void testGzipHeaderFields()
            throws IOException
    {
        byte[] plain = gzip("a\n");
        byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 3, 0, 1, 2, 3, 'n', 0, 'c', 0, 9, 9};
        assertThat(read(files.write("fields.gz", Bytes.concat(header, Arrays.copyOfRange(plain, 10, plain.length))))).containsExactly("a");
    }

    @Test
    void testOnlyTheExtensionTellsTheCodec()
            throws IOException
    {
        assertThat(read(files.write("plain.GZ", "a\n"))).containsExactly("a");
        assertThat(read(files.write("gz", "a\n"))).containsExactly("a");
        assertThat(read(files.write("a.gz.txt", "a\n"))).containsExactly("a");
    }

    private void assertRefused(byte[] content)
    {
        assertTrinoExceptionThrownBy(() -> read(files.write("damaged.gz", content)))
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageContaining("memory:///damaged.gz is damaged or cut off, or is not GZIP");
    }

    private List<Object> read(FileSlice file)
    {
        return files.rows(SCHEMA, file).stream().map(List::getFirst).toList();
    }

    /**
     * Formats made of independent blocks do not tell a file that ends with one of them from a whole one.
     */
    private static boolean wholeBlocks(CompressionKind codec, byte[] whole, int length)
    {
        if (codec != CompressionKind.LZ4 && codec != CompressionKind.LZO && codec != CompressionKind.SNAPPY) {
            return false;
        }
        int position = 0;
        while (position < length) {
            int chunk = (whole[position + 4] & 0xFF) << 24 | (whole[position + 5] & 0xFF) << 16 | (whole[position + 6] & 0xFF) << 8 | (whole[position + 7] & 0xFF);
            position += 8 + chunk;
        }
        return position == length;
    }

    private static byte[] compress(CompressionKind codec, String text)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = codec.createCodec().createStreamCompressor(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(String text)
            throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String text(List<String> lines)
    {
        return String.join("\n", lines) + "\n";
    }

    private static List<String> lines(int count)
    {
        Random random = new Random(11);
        return IntStream.range(0, count)
                .mapToObj(number -> number + " " + Long.toString(random.nextLong(), 36))
                .toList();
    }
}
