package io.tarn.format.parquet;

import io.airlift.slice.Slices;
import io.airlift.units.DataSize;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.tarn.format.FormatFiles;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.error.TarnErrorCode.TARN_FILE_NOT_FOUND;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetFailures
{
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message root { required int64 n; required binary word (STRING); }");
    private static final FileColumn NUMBER = column("n", 0, BIGINT);
    private static final FileColumn WORD = column("word", 1, VARCHAR);

    @TempDir
    Path directory;

    private ParquetFiles files;
    private byte[] sound;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
        write("sound", CompressionCodecName.UNCOMPRESSED);
        sound = files.bytes("sound");
    }

    @Test
    void testWrongMagic()
            throws IOException
    {
        assertNotParquet("".getBytes(UTF_8), "is empty");
        assertNotParquet("id,name\n1,one\n2,two\n".getBytes(UTF_8), "looks like text, CSV perhaps");
        assertNotParquet("{\"id\": 1, \"name\": \"one\"}".getBytes(UTF_8), "looks like JSON");
        assertNotParquet("<Error><Code>NoSuchKey</Code></Error>".getBytes(UTF_8), "looks like XML or HTML");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(sound);
        }
        assertNotParquet(gzip.toByteArray(), "looks like gzip");
        assertNotParquet("ORC\0\0\0\0\0\0\0\0\0\0\0".getBytes(UTF_8), "looks like ORC");
        assertNotParquet(Arrays.copyOf(sound, sound.length - 100), "cut short");
        assertNotParquet(new byte[1000], "none of the bytes");
        assertNotParquet("PAR1".getBytes(UTF_8), "cut short");
    }

    @Test
    void testBrokenFooter()
    {
        int end = sound.length - 8;
        assertCannotOpen(bytes -> ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putInt(end, sound.length), "footer is said to take " + sound.length + " bytes");
        assertCannotOpen(bytes -> ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putInt(end, -5), "footer is said to take");
        assertCannotOpen(bytes -> ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putInt(end, 0), "footer is said to take 0 bytes");
        assertCannotOpen(bytes -> ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putInt(end, 20), "footer");
        int start = end - footerLength(sound);
        assertCannotOpen(bytes -> Arrays.fill(bytes, start, start + 40, (byte) 0xFF), "footer is broken");
        assertCannotOpen(bytes -> bytes[sound.length - 1] = 'E', "encrypted");
    }

    @Test
    void testFooterThatContradictsItself()
    {
        assertFooterRefused(footer -> footer.getSchema().getFirst().setNum_children(1), "more fields than its groups announce");
        assertFooterRefused(footer -> footer.getSchema().getFirst().setNum_children(3), "fewer fields than its groups announce");
        assertFooterRefused(footer -> footer.getRow_groups().getFirst().setNum_rows(1L << 60), "1152921504606846976 rows");
        assertFooterRefused(footer -> footer.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setTotal_compressed_size(1L << 40), "column 'n' is said to take 1099511627776 bytes");
        assertFooterRefused(footer -> footer.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setData_page_offset(-8), "column 'n'");
        assertFooterRefused(footer -> footer.getRow_groups().getFirst().getColumns().removeLast(), "has 1 columns, the schema 2");
        assertFooterRefused(footer -> footer.getRow_groups().getFirst().getColumns().getFirst().setFile_path("other"), "summary of other files");
    }

    @Test
    void testHostileFooterAllocatesNothing()
    {
        // a list of two billion schema elements, announced in six bytes
        byte[] footer = {0x15, 0x02, 0x19, (byte) 0xFC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0};
        files.put("hostile", withFooter(footer));
        assertTarnError(read("hostile", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///hostile", "cut short");

        // structures that nest for ever
        byte[] nested = new byte[100_000];
        Arrays.fill(nested, (byte) 0x1C);
        files.put("nested", withFooter(nested));
        assertTarnError(read("nested", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///nested", "nest deeper");
    }

    @Test
    void testFooterLargerThanAllowed()
    {
        assertTarnError(
                () -> files.reading("sound", NUMBER).with(new ParquetReadConfig().setMaxFooterReadSize(DataSize.ofBytes(100))).rows(),
                TARN_CANNOT_OPEN_FILE,
                "local:///sound",
                "parquet.max-footer-read-size");
    }

    @Test
    void testFlippedByteInPage()
            throws IOException
    {
        FileMetaData footer = footer(sound);
        long start = footer.getRow_groups().getFirst().getColumns().get(1).getMeta_data().getData_page_offset();
        byte[] bytes = sound.clone();
        bytes[(int) start + 200] ^= 0x10;
        files.put("flipped", bytes);
        assertTarnError(read("flipped", NUMBER, WORD), TARN_BAD_DATA, "'word'", "local:///flipped", "checksum", "Write the file again");
        assertThat(files.reading("flipped", NUMBER).with(ranged()).rows()).hasSize(500);
        assertThat(files.reading("flipped", WORD).with(new ParquetReadConfig().setVerifyChecksums(false)).rows()).hasSize(500);
    }

    @Test
    void testBrokenPageHeader()
            throws IOException
    {
        long start = footer(sound).getRow_groups().getFirst().getColumns().getFirst().getMeta_data().getData_page_offset();
        byte[] bytes = sound.clone();
        Arrays.fill(bytes, (int) start, (int) start + 10, (byte) 0xFF);
        files.put("header", bytes);
        assertTarnError(read("header", NUMBER), TARN_BAD_DATA, "'n'", "local:///header");
    }

    @Test
    void testPageLargerThanAllowed()
    {
        assertTarnError(
                () -> files.reading("sound", NUMBER).with(new ParquetReadConfig().setMaxPageReadSize(DataSize.ofBytes(1000))).rows(),
                TARN_CANNOT_OPEN_FILE,
                "'n'",
                "local:///sound",
                "more than the 1000 allowed",
                "parquet.max-page-read-size");
    }

    @Test
    void testDamagedCompressedPage()
    {
        for (CompressionCodecName codec : List.of(CompressionCodecName.SNAPPY, CompressionCodecName.GZIP, CompressionCodecName.ZSTD)) {
            write("compressed", codec);
            byte[] bytes = files.bytes("compressed");
            Arrays.fill(bytes, 60, 200, (byte) 0x5A);
            files.put("compressed", bytes);
            assertTarnError(read("compressed", NUMBER, WORD), TARN_BAD_DATA, "'n'", "local:///compressed");
        }
        write("compressed", CompressionCodecName.GZIP);
        byte[] bytes = files.bytes("compressed");
        Arrays.fill(bytes, 60, 200, (byte) 0x5A);
        files.put("compressed", bytes);
        assertTarnError(() -> files.reading("compressed", NUMBER, WORD).with(new ParquetReadConfig().setVerifyChecksums(false)).rows(), TARN_BAD_DATA, "'n'", "local:///compressed");
    }

    @Test
    void testMissingFile()
    {
        FileSlice slice = new FileSlice(FormatFiles.location("gone"), 0, 1000, 1000, Instant.EPOCH);
        assertTarnError(() -> files.reading("sound", NUMBER).of(slice).rows(), TARN_FILE_NOT_FOUND, "local:///gone");
        assertTarnError(() -> files.reading("sound", NUMBER).of(slice).with(ranged()).rows(), TARN_FILE_NOT_FOUND, "local:///gone");
    }

    @Test
    void testFileThatIsShorterThanListed()
    {
        for (long more : new long[] {1, 1_000_000}) {
            FileSlice slice = new FileSlice(FormatFiles.location("sound"), 0, sound.length + more, sound.length + more, Instant.EPOCH);
            assertTarnError(() -> files.reading("sound", NUMBER).of(slice).rows(), TARN_CANNOT_OPEN_FILE, "local:///sound", "changed while the query ran", "Run the query again");
            assertTarnError(() -> files.reading("sound", NUMBER).of(slice).with(ranged()).rows(), TARN_CANNOT_OPEN_FILE, "local:///sound", "changed while the query ran");
        }
    }

    @Test
    void testCodecThatIsNotSupported()
    {
        changeFooter(footer -> footer.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().setCodec(CompressionCodec.BROTLI));
        assertTarnError(read("changed", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///changed", "'n'", "BROTLI", "Write it with");
        assertThat(files.reading("changed", WORD).rows()).hasSize(500);
    }

    private void assertNotParquet(byte[] bytes, String kind)
    {
        files.put("other", bytes);
        assertTarnError(read("other", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///other is not a Parquet file", kind, "Declare the table");
        assertTarnError(() -> files.reading("other", NUMBER).with(ranged()).rows(), TARN_CANNOT_OPEN_FILE, "local:///other is not a Parquet file", kind);
    }

    private void assertCannotOpen(Consumer<byte[]> damage, String problem)
    {
        byte[] bytes = sound.clone();
        damage.accept(bytes);
        files.put("broken", bytes);
        assertTarnError(read("broken", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///broken", problem);
    }

    private void assertFooterRefused(Consumer<FileMetaData> change, String problem)
    {
        changeFooter(change);
        assertTarnError(read("changed", NUMBER), TARN_CANNOT_OPEN_FILE, "local:///changed", problem);
        assertTarnError(read("changed"), TARN_CANNOT_OPEN_FILE, "local:///changed", problem);
    }

    private void changeFooter(Consumer<FileMetaData> change)
    {
        try {
            FileMetaData footer = footer(sound);
            change.accept(footer);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, written);
            files.put("changed", withFooter(written.toByteArray()));
        }
        catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ThrowingCallable read(String name, FileColumn... columns)
    {
        return () -> files.reading(name, columns).rows();
    }

    private byte[] withFooter(byte[] footer)
    {
        int dataEnd = sound.length - 8 - footerLength(sound);
        return ByteBuffer.allocate(dataEnd + footer.length + 8).order(LITTLE_ENDIAN)
                .put(sound, 0, dataEnd)
                .put(footer)
                .putInt(footer.length)
                .put("PAR1".getBytes(UTF_8))
                .array();
    }

    private static FileMetaData footer(byte[] file)
            throws IOException
    {
        int length = footerLength(file);
        return Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length));
    }

    private static int footerLength(byte[] file)
    {
        return Slices.wrappedBuffer(file).getInt(file.length - 8);
    }

    private static ParquetReadConfig ranged()
    {
        return new ParquetReadConfig().setSmallFileThreshold(DataSize.ofBytes(0)).setMaxMergeDistance(DataSize.ofBytes(0));
    }

    private void write(String name, CompressionCodecName codec)
    {
        directory.resolve(name).toFile().delete();
        files.write(name, SCHEMA, 500, (row, group) -> group.append("n", row * 31L).append("word", "word " + row), builder -> builder.withCompressionCodec(codec).withDictionaryEncoding(false));
    }
}
