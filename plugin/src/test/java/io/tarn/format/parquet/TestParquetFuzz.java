package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slices;
import io.tarn.format.FileColumn;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.ArrayType;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.Fuzzing.mutate;
import static io.tarn.format.Fuzzing.readOrRefuse;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetFuzz
{
    private static final int MUTATIONS = 900;
    private static final int ROWS = 60;

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message root {
              required int64 n;
              optional binary word (STRING);
              optional group list (LIST) { repeated group list { optional int32 element; } }
            }
            """);

    private static final FileColumn NUMBER = column("n", 0, BIGINT);
    private static final FileColumn WORD = column("word", 1, VARCHAR);
    private static final FileColumn LIST = column("list", 2, new ArrayType(INTEGER));

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @Test
    @Timeout(60)
    void testMutatedBytesWithChecksums()
            throws IOException
    {
        byte[] sound = write("one", CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_1_0);
        List<List<Object>> rows = files.reading("one", NUMBER, WORD, LIST).rows();
        BitSet bodies = pageBodies(sound);
        Random random = new Random(7);
        int hits = 0;
        int survived = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = sound.clone();
            int at = random.nextInt(4, sound.length);
            mutated[at] ^= (byte) (1 << random.nextInt(8));
            files.put("mutated", mutated);
            Optional<List<List<Object>>> read = readOrFail(new ParquetReadConfig(), TupleDomain.all(), "bit at " + at);
            // the checksums cover the bodies of pages, not their headers, nor what the footer says
            if (bodies.get(at)) {
                hits++;
                assertThat(read).as("bit at " + at).isEmpty();
            }
            else if (read.isPresent()) {
                survived++;
            }
        }
        assertThat(hits).isPositive();
        assertThat(survived).isPositive();
        assertThat(rows).hasSize(ROWS);
    }

    private static BitSet pageBodies(byte[] file)
            throws IOException
    {
        BitSet bodies = new BitSet();
        int footer = Slices.wrappedBuffer(file).getInt(file.length - 8);
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - footer, footer));
        for (FileChunk chunk : Footer.chunks(metadata.getRow_groups())) {
            ByteArrayInputStream input = new ByteArrayInputStream(file, (int) chunk.start(), (int) chunk.size());
            while (input.available() > 0) {
                PageHeader header = Util.readPageHeader(input);
                int start = (int) (chunk.start() + chunk.size()) - input.available();
                bodies.set(start, start + header.getCompressed_page_size());
                input.skipNBytes(header.getCompressed_page_size());
            }
        }
        return bodies;
    }

    @Test
    @Timeout(60)
    void testMutatedBytesWithoutChecksums()
    {
        Random random = new Random(11);
        TupleDomain<FileColumn> filter = TupleDomain.withColumnDomains(ImmutableMap.of(
                NUMBER, Domain.singleValue(BIGINT, 33L),
                WORD, Domain.singleValue(VARCHAR, Slices.utf8Slice("word3"))));
        for (CompressionCodecName codec : List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.LZ4_RAW)) {
            for (WriterVersion version : WriterVersion.values()) {
                byte[] sound = write("two", codec, version);
                for (int i = 0; i < MUTATIONS / 6; i++) {
                    files.put("mutated", mutate(sound, random, mutated -> {
                        int from = random.nextInt(4, mutated.length - 8);
                        int length = Math.min(random.nextInt(1, 100), mutated.length - 8 - from);
                        System.arraycopy(sound, from + length, mutated, from, mutated.length - 8 - from - length);
                    }));
                    readOrFail(new ParquetReadConfig().setVerifyChecksums(false), i % 2 == 0 ? TupleDomain.all() : filter, codec + " " + version + " " + i);
                }
            }
        }
    }

    private Optional<List<List<Object>>> readOrFail(ParquetReadConfig config, TupleDomain<FileColumn> filter, String mutation)
    {
        return readOrRefuse(mutation, () -> {
            files.reading("mutated").with(config).where(filter).rows();
            return files.reading("mutated", NUMBER, WORD, LIST).with(config).where(filter).rows();
        });
    }

    private byte[] write(String name, CompressionCodecName codec, WriterVersion version)
    {
        directory.resolve(name).toFile().delete();
        files.write(name, SCHEMA, ROWS, (row, group) -> {
            group.append("n", row * 11L).append("word", "word" + row % 9);
            Group list = group.addGroup("list");
            for (int i = 0; i < row % 4; i++) {
                list.addGroup("list").append("element", i * row);
            }
        }, builder -> builder.withCompressionCodec(codec)
                .withWriterVersion(version)
                .withRowGroupRowCountLimit(30)
                .withPageRowCountLimit(10)
                .withBloomFilterEnabled("n", true)
                .withBloomFilterNDV("n", 30));
        return files.bytes(name);
    }
}
