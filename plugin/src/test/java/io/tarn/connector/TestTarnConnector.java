package io.tarn.connector;

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.testing.MaterializedResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.tarn.connector.TarnQueryRunner.columns;
import static java.lang.Math.toIntExact;
import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What the connector makes of queries, on two nodes: rows, and how often the metastore is asked.
 */
@TestInstance(PER_CLASS)
final class TestTarnConnector
{
    private static final int DAYS = 20;

    private TarnQueryRunner runner;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
        runner.createJsonTable("events", columns("id bigint", "timestamp string", "origin struct<host:string,port:int,deep:struct<x:bigint>>"), columns("day date", "kind string"), Map.of("comment", "what happened"));
        for (int day = 0; day < DAYS; day++) {
            for (String kind : new String[] {"a", "b c"}) {
                String partition = "day=2024-01-%02d/kind=%s".formatted(day + 1, kind);
                runner.put("events/" + partition + "/part.json", "{\"id\": %s, \"timestamp\": \"t%1$s\", \"origin\": {\"host\": \"h%1$s\", \"port\": %1$s, \"deep\": {\"x\": %1$s}}}\n".formatted(day));
                runner.addPartition("events", partition, columns("id bigint", "timestamp string", "origin struct<host:string,port:int,deep:struct<x:bigint>>"));
            }
        }
        runner.createJsonTable("days", columns("d date", "label string"), List.of(), Map.of());
        runner.put("days/one.json", "{\"d\": \"2024-01-03\", \"label\": \"third\"}\n");
        runner.createJsonTable("plain", columns("n bigint", "text string"), List.of(), Map.of());
        runner.put("plain/top.json", "{\"n\": 1, \"text\": \"one\"}\n{\"n\": 2, \"text\": \"two\", \"more\": true}\n");
        runner.put("plain/nested/below/file.json", "{\"n\": 3, \"text\": null}\n");
        runner.put("plain/_hidden.json", "{\"n\": 4}\n");
        runner.put("plain/.hidden/file.json", "{\"n\": 5}\n");
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void rowsOfNestedFoldersButNotOfHiddenFiles()
    {
        assertThat(rows("SELECT n, text FROM plain ORDER BY n")).isEqualTo("[[1, one], [2, two], [3, null]]");
    }

    @Test
    void hiddenColumns()
    {
        assertThat(rows("SELECT n, \"$path\", \"$file_size\", \"$partition\" FROM plain WHERE n = 3"))
                .isEqualTo("[[3, s3://lake/plain/nested/below/file.json, 23, null]]");
        assertThat(rows("SELECT \"$line\" FROM plain WHERE n = 2")).isEqualTo("[[{\"n\": 2, \"text\": \"two\", \"more\": true}]]");
        assertThat(rows("SELECT n, \"$extra\" FROM plain ORDER BY n")).isEqualTo("[[1, null], [2, {\"more\": true}], [3, null]]");
        assertThat(rows("SELECT \"$partition\", count(*) FROM events WHERE id = 4 GROUP BY 1 ORDER BY 1"))
                .isEqualTo("[[day=2024-01-05/kind=a, 1], [day=2024-01-05/kind=b c, 1]]");
        assertThat(rows("SELECT count(*) FROM plain WHERE \"$file_modified_time\" > TIMESTAMP '2020-01-01 00:00:00 UTC'")).isEqualTo("[[3]]");
        assertThat(rows("SELECT n FROM plain WHERE \"$path\" LIKE '%below%'")).isEqualTo("[[3]]");
        assertThat(rows("SELECT sum(n) FROM plain WHERE \"$path\" = 's3://lake/plain/top.json'")).isEqualTo("[[3]]");
    }

