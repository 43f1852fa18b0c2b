package io.tarn.format.orc;

import com.google.common.primitives.Bytes;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.trino.filesystem.Location;
import io.trino.orc.OrcCorruptionException;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.stream.MemoryOrcDataReader;
import io.trino.orc.stream.OrcChunkLoader;
import io.trino.orc.stream.OrcDataReader;
import io.trino.orc.stream.OrcInputStream;
import io.trino.spi.Page;
import io.trino.spi.block.LongArrayBlock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.rows;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.tarn.format.orc.ValueStream.WITHOUT_END;
import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static io.trino.orc.OrcDecompressor.createOrcDecompressor;
import static io.trino.orc.checkpoint.InputStreamCheckpoint.createInputStreamCheckpoint;
import static io.trino.orc.metadata.CompressionKind.ZLIB;
import static io.trino.orc.metadata.PostScript.HiveWriterVersion.ORIGINAL;
import static io.trino.spi.type.BigintType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Streams that do not hold what they say.
 */
final class TestOrcStreams
{
    private static final FileColumn COLUMN = column("n", 0, BIGINT);
    // a run of bit-packed numbers of 64 bits, and how many of them less one
    private static final byte[] RUN = {0x7E, 99};

    private static final OrcDataSourceId ID = new OrcDataSourceId("stream");
    private static final FileErrors ERRORS = new FileErrors("an", "ORC", Location.of("local:///file"), 100);

    @TempDir
    Path directory;

    private OrcFiles files;

    @BeforeEach
    void setUp()
    {
        files = new OrcFiles(directory);
    }

    /**
     * Numbers that do not compress lie in the file as they are, whatever the codec.
     */
    @ParameterizedTest
    @EnumSource(value = FileCodec.class, names = {"NONE", "SNAPPY", "DEFLATE", "ZSTD", "LZ4"})
    void testRunLongerThanItsStream(FileCodec codec)
    {
        Page page = new Page(new LongArrayBlock(100, Optional.empty(), new Random(5).longs(100).toArray()));
        files.write("file", List.of(COLUMN), codec, new OrcWriteConfig(), Map.of(), page);
        assertThat(files.reading("file", COLUMN).rows()).isEqualTo(rows(List.of(COLUMN), page));

        byte[] bytes = files.bytes("file");
        int run = Bytes.indexOf(bytes, RUN);
        assertThat(run).isPositive();
        bytes[run + 1]++;
        files.put("file", bytes);
        assertTarnError(
                () -> files.reading("file", COLUMN).rows(),
                TARN_BAD_DATA,
                "ORC file local:///file is damaged: a stream of %s bytes ends before the values that it is said to hold".formatted(codec == FileCodec.NONE ? 802 : 805),
                "Write the file again");
    }

    @Test
    void testPositionsBehindTheEnd()
    {
        for (int position : List.of(-1, 3, WITHOUT_END - 1)) {
            OrcDataReader stream = new ValueStream(new MemoryOrcDataReader(ID, utf8Slice("abc"), 3), false, ERRORS);
            OrcInputStream input = new OrcInputStream(OrcChunkLoader.create(stream, Optional.empty(), newSimpleAggregatedMemoryContext()));
            assertTarnError(() -> {
                input.seekToCheckpoint(createInputStreamCheckpoint(0, position) & 0xFFFF_FFFFL);
                input.read();
            }, TARN_BAD_DATA, "a stream of 3 bytes ends before");
        }
    }

    @Test
    void testPositionThatNoStreamHas()
            throws Exception
    {
        StripeFooterReader reader = new StripeFooterReader(ID);
        // an entry with one position in five bytes, the last of which are its highest bits
        assertThat(reader.readRowIndexes(ORIGINAL, new ByteArrayInputStream(new byte[] {0x0A, 7, 0x0A, 5, -2, -1, -1, -1, 7})).getFirst().getPositions()).containsExactly(WITHOUT_END - 1);
        assertThatThrownBy(() -> reader.readRowIndexes(ORIGINAL, new ByteArrayInputStream(new byte[] {0x0A, 7, 0x0A, 5, -1, -1, -1, -1, 7})))
                .isInstanceOf(OrcCorruptionException.class)
                .hasMessageContaining("An index points to 2147483647");
    }

    /**
     * The library goes a call deeper for each chunk without content.
     */
    @Test
    void testChunksWithoutContent()
            throws Exception
    {
        assertThat(chunks(1000).read()).isEqualTo('x');
        OrcInputStream many = chunks(1001);
        assertTarnError(many::read, TARN_BAD_DATA, "ORC file local:///file is damaged: a stream has more than 1000 chunks without content");
        OrcInputStream veryMany = chunks(2_000_000);
        assertTarnError(veryMany::read, TARN_BAD_DATA, "more than 1000 chunks without content");
    }

    private static OrcInputStream chunks(int empty)
            throws OrcCorruptionException
    {
        byte[] bytes = new byte[3 * empty + 4];
        for (int at = 0; at < bytes.length - 1; at += 3) {
            // not compressed
            bytes[at] = 1;
        }
        bytes[3 * empty] = 3;
        bytes[3 * empty + 3] = 'x';
        OrcDataReader stream = new ValueStream(new MemoryOrcDataReader(ID, wrappedBuffer(bytes), bytes.length), true, ERRORS);
        return new OrcInputStream(OrcChunkLoader.create(stream, createOrcDecompressor(ID, ZLIB, 1024), newSimpleAggregatedMemoryContext()));
    }
}
