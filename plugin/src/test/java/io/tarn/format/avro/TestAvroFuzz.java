package io.tarn.format.avro;

import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSlice;
import io.trino.spi.type.ArrayType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.page;
import static io.tarn.format.Fuzzing.readOrRefuse;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestAvroFuzz
{
    private static final int MUTATIONS = 60;

    private static final List<FileColumn> COLUMNS = List.of(
            column("n", 0, BIGINT),
            column("word", 1, VARCHAR),
            column("list", 2, new ArrayType(INTEGER)),
            column("amount", 3, createDecimalType(20, 2)),
            column("at", 4, TIMESTAMP_MILLIS));

    @TempDir
    Path directory;

    private AvroFiles files;

    @BeforeEach
    void setUp()
    {
        files = new AvroFiles(directory);
    }

    @Test
    void testMutatedBytes()
    {
        Random random = new Random(11);
        int failed = 0;
        int survived = 0;
        for (FileCodec codec : List.of(FileCodec.NONE, FileCodec.SNAPPY, FileCodec.DEFLATE, FileCodec.ZSTD, FileCodec.BZIP2)) {
            files.path("sound").toFile().delete();
            files.write("sound", COLUMNS, codec, Map.of(), page(COLUMNS, 100, 4));
            byte[] sound = files.bytes("sound");
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] mutated = sound.clone();
                int at = random.nextInt(sound.length);
                int length = i % 2 == 0 ? 1 : random.nextInt(1, Math.min(20, sound.length - at + 1));
                for (int j = at; j < at + length; j++) {
                    mutated[j] = (byte) random.nextInt();
                }
                files.put("mutated", mutated);
                if (readOrFail(codec + " " + i)) {
                    survived++;
                }
                else {
                    failed++;
                }
            }
        }
        assertThat(failed).isGreaterThan(MUTATIONS);
        assertThat(survived).isPositive();
    }

    @Test
    void testTruncated()
    {
        files.write("sound", COLUMNS, FileCodec.ZSTD, Map.of(), page(COLUMNS, 100, 4));
        byte[] sound = files.bytes("sound");
        int survived = 0;
        int lengths = 0;
        for (int length = 1; length < sound.length; length += 7) {
            files.put("mutated", Arrays.copyOf(sound, length));
            survived += readOrFail("length " + length) ? 1 : 0;
            lengths++;
        }
        // a file that ends with its header is one without rows
        assertThat(survived).isLessThanOrEqualTo(1);
        assertThat(lengths).isGreaterThan(100);
    }

    @Test
    void testHostileHeaders()
    {
        files.put("text", "a,b,c\n1,2,3\n".getBytes(UTF_8));
        assertTarnError(() -> files.reading("text", COLUMNS.getFirst()).rows(), TARN_CANNOT_OPEN_FILE, "local:///text is not an Avro file");
        assertTarnError(() -> readSchema("\"int\""), TARN_CANNOT_OPEN_FILE, "not a record");
        assertTarnError(() -> readSchema("{\"type\": \"record\", \"name\": \"n\", \"fields\": [{\"name\": \"next\", \"type\": [\"null\", \"n\"]}]}"), TARN_CANNOT_OPEN_FILE, "contains itself");
        assertTarnError(() -> readSchema("{\"type\": \"record\", \"name\": \"n\", \"fields\": [{\"name\": \"n\", \"type\": {\"type\": \"fixed\", \"name\": \"f\", \"size\": 2000000000}}]}"), TARN_CANNOT_OPEN_FILE, "2000000000 bytes");
        // each record has the one before twice
        StringBuilder schema = new StringBuilder("\"int\"");
        for (int level = 0; level < 40; level++) {
            schema.insert(0, "{\"type\": \"record\", \"name\": \"r%s\", \"fields\": [{\"name\": \"a\", \"type\": ".formatted(level));
            schema.append("}, {\"name\": \"b\", \"type\": %s}]}".formatted(level == 0 ? "\"int\"" : "\"r%s\"".formatted(level - 1)));
        }
        assertTarnError(() -> readSchema(schema.toString()), TARN_CANNOT_OPEN_FILE, "more than 100000 types");
        // an entry of two gigabytes
        files.put("huge", new byte[] {'O', 'b', 'j', 1, 2, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 1, 2, 3});
        assertTarnError(() -> files.reading("huge", COLUMNS.getFirst()).rows(), TARN_CANNOT_OPEN_FILE, "local:///huge", "avro.max-block-size");
    }

    private void readSchema(String schema)
    {
        files.putSchema("schema", schema);
        files.reading("schema", COLUMNS.getFirst()).rows();
    }

    private boolean readOrFail(String mutation)
    {
        FileColumn[] columns = COLUMNS.toArray(FileColumn[]::new);
        return readOrRefuse(mutation, () -> {
            FileSlice file = files.slice("mutated");
            files.reading("mutated").rows();
            files.reading("mutated", columns).of(new FileSlice(file.location(), 10, file.length() - 1 < 10 ? 1 : file.length() - 10, file.length(), file.modified())).rows();
            return files.reading("mutated", columns).rows();
        }).isPresent();
    }
}