    @Test
    void manifestsNameFilesOfEveryFormat()
            throws Exception
    {
        Map<String, String> serdes = ImmutableMap.of(
                "TEXTFILE", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                "PARQUET", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                "ORC", "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
                "AVRO", "org.apache.hadoop.hive.serde2.avro.AvroSerDe");
        for (Map.Entry<String, String> format : serdes.entrySet()) {
            String targets = "targets_" + format.getKey();
            rows("CREATE TABLE %s WITH (format = '%s', external_location = 's3://lake/%1$s') AS SELECT * FROM (VALUES (BIGINT '1', 'one'), (2, NULL)) AS t(n, text)".formatted(targets, format.getKey()));
            String path = (String) runner.queryRunner().execute("SELECT DISTINCT \"$path\" FROM " + targets).getOnlyValue();
            String manifests = "manifests_" + format.getKey();
            runner.createManifestTable(manifests.toLowerCase(ENGLISH), format.getValue(), columns("n bigint", "text string"));
            // named twice is read twice
            runner.put(manifests.toLowerCase(ENGLISH) + "/symlink.txt", path + "\n" + path);
            assertThat(rows("SELECT n, text FROM %s ORDER BY n".formatted(manifests))).as(manifests).isEqualTo("[[1, one], [1, one], [2, null], [2, null]]");
            assertThat(rows("SELECT count(*), count(text) FROM %s WHERE n = 1 AND \"$path\" = '%s'".formatted(manifests, path))).as(manifests).isEqualTo("[[2, 2]]");
        }
    }

    @Test
    void manifestsNameTheFiles()
            throws Exception
    {
        String serde = "org.openx.data.jsonserde.JsonSerDe";
        runner.createManifestTable("manifests", serde, columns("n bigint", "text string"));
        runner.put("manifests/symlink.txt", "s3://lake/plain/top.json\r\n\n  s3a://lake/plain/nested/below/file.json\n");
        assertThat(rows("SELECT n, text, \"$path\" FROM manifests ORDER BY n"))
                .isEqualTo("[[1, one, s3://lake/plain/top.json], [2, two, s3://lake/plain/top.json], [3, null, s3://lake/plain/nested/below/file.json]]");
        assertThat(rows("SELECT count(*) FROM manifests WHERE \"$path\" LIKE '%top%'")).isEqualTo("[[2]]");
        assertThatThrownBy(() -> rows("INSERT INTO manifests VALUES (9, 'x')"))
                .hasMessageContaining("Tarn does not write files of SerDe 'org.openx.data.jsonserde.JsonSerDe' with input format 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'");

        Map<String, String> refused = ImmutableMap.<String, String>builder()
                .put("file:///etc/passwd", "it is not a location of the table's own storage, as in s3://…")
                .put("/etc/passwd", "it is not a location of the table's own storage")
                .put("http://example.com/x.json", "it is not a location of the table's own storage")
                .put("s3://lake/plain/", "it is a folder, and only files are read")
                .put("s3://lake/plain/../plain/top.json", "it has '.' or '..' for a folder")
                .put("s3://lake/plain/nowhere.json", "names s3://lake/plain/nowhere.json, which is not there. Write the manifest again.")
                .buildOrThrow();
        runner.createManifestTable("bad_manifests", serde, columns("n bigint"));
        for (Map.Entry<String, String> entry : refused.entrySet()) {
            runner.put("bad_manifests/symlink.txt", "s3://lake/plain/top.json\n" + entry.getKey() + "\n");
            assertThatThrownBy(() -> rows("SELECT * FROM bad_manifests"))
                    .hasMessageContaining("Line 2 of manifest s3://lake/bad_manifests/symlink.txt")
                    .hasMessageContaining(entry.getValue());
        }
    }

    @Test
    void partitionsArePruned()
    {
        assertPartitions(1, "SELECT id FROM events WHERE day = DATE '2024-01-07' AND kind = 'a'", "[[6]]");
        assertPartitions(2, "SELECT sum(id) FROM events WHERE day = DATE '2024-01-07'", "[[12]]");
        assertPartitions(4, "SELECT count(*) FROM events WHERE day BETWEEN DATE '2024-01-07' AND DATE '2024-01-08'", "[[4]]");
        assertPartitions(3, "SELECT count(*) FROM events WHERE day IN (DATE '2024-01-01', DATE '2024-01-09', DATE '2024-01-20') AND kind <> 'a'", "[[3]]");
        assertPartitions(20, "SELECT count(*) FROM events WHERE kind LIKE '%c'", "[[20]]");
        assertPartitions(2, "SELECT count(*) FROM events WHERE day_of_month(day) = 11", "[[2]]");
        assertPartitions(0, "SELECT count(*) FROM events WHERE kind = 'none'", "[[0]]");
    }

