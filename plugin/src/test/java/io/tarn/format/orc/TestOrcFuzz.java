package io.tarn.format.orc;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slices;
import io.airlift.units.DataSize;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
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
import static io.tarn.format.Fuzzing.mutate;
import static io.tarn.format.Fuzzing.readOrRefuse;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestOrcFuzz
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

    private OrcFiles files;

    @BeforeEach
    void setUp()
    {
        files = new OrcFiles(directory);
    }

    @Test
    void testMutatedBytes()
    {
        Random random = new Random(11);
        TupleDomain<FileColumn> filter = TupleDomain.withColumnDomains(ImmutableMap.of(
                COLUMNS.get(0), Domain.singleValue(BIGINT, 33L),
                COLUMNS.get(1), Domain.singleValue(VARCHAR, Slices.utf8Slice("tarn")),
                COLUMNS.get(3), Domain.notNull(COLUMNS.get(3).type())));
        int failed = 0;
        int survived = 0;
        for (FileCodec codec : List.of(FileCodec.NONE, FileCodec.SNAPPY, FileCodec.DEFLATE, FileCodec.ZSTD, FileCodec.LZ4)) {
            OrcWriteConfig config = new OrcWriteConfig().setRowGroupMaxRowCount(100).setStripeMaxRowCount(300);
            files.path("sound").toFile().delete();
            files.write("sound", COLUMNS, codec, config, Map.of("orc.bloom.filter.columns", "n,word"), page(COLUMNS, 600, 4));
            byte[] sound = files.bytes("sound");
            for (int i = 0; i < MUTATIONS; i++) {
                files.put("mutated", mutate(sound, random, mutated -> {
                    // the footers, which the reader believes
                    int at = mutated.length - 1 - random.nextInt(Math.min(600, mutated.length));
                    mutated[at] ^= (byte) (1 << random.nextInt(8));
                }));
                boolean whole = i % 3 != 0;
                OrcReadConfig readConfig = whole ? new OrcReadConfig() : new OrcReadConfig().setSmallFileThreshold(DataSize.ofBytes(0));
                if (readOrFail(readConfig, i % 2 == 0 ? TupleDomain.all() : filter, codec + " " + i)) {
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
        files.write("sound", COLUMNS, FileCodec.ZSTD, new OrcWriteConfig(), Map.of(), page(COLUMNS, 100, 4));
        byte[] sound = files.bytes("sound");
        for (int length = 1; length < sound.length; length += 7) {
            files.put("mutated", Arrays.copyOf(sound, length));
            assertThat(readOrFail(new OrcReadConfig(), TupleDomain.all(), "length " + length)).isFalse();
        }
    }

    @Test
    void testOtherFiles()
    {
        files.put("text", "a,b,c\n1,2,3\n".getBytes(UTF_8));
        assertTarnError(() -> files.reading("text", COLUMNS.getFirst()).rows(), TARN_CANNOT_OPEN_FILE, "local:///text is not an ORC file");
        assertTarnError(() -> files.reading("text", COLUMNS.getFirst()).estimate(), TARN_CANNOT_OPEN_FILE, "local:///text is not an ORC file");
        files.put("tiny", new byte[] {1});
        assertTarnError(() -> files.reading("tiny", COLUMNS.getFirst()).rows(), TARN_CANNOT_OPEN_FILE, "local:///tiny is not an ORC file");
    }

    private boolean readOrFail(OrcReadConfig config, TupleDomain<FileColumn> filter, String mutation)
    {
        FileColumn[] columns = COLUMNS.toArray(FileColumn[]::new);
        return readOrRefuse(mutation, () -> {
            files.reading("mutated", columns).with(config).where(filter).estimate();
            files.reading("mutated").with(config).where(filter).rows();
            return files.reading("mutated", columns).with(config).where(filter).rows();
        }).isPresent();
    }
}
