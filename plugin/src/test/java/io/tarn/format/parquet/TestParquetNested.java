package io.tarn.format.parquet;

import io.tarn.format.FileColumn;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.format.FormatFiles.column;
import static io.tarn.format.FormatFiles.nested;
import static io.tarn.format.TarnErrorAssertions.assertTarnError;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RowType.field;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestParquetNested
{
    private static final Type INTEGERS = new ArrayType(INTEGER);

    @TempDir
    Path directory;

    private ParquetFiles files;

    @BeforeEach
    void setUp()
    {
        files = new ParquetFiles(directory);
    }

    @Test
    void testListsOfTwoAndThreeLevels()
    {
        files.write("lists", MessageTypeParser.parseMessageType(
                """
                message root {
                  optional group three (LIST) { repeated group list { optional int32 element; } }
                  optional group hive (LIST) { repeated group bag { optional int32 array_element; } }
                  optional group two (LIST) { repeated int32 element; }
                  repeated int32 bare;
                  optional group tuples (LIST) { repeated group tuples_tuple { optional int32 a; } }
                  optional group structs (LIST) { repeated group array { optional int32 a; optional binary b (STRING); } }
                }
                """), 300, (row, group) -> {
            for (String bare : row % 5 == 1 ? List.of("three", "hive", "two", "tuples", "structs") : List.<String>of()) {
                group.addGroup(bare);
            }
            if (row % 5 < 2) {
                return;
            }
            Group three = group.addGroup("three");
            Group hive = group.addGroup("hive");
            Group two = group.addGroup("two");
            Group tuples = group.addGroup("tuples");
            Group structs = group.addGroup("structs");
            for (int i = 0; i < row % 5; i++) {
                addUnlessNull(three.addGroup("list"), "element", row + i);
                addUnlessNull(hive.addGroup("bag"), "array_element", row + i);
                two.add("element", row + i);
                group.add("bare", row + i);
                addUnlessNull(tuples.addGroup("tuples_tuple"), "a", row + i);
                structs.addGroup("array").append("a", row + i).append("b", "b" + i);
            }
        });
        Type tuple = RowType.rowType(field("a", INTEGER));
        Type struct = RowType.rowType(field("a", INTEGER), field("b", VARCHAR));
        ParquetFiles.Reading reading = files.reading(
                "lists",
                column("three", 0, INTEGERS),
                column("hive", 1, INTEGERS),
                column("two", 2, INTEGERS),
                column("bare", 3, INTEGERS),
                column("tuples", 4, new ArrayType(tuple)),
                column("structs", 5, new ArrayType(struct)));
        List<List<Object>> rows = reading.rows();
        assertThat(rows).hasSize(300);
        assertThat(rows.get(0)).isEqualTo(Arrays.asList(null, null, null, List.of(), null, null));
        assertThat(rows.get(1)).isEqualTo(List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
        assertThat(rows.get(12)).isEqualTo(List.of(
                Arrays.asList(null, 13),
                Arrays.asList(null, 13),
                List.of(12, 13),
                List.of(12, 13),
                List.of(Arrays.asList((Object) null), List.of(13)),
                List.of(List.of(12, "b0"), List.of(13, "b1"))));
        assertThat(rows).isEqualTo(reading.peerRows());
    }

    @Test
    void testMapsAndDeepNesting()
    {
        files.write("deep", MessageTypeParser.parseMessageType(
                """
                message root {
                  optional group m (MAP) { repeated group key_value { required binary key (STRING); optional int64 value; } }
                  optional group old (MAP_KEY_VALUE) { repeated group map { required binary key (STRING); optional group value { optional int32 x; } } }
                  optional group deep (LIST) { repeated group list { optional group element (MAP) { repeated group key_value {
                    required int32 key;
                    optional group value { optional group inner (LIST) { repeated group list { optional group element { optional int32 x; optional binary y (STRING); } } } } } } } }
                }
                """), 200, (row, group) -> {
            Group map = group.addGroup("m");
            Group old = group.addGroup("old");
            Group deep = group.addGroup("deep");
            for (int i = 0; i < row % 4; i++) {
                addUnlessNull(map.addGroup("key_value").append("key", "k" + i), "value", (long) row + i);
                addUnlessNull(old.addGroup("map").append("key", "k" + i).addGroup("value"), "x", row + i);
                Group inner = deep.addGroup("list").addGroup("element").addGroup("key_value").append("key", i).addGroup("value").addGroup("inner");
                for (int j = 0; j < i; j++) {
                    inner.addGroup("list").addGroup("element").append("x", j).append("y", "y" + row);
                }
            }
        });
        Type element = RowType.rowType(field("x", INTEGER), field("y", VARCHAR));
        Type value = RowType.rowType(field("inner", new ArrayType(element)));
        ParquetFiles.Reading reading = files.reading(
                "deep",
                column("m", 0, map(VARCHAR, BIGINT)),
                column("old", 1, map(VARCHAR, RowType.rowType(field("x", INTEGER)))),
                column("deep", 2, new ArrayType(map(INTEGER, value))));
        List<List<Object>> rows = reading.rows();
        assertThat(rows).hasSize(200);
        assertThat(rows.get(4)).isEqualTo(List.of(Map.of(), Map.of(), List.of()));
        assertThat(rows.get(6)).isEqualTo(List.of(
                Map.of("k0", 6L, "k1", 7L),
                Map.of("k0", List.of(6), "k1", List.of(7)),
                List.of(Map.of(0, List.of(List.of())), Map.of(1, List.of(List.of(List.of(0, "y6")))))));
        assertThat(rows).isEqualTo(reading.peerRows());
    }

    @Test
    void testNestedFieldsAloneAndBesideTheirStruct()
    {
        writeStructs("structs");
        Type inner = RowType.rowType(field("c", INTEGER), field("d", VARCHAR));
        Type outer = RowType.rowType(field("a", INTEGER), field("Inner", inner));
        FileColumn whole = column("s", 0, outer);
        FileColumn c = nested("s", 0, INTEGER, "inner", "c");
        FileColumn d = nested("s", 0, VARCHAR, "INNER", "D");
        FileColumn part = nested("s", 0, inner, "inner");

        List<List<Object>> rows = files.reading("structs", whole, c, d, part).rows();
        assertThat(rows.get(0)).isEqualTo(Arrays.asList(null, null, null, null));
        assertThat(rows.get(1)).isEqualTo(Arrays.asList(Arrays.asList(1, null), null, null, null));
        assertThat(rows.get(2)).isEqualTo(List.of(List.of(2, List.of(20, "d2")), 20, "d2", List.of(20, "d2")));

        for (FileColumn column : List.of(c, d, part)) {
            int channel = List.of(whole, c, d, part).indexOf(column);
            assertThat(files.reading("structs", column).read().column(0)).isEqualTo(rows.stream().map(row -> row.get(channel)).collect(toList()));
        }
        assertThat(files.reading("structs", d, c).rows()).isEqualTo(rows.stream().map(row -> Arrays.asList(row.get(2), row.get(1))).toList());
        assertThat(files.reading("structs", whole).rows()).isEqualTo(files.reading("structs", whole).peerRows());
    }

    @Test
    void testMissingNestedFieldsAreNull()
    {
        writeStructs("missing");
        Type outer = RowType.rowType(field("new", INTEGER), field("a", INTEGER), field("inner", RowType.rowType(field("e", VARCHAR), field("c", INTEGER))));
        List<List<Object>> rows = files.reading(
                "missing",
                column("s", 0, outer),
                nested("s", 0, INTEGER, "inner", "nothing"),
                nested("s", 0, INTEGER, "nowhere", "nothing"),
                column("t", 1, outer)).rows();
        assertThat(rows.get(0)).isEqualTo(Arrays.asList(null, null, null, null));
        assertThat(rows.get(2)).isEqualTo(Arrays.asList(Arrays.asList(null, 2, Arrays.asList(null, 20)), null, null, null));
    }

    @Test
    void testStructInListWithoutAnyOfItsFields()
    {
        files.write("list", MessageTypeParser.parseMessageType("message root { optional group l (LIST) { repeated group list { optional group element { optional int32 a; } } } }"), 1, (_, group) ->
                group.addGroup("l").addGroup("list").addGroup("element").append("a", 1));
        assertTarnError(
                () -> files.reading("list", column("l", 0, new ArrayType(RowType.rowType(field("b", INTEGER))))).rows(),
                TARN_SCHEMA_MISMATCH,
                "'l'",
                "array(row(\"b\" integer))",
                "local:///list");
    }

    private void writeStructs(String name)
    {
        files.write(name, MessageTypeParser.parseMessageType("message root { optional group S { optional int32 A; optional group Inner { optional int32 C; optional binary D (STRING); } } }"), 90, (row, group) -> {
            if (row % 3 == 0) {
                return;
            }
            Group struct = group.addGroup("S").append("A", row);
            if (row % 3 == 2) {
                struct.addGroup("Inner").append("C", row * 10).append("D", "d" + row);
            }
        });
    }

    private static MapType map(Type key, Type value)
    {
        return new MapType(key, value, new TypeOperators());
    }

    private static void addUnlessNull(Group group, String name, int value)
    {
        if (value % 12 != 0) {
            group.add(name, value);
        }
    }

    private static void addUnlessNull(Group group, String name, long value)
    {
        if (value % 12 != 0) {
            group.add(name, value);
        }
    }
}