    @Test
    void dynamicFiltersPrunePartitions()
    {
        assertPartitions(2, "SELECT count(*), min(label) FROM events JOIN days ON day = d", "[[2, third]]");
    }

    @Test
    void aTableIsAskedForOnce()
    {
        runner.metastore().reset();
        rows("SELECT id, origin.host FROM events WHERE day = DATE '2024-01-07'");
        assertThat(runner.metastore().calls("getTable")).isEqualTo(1);
        assertThat(runner.metastore().calls("getPartitionNamesByFilter")).isEqualTo(1);
        assertThat(runner.metastore().calls("getPartitionsByNames")).isEqualTo(1);
    }

    @Test
    void definitionsAreAskedForInBatches()
    {
        runner.metastore().reset();
        assertThat(rows("SELECT count(*) FROM events")).isEqualTo("[[40]]");
        // eight, then thirty-two
        assertThat(runner.metastore().calls("getPartitionsByNames")).isEqualTo(2);
    }

    @Test
    void nestedFields()
    {
        assertThat(rows("SELECT origin.host, origin.deep.x + 1 FROM events WHERE origin.port = 3 AND kind = 'a'")).isEqualTo("[[h3, 4]]");
        assertThat(rows("SELECT origin FROM events WHERE origin.deep.x = 2 AND kind = 'a'")).isEqualTo("[[[h2, 2, [2]]]]");
        assertThat(rows("EXPLAIN SELECT origin.deep.x FROM events")).contains("origin#deep#x");
    }

    @Test
    void limit()
    {
        assertThat(runner.queryRunner().execute("SELECT id FROM events LIMIT 3").getRowCount()).isEqualTo(3);
        assertThat(runner.queryRunner().execute("SELECT id FROM events WHERE id > 10 LIMIT 3").getRowCount()).isEqualTo(3);
        assertThat(rows("EXPLAIN SELECT id FROM events LIMIT 3")).contains("limit 3");
    }

