package io.tarn.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;

class TestSampleFiles
{
    @TempDir
    private Path folder;

    @Test
    void testSameOnEachCall()
    {
        List<SampleTable> first = SampleFiles.all();
        List<SampleTable> second = SampleFiles.all();
        assertThat(first).extracting(SampleTable::name).doesNotHaveDuplicates();
        for (int table = 0; table < first.size(); table++) {
            assertThat(first.get(table).files()).hasSameSizeAs(second.get(table).files());
            for (int file = 0; file < first.get(table).files().size(); file++) {
                assertThat(first.get(table).files().get(file).content()).isEqualTo(second.get(table).files().get(file).content());
            }
        }
    }

    @Test
    void testRowsFitColumns()
    {
        assertThat(SampleFiles.all()).allSatisfy(table ->
                assertThat(table.rows()).isNotEmpty().allMatch(row -> row.size() == table.columns().size() + table.partitionKeys().size()));
        SampleTable table = SampleFiles.parquetPrimitives();
        for (int column = 1; column < table.columns().size(); column++) {
            int index = column;
            assertThat(table.rows()).anyMatch(row -> row.get(index) == null).anyMatch(row -> row.get(index) != null);
        }
    }

    @Test
    void testParquetPrimitives()
            throws Exception
    {
        SampleTable table = SampleFiles.parquetPrimitives();
        int position = 0;
        for (SampleTable.File file : table.files()) {
            try (ParquetFileReader reader = open(file)) {
                assertThat(reader.getFooter().getBlocks()).extracting(BlockMetaData::getRowCount).containsExactly(40L, 40L, 20L);
                assertThat(reader.getFooter().getBlocks()).flatExtracting(BlockMetaData::getColumns).allSatisfy(column -> {
                    assertThat(column.getCodec().name().toLowerCase(ENGLISH) + ".parquet").isEqualTo(file.key());
                    assertThat(column.getOffsetIndexReference()).isNotNull();
                    assertThat(column.getBloomFilterOffset() > 0).isEqualTo(column.getPath().toDotString().equals("t_varchar"));
                });
                for (Group group : groups(reader)) {
                    List<Object> row = table.rows().get(position++);
                    assertThat(group.getLong("id", 0)).isEqualTo(row.get(0));
                    assertThat(present(group, "t_boolean") ? group.getBoolean("t_boolean", 0) : null).isEqualTo(row.get(1));
                    assertThat(present(group, "t_tinyint") ? (byte) group.getInteger("t_tinyint", 0) : null).isEqualTo(row.get(2));
                    assertThat(present(group, "t_bigint") ? group.getLong("t_bigint", 0) : null).isEqualTo(row.get(5));
                    assertThat(present(group, "t_float") ? group.getFloat("t_float", 0) : null).isEqualTo(row.get(6));
                    assertThat(present(group, "t_double") ? group.getDouble("t_double", 0) : null).isEqualTo(row.get(7));
                    assertThat(present(group, "t_short_decimal") ? BigDecimal.valueOf(group.getLong("t_short_decimal", 0), 2) : null).isEqualTo(row.get(8));
                    assertThat(present(group, "t_long_decimal") ? new BigDecimal(new BigInteger(group.getBinary("t_long_decimal", 0).getBytes()), 10) : null).isEqualTo(row.get(9));
                    assertThat(present(group, "t_string") ? group.getString("t_string", 0) : null).isEqualTo(row.get(10));
                    assertThat(present(group, "t_binary") ? group.getBinary("t_binary", 0).getBytes() : null).isEqualTo(row.get(15));
                }
            }
        }
        assertThat(position).isEqualTo(400).isEqualTo(table.rows().size());
    }

    @Test
    void testParquetNested()
            throws Exception
    {
        SampleTable table = SampleFiles.parquetNested();
        try (ParquetFileReader reader = open(table.files().getLast())) {
            int position = 300;
            for (Group group : groups(reader)) {
                List<Object> row = table.rows().get(position++);
                List<Object> list = new ArrayList<>();
                if (present(group, "t_list")) {
                    Group elements = group.getGroup("t_list", 0);
                    for (int index = 0; index < elements.getFieldRepetitionCount("list"); index++) {
                        list.add(elements.getGroup("list", index).getInteger("element", 0));
                    }
                }
                assertThat(list.isEmpty() ? null : list).isEqualTo(row.get(1));
                assertThat(present(group, "t_struct") ? List.of(group.getGroup("t_struct", 0).getString("city", 0), group.getGroup("t_struct", 0).getInteger("zip", 0)) : null)
                        .isEqualTo(row.get(3));
            }
            assertThat(position).isEqualTo(400);
        }
    }

    @Test
    void testJson()
            throws Exception
    {
        for (SampleTable table : List.of(SampleFiles.openxJsonPrimitives(), SampleFiles.openxJsonNested(), SampleFiles.hiveJsonPrimitives())) {
            List<String> lines = new String(table.files().getFirst().content(), UTF_8).lines().toList();
            assertThat(lines).hasSize(100);
            for (int index = 0; index < lines.size(); index++) {
                JsonNode node = new ObjectMapper().readTree(lines.get(index));
                List<Object> row = table.rows().get(index);
                assertThat(node.get("id").longValue()).isEqualTo(row.getFirst());
                for (int column = 0; column < row.size(); column++) {
                    assertThat(node.path(table.columns().get(column).name()).isValueNode() || node.path(table.columns().get(column).name()).isContainerNode())
                            .isEqualTo(row.get(column) != null || index % 2 == 0);
                }
            }
        }
        JsonNode nested = new ObjectMapper().readTree(new String(SampleFiles.openxJsonNested().files().getFirst().content(), UTF_8).lines().toList().get(3));
        assertThat(nested).isEqualTo(new ObjectMapper().readTree(
                """
                {"id": 3, "t_list": [0, 3, 6, 9], "t_map": {"key0": 3}, "t_list_of_struct": [{"sku": "sku-3-0", "quantity": 0}, {"sku": "sku-3-1", "quantity": 1}]}
                """));
    }

    @Test
    void testText()
    {
        assertThat(new String(SampleFiles.textDelimited().files().getFirst().content(), UTF_8).lines())
                .hasSize(100)
                .startsWith("0|0|key0:0|city 0,10000")
                .element(3).isEqualTo("3|0,3,6,9|key0:3|\\N");
        assertThat(new String(SampleFiles.textNested().files().getFirst().content(), UTF_8).lines().toList().get(3))
                .isEqualTo("3\u00010\u00023\u00026\u00029\u0001key0\u00033\u0001\\N\u0001sku-3-0\u00030\u0002sku-3-1\u00031");
    }

    private ParquetFileReader open(SampleTable.File file)
            throws Exception
    {
        Path path = folder.resolve(file.key());
        Files.write(path, file.content());
        InputFile input = new LocalInputFile(path);
        return ParquetFileReader.open(input, ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    }

    private static List<Group> groups(ParquetFileReader reader)
            throws Exception
    {
        List<Group> groups = new ArrayList<>();
        MessageType schema = reader.getFooter().getFileMetaData().getSchema();
        for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
            RecordReader<Group> records = new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
            for (long row = 0; row < pages.getRowCount(); row++) {
                groups.add(records.read());
            }
        }
        return groups;
    }

    private static boolean present(Group group, String field)
    {
        return group.getFieldRepetitionCount(field) > 0;
    }
}
