package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.ColumnDetails;
import io.tarn.format.FileColumn;
import io.tarn.format.FileDetails;
import io.tarn.format.FileRead;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_OPEN_FILE;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.tarn.format.parquet.ParquetFiles.column;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.GZIP;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetDetails
{
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message root { required int64 N; optional binary text (STRING); }");
    private static final FileColumn NUMBER = column("n", 0, BIGINT);
    private static final FileColumn TEXT = column("text", 1, VARCHAR);

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @Test
    void testRowGroupsAreAddedUp()
            throws Exception
    {
        // the second row group has only nulls
        files.write("file", SCHEMA, 300, (row, group) -> {
            group.append("N", 1000L - row);
            if (row < 100 || row >= 200) {
                group.append("text", "t" + row);
            }
        }, builder -> builder.withRowGroupRowCountLimit(100).withCompressionCodec(GZIP));
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());

        FileDetails details = describe("file", footers, ImmutableMap.of(), NUMBER, TEXT);
        assertThat(details.rows()).isEqualTo(300);
        assertThat(details.rowGroups()).isEqualTo(3);
        assertThat(details.codec()).contains("GZIP");
        assertThat(details.columns()).containsExactly(
                new ColumnDetails("n", Optional.of("701"), Optional.of("1000"), OptionalLong.of(0)),
                new ColumnDetails("text", Optional.of("t0"), Optional.of("t99"), OptionalLong.of(100)));
        // smaller than the part of its end that is read at once
        assertThat(details.bytesRead()).isEqualTo(Files.size(files.path("file")));
        assertThat(describe("file", footers, ImmutableMap.of(), NUMBER).bytesRead()).isZero();
    }

    @Test
    void testABoundThatOneRowGroupDoesNotKnowIsUnknown()
    {
        files.write("file", SCHEMA, 10, (row, group) -> group.append("N", (long) row).append("text", "t"), builder -> builder.withStatisticsEnabled("text", false));
        assertThat(describe("file", new ParquetFooters(new ParquetReadConfig()), ImmutableMap.of(), NUMBER, TEXT).columns()).containsExactly(
                new ColumnDetails("n", Optional.of("0"), Optional.of("9"), OptionalLong.of(0)),
                new ColumnDetails("text", Optional.empty(), Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void testOnlyTheColumnsThatAreAskedFor()
    {
        files.write("file", SCHEMA, 1, (_, group) -> group.append("N", 7L).append("text", "secret"));
        ParquetFooters footers = new ParquetFooters(new ParquetReadConfig());
        assertThat(describe("file", footers, ImmutableMap.of(), NUMBER).columns()).extracting(ColumnDetails::name).containsExactly("n");
        assertThat(describe("file", footers, ImmutableMap.of()).columns()).isEmpty();
        assertThat(describe("file", footers, ImmutableMap.of(), column("absent", 0, BIGINT)).columns()).isEmpty();
        // by position, a column of another name is the file's
        assertThat(describe("file", footers, ImmutableMap.of("parquet.column.index.access", "true"), column("renamed", 0, BIGINT)).columns())
                .containsExactly(new ColumnDetails("renamed", Optional.of("7"), Optional.of("7"), OptionalLong.of(0)));
    }

    @Test
    void testEmptyAndBroken()
    {
        files.write("empty", SCHEMA, 0, (_, _) -> {});
        FileDetails details = describe("empty", new ParquetFooters(new ParquetReadConfig()), ImmutableMap.of(), NUMBER);
        assertThat(details).isEqualTo(new FileDetails(0, 0, Optional.empty(), List.of(), details.bytesRead()));

        files.put("text", "no parquet, but long enough".getBytes(UTF_8));
        assertTarnError(() -> describe("text", new ParquetFooters(new ParquetReadConfig()), ImmutableMap.of(), NUMBER), TARN_CANNOT_OPEN_FILE, "text");
    }

    private FileDetails describe(String name, ParquetFooters footers, Map<String, String> properties, FileColumn... columns)
    {
        ParquetReadConfig config = new ParquetReadConfig();
        FileRead read = new FileRead(
                ParquetFiles.session(config),
                files.fileSystem(),
                files.slice(name),
                ParquetFiles.schema(List.of(columns), properties),
                List.of(columns),
                TupleDomain.all(),
                MemoryContext.NO_LIMIT);
        return new ParquetFormat(config, footers).describe(read).orElseThrow();
    }
}