    @Test
    void largeFilesAreCutAndSmallOnesRead()
            throws IOException
    {
        runner.createJsonTable("large", columns("n bigint"), List.of(), Map.of());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("{\"n\": ").append(i).append("}\n");
        }
        runner.put("large/lines.json", lines.toString());
        for (int i = 0; i < 50; i++) {
            runner.put("large/small/%02d.json".formatted(i), "{\"n\": 1}\n");
        }
        assertThat(rows("SELECT count(*), sum(n), count(DISTINCT \"$path\") FROM large")).isEqualTo("[[20050, 199990050, 51]]");
        // 228,890 bytes in parts of at most 64 kB are four; fifty small files are one
        assertThat(splits("SELECT sum(n) FROM large")).isEqualTo(5);
    }

    @Test
    void partitionsWithColumnsOfTheirOwn()
            throws IOException
    {
        runner.createJsonTable("evolved", columns("a bigint", "b string", "s struct<x:bigint,y:string>"), columns("p int"), Map.of());
        runner.put("evolved/p=1/f.json", "{\"a\": 1, \"b\": \"x\", \"s\": {\"x\": 1, \"y\": \"y1\"}}\n");
        runner.addPartition("evolved", "p=1", columns("a bigint", "b string", "s struct<x:bigint,y:string>"));
        runner.put("evolved/p=2/f.json", "{\"a\": 2, \"b\": 7, \"s\": {\"x\": 2}}\n");
        runner.addPartition("evolved", "p=2", columns("b int", "a int", "s struct<x:int>"));
        runner.put("evolved/p=3/f.json", "{\"a\": 3}\n");
        runner.addPartition("evolved", "p=3", columns("a bigint"));
        assertThat(rows("SELECT p, a, b, s.x, s.y, s FROM evolved ORDER BY p"))
                .isEqualTo("[[1, 1, x, 1, y1, [1, y1]], [2, 2, 7, 2, null, [2, null]], [3, 3, null, null, null, null]]");

        runner.put("evolved/p=4/f.json", "{\"a\": {\"x\": 4}}\n");
        runner.addPartition("evolved", "p=4", columns("a struct<x:int>"));
        assertThatThrownBy(() -> rows("SELECT a FROM evolved WHERE p = 4"))
                .hasMessageContaining("Column 'a' of table tests.evolved is of type bigint, but partition 'p=4' declares it as struct<x:int>");
    }

    @Test
    void delimitedTextIsReadByPosition()
            throws IOException
    {
        runner.createTable("delimited", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", columns("renamed string", "n bigint", "added string"), columns("p int"), Map.of("field.delim", ","));
        runner.put("delimited/p=1/f.csv", "old,1\n");
        runner.addPartition("delimited", "p=1", columns("original string", "n int"));
        runner.put("delimited/p=2/f.csv", "new,2,x\n");
        runner.addPartition("delimited", "p=2", columns("original string", "n int"));
        assertThat(rows("SELECT p, renamed, n, added FROM delimited ORDER BY p")).isEqualTo("[[1, old, 1, null], [2, new, 2, x]]");
    }

    @Test
    void valueThatIsNoneOfItsKeysType()
            throws IOException
    {
        runner.createJsonTable("bad_key", columns("a bigint"), columns("p int"), Map.of());
        runner.put("bad_key/p=x/f.json", "{\"a\": 1}\n");
        runner.addPartition("bad_key", "p=x", columns("a bigint"));
        assertThatThrownBy(() -> rows("SELECT * FROM bad_key"))
                .hasMessageContaining("A partition of table tests.bad_key has the value 'x' for key 'p', which is no integer");
    }

    @Test
    void comments()
    {
        assertThat(rows("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'tarn' AND schema_name = 'tests' AND table_name = 'events'")).isEqualTo("[[what happened]]");
        assertThat(rows("DESCRIBE events")).isEqualTo("[[id, bigint, , ], [timestamp, varchar, , ], [origin, row(\"host\" varchar, \"port\" integer, \"deep\" row(\"x\" bigint)), , ], [day, date, partition key, ], [kind, varchar, partition key, ]]");
    }

    @Test
    void partitionsTable()
    {
        assertThat(rows("SELECT count(*), min(day), max(kind) FROM \"events$partitions\"")).isEqualTo("[[40, 2024-01-01, b c]]");
        assertThat(rows("SELECT * FROM \"events$partitions\" WHERE day = DATE '2024-01-02' AND kind = 'a'")).isEqualTo("[[2024-01-02, a]]");
    }

    private void assertPartitions(int partitions, String sql, String rows)
    {
        assertThat(rows(sql)).isEqualTo(rows);
        long read = runner.queryRunner().getCoordinator().getQueryManager().getFullQueryInfo(
                        runner.queryRunner().executeWithPlan(runner.queryRunner().getDefaultSession(), sql).queryId())
                .getQueryStats().getPhysicalInputPositions();
        // one line a partition, and the one line of the join's other side
        assertThat(read).isLessThanOrEqualTo(partitions + (sql.contains("JOIN") ? 1 : 0));
    }

    private int splits(String sql)
    {
        Session session = runner.queryRunner().getDefaultSession();
        return runner.queryRunner().getCoordinator().getQueryManager().getFullQueryInfo(runner.queryRunner().executeWithPlan(session, sql).queryId())
                .getQueryStats().getOperatorSummaries().stream()
                .filter(operator -> operator.getOperatorType().contains("Scan"))
                .mapToInt(operator -> toIntExact(operator.getTotalDrivers()))
                .sum();
    }

    private String rows(String sql)
    {
        MaterializedResult result = runner.queryRunner().execute(sql);
        return result.getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
