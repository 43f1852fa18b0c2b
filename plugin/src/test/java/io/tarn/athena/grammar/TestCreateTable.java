package io.tarn.athena.grammar;

import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.Bucketing.SortColumn;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DataType.Primitive;
import io.tarn.athena.statement.PartitionTransform;
import io.tarn.athena.statement.PartitionTransform.Kind;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.StorageFormat;
import io.tarn.athena.statement.TableName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

final class TestCreateTable
{
    @Test
    void testClausesInAnyOrder()
    {
        List<String> clauses = new ArrayList<>(List.of(
                "COMMENT 'said'",
                "PARTITIONED BY (`Year` int, month string COMMENT 'two digits')",
                "CLUSTERED BY (a, B) SORTED BY (a DESC, b) INTO 8 BUCKETS",
                "ROW FORMAT DELIMITED NULL DEFINED AS '\\\\N' FIELDS TERMINATED BY '\\t' MAP KEYS TERMINATED BY ':' ESCAPED BY \"\\\\\" LINES TERMINATED BY '\\n' COLLECTION ITEMS TERMINATED BY '\\002'",
                "WITH SERDEPROPERTIES ('k' = 'v')",
                "stored as textFile",
                "LOCATION 's3://a/b/'",
                "TBLPROPERTIES (\"p\"=1)"));
        CreateTable expected = new CreateTable(
                TableName.of("db", "t"),
                true,
                true,
                List.of(column("a", "int"), column("b", "string")),
                Optional.of("said"),
                List.of(column("year", "int"), new ColumnDefinition("month", Primitive.of("string"), Optional.of("two digits"))),
                List.of(),
                Optional.of(new Bucketing(List.of("a", "b"), List.of(new SortColumn("a", false), new SortColumn("b", true)), 8)),
                Optional.of(new RowFormat.Delimited(Optional.of("\t"), Optional.of("\\"), Optional.of("\u0002"), Optional.of(":"), Optional.of("\n"), Optional.of("\\N"))),
                Map.of("k", "v"),
                Optional.of(new StorageFormat.Named("TEXTFILE")),
                Optional.of("s3://a/b/"),
                Map.of("p", "1"));
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            String text = "CREATE EXTERNAL TABLE IF NOT EXISTS `Db.T` (a int, B string) " + String.join("\n", clauses);
            assertThat(AthenaParser.parse(text)).as(text).isEqualTo(expected);
            Collections.shuffle(clauses, random);
        }
    }

    @Test
    void testSerdeAndClasses()
    {
        CreateTable table = (CreateTable) AthenaParser.parse(
                """
                create external table t (a int)
                stored as inputformat 'x.In' outputformat "x.Out"
                row format serde 'x.SerDe'
                with serdeproperties ("input.regex" = "^(?!#)([^ ]+)\\\\s+[^\\(]+[\\(]([^\\;]+).*\\%20([^\\/]+)[\\/](.*)$")""");
        assertThat(table.rowFormat()).contains(new RowFormat.Serde("x.SerDe"));
        assertThat(table.storageFormat()).contains(new StorageFormat.Classes("x.In", "x.Out"));
        assertThat(table.serdeProperties()).isEqualTo(Map.of("input.regex", "^(?!#)([^ ]+)\\s+[^(]+[(]([^;]+).*\\%20([^/]+)[/](.*)$"));
    }

    @Test
    void testPropertiesKeepTheirOrder()
    {
        CreateTable table = (CreateTable) AthenaParser.parse("CREATE TABLE t LOCATION 's3://a/' TBLPROPERTIES ('z'='1', 'table_type'='DELTA', a.b=none, 'y'=2)");
        assertThat(table.columns()).isEmpty();
        assertThat(table.properties()).containsExactly(Map.entry("z", "1"), Map.entry("table_type", "DELTA"), Map.entry("a.b", "none"), Map.entry("y", "2"));
    }

    @Test
    void testTransforms()
    {
        CreateTable table = (CreateTable) AthenaParser.parse("CREATE TABLE t (id int) PARTITIONED BY (id, `Day`, bucket(16, id), bucket(id, 16), truncate(c, 4), year(a), months(a), DAY(a), hour(`a`))");
        assertThat(table.partitionColumns()).isEmpty();
        assertThat(table.partitionTransforms()).containsExactly(
                new PartitionTransform(Kind.IDENTITY, "id", OptionalInt.empty()),
                new PartitionTransform(Kind.IDENTITY, "day", OptionalInt.empty()),
                new PartitionTransform(Kind.BUCKET, "id", OptionalInt.of(16)),
                new PartitionTransform(Kind.BUCKET, "id", OptionalInt.of(16)),
                new PartitionTransform(Kind.TRUNCATE, "c", OptionalInt.of(4)),
                new PartitionTransform(Kind.YEAR, "a", OptionalInt.empty()),
                new PartitionTransform(Kind.MONTH, "a", OptionalInt.empty()),
                new PartitionTransform(Kind.DAY, "a", OptionalInt.empty()),
                new PartitionTransform(Kind.HOUR, "a", OptionalInt.empty()));
    }

    @Test
    void testWordsAsNames()
    {
        String words = "timestamp date location type time long year month day user comment order group table row end start from to partition values array map " +
                "struct if not exists as by with set like in create drop alter stored format serde tblproperties _under 1st 2020 \u00fcber";
        for (String word : words.split(" ")) {
            CreateTable table = (CreateTable) AthenaParser.parse("CREATE TABLE t (first int, " + word + " string COMMENT 'c', s struct<" + word + ":int>, last " + "date) PARTITIONED BY (" + word + " int)");
            assertThat(table.columns().stream().map(ColumnDefinition::name)).containsExactly("first", word, "s", "last");
            assertThat(table.columns().get(2).type().hiveName()).isEqualTo("struct<" + word + ":int>");
            assertThat(table.partitionColumns()).containsExactly(column(word, "int"));
        }
    }

    @Test
    void testFieldsKeepTheirCase()
    {
        CreateTable table = (CreateTable) AthenaParser.parse("CREATE TABLE T (Mixed struct<userName:string, `Ctx`:array<struct<accountId:int>>>)");
        assertThat(table.table()).isEqualTo(TableName.of("t"));
        assertThat(table.columns().getFirst().name()).isEqualTo("mixed");
        assertThat(table.columns().getFirst().type().hiveName()).isEqualTo("struct<userName:string,Ctx:array<struct<accountId:int>>>");
    }

    private static ColumnDefinition column(String name, String type)
    {
        return new ColumnDefinition(name, Primitive.of(type), Optional.empty());
    }
}
