package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileCodec;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSink;
import io.tarn.format.FileSummary;
import io.tarn.format.FileWrite;
import io.tarn.format.FormatFiles;
import io.tarn.format.FormatWriter;
import io.tarn.format.RandomPages;
import io.tarn.format.parquet.write.ParquetFormatWriter;
import io.tarn.format.parquet.write.ParquetWriteConfig;
import io.tarn.format.parquet.write.ParquetWriteSessionProperties;
import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written is read back by Tarn, by the Hive connector, by parquet-hadoop and by DuckDB.
 */
class TestParquetWriter
{
    private static final String[] ALL_TYPES = {
            "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(5,2)", "decimal(18,4)", "decimal(38,10)",
            "string", "varchar(4)", "char(4)", "date", "timestamp", "binary",
            "array<int>", "map<string,bigint>", "struct<a:int,b:string,c:struct<d:double,e:array<string>>>",
            "array<struct<x:date,y:timestamp,z:decimal(5,1)>>", "map<int,array<map<string,int>>>",
    };

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, names = {"NONE", "SNAPPY", "GZIP", "ZSTD"})
    void testAllTypesInEveryCodec(FileCodec codec)
    {
        FileSchema schema = schema(ImmutableMap.of(), ALL_TYPES);
        List<Type> types = types(schema);
        List<Page> pages = List.of(RandomPages.wild(1).page(types, 200), RandomPages.tame(2).page(types, 300));
        FileSummary summary = write("all", schema, codec, pages, session(new ParquetWriteConfig()));

        ParquetFiles files = new ParquetFiles(directory);
        assertThat(summary).isEqualTo(new FileSummary(500, files.slice("all").fileLength()));
        List<List<Object>> expected = pages.stream().flatMap(page -> RandomPages.rows(types, page).stream()).toList();
        ParquetFiles.Reading reading = files.reading("all", columns(schema));
        assertThat(reading.rows()).isEqualTo(expected);
        assertThat(reading.peerRows()).isEqualTo(expected);
        assertThat(HadoopParquetReader.rows(files.path("all"), types)).isEqualTo(expected);
        assertThat(metadata("all").getBlocks().getFirst().getColumns()).allMatch(column -> column.getCodec().name().equals(codec == FileCodec.NONE ? "UNCOMPRESSED" : codec.name()));
    }

    @Test
    void testFileWithoutRows()
    {
        FileSchema schema = schema(ImmutableMap.of(), ALL_TYPES);
        assertThat(write("empty", schema, FileCodec.ZSTD, List.of(), session(new ParquetWriteConfig())).rows()).isZero();
        ParquetFiles.Reading reading = new ParquetFiles(directory).reading("empty", columns(schema));
        assertThat(reading.rows()).isEmpty();
        assertThat(reading.peerRows()).isEmpty();
    }

    @Test
    void testNamesAreWrittenAsDeclared()
    {
        FileSchema schema = new FileSchema(
                ParquetFiles.SERDE,
                ParquetFiles.INPUT_FORMAT,
                List.of(new FileField("userId", HiveType.valueOf("int")), new FileField("a.b c", HiveType.valueOf("array<struct<firstName:string,tags:map<string,struct<Z:int>>>>"))),
                ImmutableMap.of());
        List<Type> types = types(schema);
        Page page = RandomPages.tame(3).page(types, 50);
        write("names", schema, FileCodec.ZSTD, List.of(page), session(new ParquetWriteConfig()));

        MessageType written = metadata("names").getFileMetaData().getSchema();
        assertThat(written.getFields()).extracting(field -> field.getName()).containsExactly("userId", "a.b c");
        assertThat(written.getPaths().stream().map(path -> String.join("/", path)))
                .containsExactly("userId", "a.b c/list/element/firstName", "a.b c/list/element/tags/key_value/key", "a.b c/list/element/tags/key_value/value/Z");
        assertThat(new ParquetFiles(directory).reading("names", columns(schema)).rows()).isEqualTo(RandomPages.rows(types, page));
    }

    @Test
    void testLayoutAsAthenaWritesIt()
    {
        FileSchema schema = schema(ImmutableMap.of(), "timestamp", "decimal(5,2)", "string", "char(3)", "date", "binary");
        write("layout", schema, FileCodec.ZSTD, List.of(RandomPages.tame(4).page(types(schema), 10)), session(new ParquetWriteConfig()));
        assertThat(metadata("layout").getFileMetaData().getSchema().toString()).isEqualTo(
                """
                message trino_schema {
                  optional int96 column_0;
                  optional fixed_len_byte_array(3) column_1 (DECIMAL(5,2));
                  optional binary column_2 (STRING);
                  optional binary column_3 (STRING);
                  optional int32 column_4 (DATE);
                  optional binary column_5;
                }
                """);
    }

    @Test
    void testRowGroupsAndPages()
    {
        FileSchema schema = schema(ImmutableMap.of(), "bigint", "string");
        Page page = RandomPages.tame(5).page(types(schema), 4500);
        write("groups", schema, FileCodec.ZSTD, List.of(page), session(new ParquetWriteConfig().setRowGroupMaxRowCount(1000)));
        assertThat(metadata("groups").getBlocks()).extracting(BlockMetaData::getRowCount).containsExactly(1000L, 1000L, 1000L, 1000L, 500L);

        write("pages", schema, FileCodec.ZSTD, List.of(page), session(new ParquetWriteConfig().setPageValueCount(1000).setBatchSize(500)));
        ColumnChunkMetaData column = metadata("pages").getBlocks().getFirst().getColumns().getFirst();
        assertThat(column.getEncodingStats().getNumDataPagesEncodedAs(column.getEncodings().stream().filter(encoding -> encoding.usesDictionary()).findFirst().orElseThrow())).isEqualTo(5);

        Statistics<?> statistics = column.getStatistics();
        assertThat(statistics.hasNonNullValue()).isTrue();
        assertThat(statistics.isNumNullsSet()).isTrue();
        // the library writes none; when it does, the documentation is to be changed
        assertThat(column.getColumnIndexReference()).isNull();
        assertThat(column.getOffsetIndexReference()).isNull();
    }

    @Test
    void testBloomFilters()
            throws IOException
    {
        FileSchema schema = schema(ImmutableMap.of("parquet.bloom.filter.columns", "COLUMN_0, column_2"), "bigint", "bigint", "string");
        // more values than a dictionary takes
        Page page = RandomPages.tame(6).page(types(schema), 300_000);
        write("bloom", schema, FileCodec.ZSTD, List.of(page), session(new ParquetWriteConfig()));
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(directory.resolve("bloom")))) {
            List<ColumnChunkMetaData> columns = reader.getFooter().getBlocks().getFirst().getColumns();
            assertThat(reader.readBloomFilter(columns.get(0))).isNotNull();
            assertThat(reader.readBloomFilter(columns.get(1))).isNull();
            assertThat(reader.readBloomFilter(columns.get(2))).isNotNull();
        }
    }

    @Test
    void testBloomFiltersThatCannotBeWritten()
    {
        FormatWriter writer = writer();
        assertTrinoExceptionThrownBy(() -> writer.check(schema(ImmutableMap.of("parquet.bloom.filter.columns", "column_1"), "int", "decimal(3,1)")))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("column 'column_1' of type 'decimal(3,1)'");
        assertTrinoExceptionThrownBy(() -> writer.check(schema(ImmutableMap.of("parquet.bloom.filter.columns", "gone"), "int")))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("names column 'gone', which the table does not have");
    }

    @Test
    void testSchemasThatCannotBeWritten()
    {
        FormatWriter writer = writer();
        for (String type : List.of("timestamp with local time zone", "uniontype<int,string>", "array<uniontype<int>>")) {
            assertTrinoExceptionThrownBy(() -> writer.check(schema(ImmutableMap.of(), "int", type)))
                    .hasErrorCode(TARN_CANNOT_WRITE)
                    .hasMessageContaining("Column 'column_1' of type '")
                    .hasMessageContaining("cannot be written as PARQUET");
        }
        assertTrinoExceptionThrownBy(() -> writer.check(schema(ImmutableMap.of())))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("needs a column");
        assertTrinoExceptionThrownBy(() -> writer.check(new FileSchema(
                ParquetFiles.SERDE,
                ParquetFiles.INPUT_FORMAT,
                List.of(new FileField("a", HiveType.HIVE_INT), new FileField("A", HiveType.HIVE_INT)),
                ImmutableMap.of())))
                .hasErrorCode(TARN_CANNOT_WRITE)
                .hasMessageContaining("Column 'A' is declared twice");
        writer.check(schema(ImmutableMap.of(), ALL_TYPES));
    }

    @Test
    void testWhatIsHeldAndWhatIsToldOfIt()
    {
        FileSchema schema = schema(ImmutableMap.of(), "bigint", "string");
        Page page = RandomPages.tame(7).page(types(schema), 50_000);
        FileSink sink = create("told", schema, FileCodec.ZSTD, session(new ParquetWriteConfig()));
        long before = sink.memoryUsage();
        sink.append(page);
        long told = sink.bytes();
        assertThat(sink.memoryUsage()).isGreaterThan(before + told / 2);
        FileSummary summary = sink.finish();
        assertThat(told).isBetween(summary.bytes() / 3, summary.bytes() * 3);
    }

    static ConnectorSession session(ParquetWriteConfig config)
    {
        return TestingConnectorSession.builder()
                .setPropertyMetadata(ImmutableList.copyOf(new ParquetWriteSessionProperties(config).getSessionProperties()))
                .build();
    }

    static FormatWriter writer()
    {
        ParquetReadConfig config = new ParquetReadConfig();
        return new ParquetFormatWriter(new ParquetFormat(config, new ParquetFooters(config)), DateTimeZone.UTC, new ParquetWriteConfig());
    }

    static FileSchema schema(Map<String, String> properties, String... types)
    {
        return new FileSchema(
                ParquetFiles.SERDE,
                ParquetFiles.INPUT_FORMAT,
                IntStream.range(0, types.length).mapToObj(index -> new FileField("column_" + index, HiveType.valueOf(types[index]))).toList(),
                properties);
    }

    static List<Type> types(FileSchema schema)
    {
        return schema.fields().stream().map(field -> HiveTypes.trinoType(field.type()).orElseThrow()).toList();
    }

    private static FileColumn[] columns(FileSchema schema)
    {
        List<Type> types = types(schema);
        return IntStream.range(0, types.size())
                .mapToObj(index -> new FileColumn(schema.fields().get(index).name(), index, ImmutableList.of(), schema.fields().get(index).type(), types.get(index)))
                .toArray(FileColumn[]::new);
    }

    private FileSink create(String name, FileSchema schema, FileCodec codec, ConnectorSession session)
    {
        ParquetFiles files = new ParquetFiles(directory);
        return writer().create(new FileWrite(session, files.fileSystem(), FormatFiles.location(name), schema, codec, OptionalInt.empty()));
    }

    private FileSummary write(String name, FileSchema schema, FileCodec codec, List<Page> pages, ConnectorSession session)
    {
        FileSink sink = create(name, schema, codec, session);
        pages.forEach(sink::append);
        return sink.finish();
    }

    private ParquetMetadata metadata(String name)
    {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(directory.resolve(name)))) {
            return reader.getFooter();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
