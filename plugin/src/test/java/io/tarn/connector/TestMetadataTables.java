package io.tarn.connector;

import io.trino.Session;
import io.trino.metadata.QualifiedObjectName;
import io.trino.spi.security.Identity;
import io.trino.spi.security.ViewExpression;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import io.trino.testing.TestingAccessControlManager;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.tarn.connector.TarnQueryRunner.columns;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.SELECT_COLUMN;
import static io.trino.testing.TestingAccessControlManager.privilege;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.ZSTD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
final class TestMetadataTables
{
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message root { required int64 n; optional binary name (STRING); optional int32 d (DATE); }");

    private TarnQueryRunner runner;
    private Path bucket;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        runner = new TarnQueryRunner(folder);
        bucket = folder.resolve("s3").resolve(TarnQueryRunner.BUCKET);
        runner.createParquetTable("sales", "sales", columns("n bigint", "name string", "d date"), columns("day date", "kind string"));
        for (int day = 1; day <= 9; day++) {
            for (String kind : List.of("a", "b c")) {
                String partition = "day=2024-01-0%s/kind=%s".formatted(day, kind);
                write("sales/%s/one.parquet".formatted(partition), 10 * day, 10);
                runner.addPartition("sales", partition, columns("n bigint", "name string", "d date"));
            }
        }
        write("sales/day=2024-01-01/kind=a/nested/two.parquet", 1000, 25);
        runner.put("sales/day=2024-01-01/kind=a/_hidden", "hidden");

        runner.createParquetTable("damaged", "damaged", columns("n bigint", "name string", "d date"), List.of());
        write("damaged/sound.parquet", 1, 5);
        runner.put("damaged/torn.parquet", "PAR1 and nothing of the kind");

        runner.createJsonTable("lines", columns("n bigint"), List.of(), Map.of("classification", "json", "averageRecordSize", "7", "Owner", "first", "owner", "second"));
        runner.put("lines/lines.json", "{\"n\": 1}\n");
        runner.createJsonTable("bare", columns("n bigint"), columns("k int"), Map.of("table_type", "ICEBERG"));
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void filesOfTheListing()
            throws IOException
    {
        assertThat(rows("SELECT count(*), count(DISTINCT path), count(DISTINCT partition) FROM \"sales$files\"")).isEqualTo("[[19, 19, 18]]");
        Path two = bucket.resolve("sales/day=2024-01-01/kind=a/nested/two.parquet");
        assertThat(rows("SELECT path, size, to_unixtime(modified) * 1000 FROM \"sales$files\" WHERE partition = 'day=2024-01-01/kind=a' AND path LIKE '%two%'"))
                .isEqualTo("[[s3://lake/sales/day=2024-01-01/kind=a/nested/two.parquet, %s, %s]]".formatted(Files.size(two), (double) Files.getLastModifiedTime(two).toMillis()));
        assertThat(rows("SELECT partition IS NULL FROM \"lines$files\"")).isEqualTo("[[true]]");
        assertThat(rows("SELECT count(*) FROM \"lines$files\" WHERE partition = 'x'")).isEqualTo("[[0]]");
        assertThat(rows("SELECT count(*) FROM \"lines$files\" WHERE partition IS NULL")).isEqualTo("[[1]]");
    }

    @Test
    void filesSayWhatTheyHold()
    {
        assertThat(rows("SELECT rows, row_groups, codec, error FROM \"sales$files\" WHERE path LIKE '%two.parquet'")).isEqualTo("[[25, 1, ZSTD, null]]");
        assertThat(rows("SELECT sum(rows) FROM \"sales$files\"")).isEqualTo(rows("SELECT count(*) FROM sales"));
        assertThat(rows("SELECT c.name, c.min, c.max, c.nulls FROM \"sales$files\" CROSS JOIN UNNEST(columns) c WHERE path LIKE '%two.parquet'"))
                .isEqualTo("[[n, 1000, 1024, 0], [name, name 1001, name 1023, 13], [d, 1970-01-01, 1970-01-25, 0]]");
        assertThat(rows("SELECT rows, row_groups, codec, columns, error FROM \"lines$files\"")).isEqualTo("[[null, null, null, null, null]]");
    }

    @Test
    void filesOfOrcSayAsMuch()
    {
        Session stripes = Session.builder(runner.queryRunner().getDefaultSession()).setCatalogSessionProperty("tarn", "orc_optimized_writer_max_stripe_rows", "100").build();
        runner.queryRunner().execute(stripes,
                """
                CREATE TABLE stripes WITH (format = 'ORC', external_location = 's3://lake/stripes') AS
                SELECT
                    id,
                    if(id % 4 > 0, 'name ' || cast(id AS varchar)) name,
                    date_add('day', id, DATE '2024-01-01') d,
                    CAST(id / 4.0 AS decimal(9, 2)) amount,
                    CAST(ROW(-id, ARRAY[id]) AS ROW(a bigint, b array(bigint))) s,
                    CAST(NULL AS double) nothing
                FROM UNNEST(sequence(1, 250)) t (id)""");
        assertThat(rows("SELECT rows, row_groups, codec, partition, error FROM \"stripes$files\"")).isEqualTo("[[250, 3, ZSTD, null, null]]");
        assertThat(rows("SELECT c.name, c.min, c.max, c.nulls FROM \"stripes$files\" CROSS JOIN UNNEST(columns) c"))
                .isEqualTo("[[id, 1, 250, 0], [name, name 1, name 99, 62], [d, 2024-01-02, 2024-09-07, 0], [amount, 0.25, 62.50, 0], [s.a, -250, -1, 0], [s.b, null, null, null], [nothing, null, null, 250]]")
                .isEqualTo(rows(
                        """
                        SELECT c.* FROM (
                            SELECT ARRAY[
                                ROW('id', cast(min(id) AS varchar), cast(max(id) AS varchar), count_if(id IS NULL)),
                                ROW('name', min(name), max(name), count_if(name IS NULL)),
                                ROW('d', cast(min(d) AS varchar), cast(max(d) AS varchar), count_if(d IS NULL)),
                                ROW('amount', cast(min(amount) AS varchar), cast(max(amount) AS varchar), count_if(amount IS NULL)),
                                ROW('s.a', cast(min(s.a) AS varchar), cast(max(s.a) AS varchar), count_if(s.a IS NULL)),
                                ROW('s.b', NULL, NULL, NULL),
                                ROW('nothing', NULL, NULL, count_if(nothing IS NULL))] columns
                            FROM stripes)
                        CROSS JOIN UNNEST(columns) c"""));
        // the tail is read for the columns that only it can fill, and known from then on
        assertThat(bytes("SELECT sum(size) FROM \"stripes$files\"")).isZero();
        assertThat(bytes("SELECT sum(rows) FROM \"stripes$files\"")).isZero();
    }

    @Test
    void aDamagedFileIsARow()
    {
        assertThat(rows("SELECT path, rows, columns, codec FROM \"damaged$files\" WHERE error IS NOT NULL")).isEqualTo("[[s3://lake/damaged/torn.parquet, null, null, null]]");
        assertThat(rows("SELECT error FROM \"damaged$files\" WHERE rows IS NULL")).contains("s3://lake/damaged/torn.parquet is not a Parquet file");
        assertThat(rows("SELECT rows FROM \"damaged$files\" WHERE error IS NULL")).isEqualTo("[[5]]");
    }

    @Test
    void aConditionOnThePartitionAsksForThosePartitions()
    {
        runner.metastore().reset();
        assertThat(rows("SELECT count(*) FROM \"sales$files\" WHERE partition IN ('day=2024-01-02/kind=a', 'day=2024-01-02/kind=b c', 'day=2024-01-02', 'k=x/l=y/m=z', '')")).isEqualTo("[[2]]");
        assertThat(runner.metastore().calls("getPartitionsByNames")).isEqualTo(1);
        runner.metastore().reset();
        assertThat(rows("SELECT count(*) FROM \"sales$files\" WHERE partition > 'day=2024-01-09/kind=a'")).isEqualTo("[[1]]");
        assertThat(runner.metastore().calls("getPartitionsByNames")).isEqualTo(1);
        runner.metastore().reset();
        assertThat(rows("SELECT count(*) FROM \"sales$files\" WHERE partition = 'no partition of this table'")).isEqualTo("[[0]]");
        assertThat(runner.metastore().calls("getPartitionsByNames")).isZero();
    }

    @Test
    void footersAreReadOnlyForTheirColumns()
    {
        assertThat(bytes("SELECT count(*), sum(size), max(path) FROM \"sales$files\"")).isZero();
        assertThat(bytes("SELECT max(day) FROM \"sales$partitions\"")).isZero();
        // files that a condition on the listing's columns leaves out are not opened
        runner.createParquetTable("fresh", "fresh", columns("n bigint"), List.of());
        write("fresh/a.parquet", 1, 10);
        write("fresh/b.parquet", 1, 10);
        long size = (long) runner.queryRunner().execute("SELECT size FROM \"fresh$files\" WHERE path LIKE '%/a.parquet'").getOnlyValue();
        assertThat(bytes("SELECT rows FROM \"fresh$files\" WHERE path = 's3://lake/fresh/a.parquet'")).isEqualTo(size);
        assertThat(bytes("SELECT sum(rows) FROM \"fresh$files\"")).isEqualTo(size);
        // known by now
        assertThat(bytes("SELECT sum(rows) FROM \"fresh$files\"")).isZero();
    }

    @Test
    void partitionsOfTheCatalogue()
    {
        assertThat(rows("SELECT count(*), min(day), max(kind) FROM \"sales$partitions\" WHERE day > DATE '2024-01-03'")).isEqualTo("[[12, 2024-01-04, b c]]");
        assertThat(rows("DESCRIBE \"sales$partitions\"")).isEqualTo("[[day, date, , ], [kind, varchar, , ]]");
    }

    @Test
    void propertiesOfTheCatalogue()
    {
        assertThat(rows("SELECT classification, averagerecordsize, external, owner FROM \"lines$properties\"")).isEqualTo("[[json, 7, TRUE, first]]");
    }

    @Test
    void theyAreNotListed()
    {
        assertThat(rows("SHOW TABLES")).doesNotContain("$");
        assertThat(rows("SELECT table_name FROM information_schema.columns WHERE table_schema = 'tests'")).doesNotContain("$");
        assertThat(rows("DESCRIBE \"sales$files\""))
                .contains("[path, varchar, , The file]", "[modified, timestamp(3) with time zone, , ", "[columns, array(row(\"name\" varchar, \"min\" varchar, \"max\" varchar, \"nulls\" bigint)), , ");
    }

    @Test
    void tablesThatHaveNone()
    {
        for (String name : List.of("lines$partitions", "none$files", "none$properties", "bare$files", "bare$partitions", "bare$properties", "$files", "lines$nothing", "sales$files$files")) {
            assertThatThrownBy(() -> rows("SELECT * FROM \"%s\"".formatted(name))).as(name).hasMessageContaining("does not exist");
        }
    }

    @Test
    void whatTheUserMayNotSee()
    {
        QueryRunner queryRunner = runner.queryRunner();
        TestingAccessControlManager accessControl = queryRunner.getAccessControl();
        Session ann = Session.builder(queryRunner.getDefaultSession()).setIdentity(Identity.ofUser("ann")).build();
        QualifiedObjectName sales = new QualifiedObjectName("tarn", TarnQueryRunner.SCHEMA, "sales");
        String described = "SELECT DISTINCT c.name FROM \"sales$files\" CROSS JOIN UNNEST(columns) c ORDER BY 1";
        try {
            assertThat(queryRunner.execute(ann, described).getOnlyColumnAsSet()).containsExactlyInAnyOrder("n", "name", "d");
            accessControl.columnMask(sales, "name", "ann", ViewExpression.builder().expression("'***'").build());
            assertThat(queryRunner.execute(ann, described).getOnlyColumnAsSet()).containsExactlyInAnyOrder("n", "d");
            accessControl.rowFilter(sales, "ann", ViewExpression.builder().expression("n < 10").build());
            assertThat(queryRunner.execute(ann, described).getOnlyColumnAsSet()).isEmpty();

            accessControl.reset();
            accessControl.deny(privilege("ann", "sales", SELECT_COLUMN));
            for (String table : List.of("sales$files", "sales$partitions")) {
                assertThatThrownBy(() -> queryRunner.execute(ann, "SELECT count(*) FROM \"%s\"".formatted(table))).as(table).hasMessageContaining("Cannot select from columns");
            }
            assertThat(rows(described)).isEqualTo("[[d], [n], [name]]");
        }
        finally {
            accessControl.reset();
        }
    }

    private void write(String key, int first, int count)
    {
        Path file = bucket.resolve(key);
        try {
            Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withConf(new PlainParquetConfiguration()).withType(SCHEMA).withCompressionCodec(ZSTD).build()) {
                for (int row = 0; row < count; row++) {
                    Group group = new SimpleGroup(SCHEMA);
                    group.append("n", (long) first + row);
                    if (row % 2 == 1) {
                        group.append("name", "name " + (first + row));
                    }
                    group.append("d", row);
                    writer.write(group);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long bytes(String sql)
    {
        QueryRunner queryRunner = runner.queryRunner();
        MaterializedResultWithPlan result = queryRunner.executeWithPlan(queryRunner.getDefaultSession(), sql);
        return queryRunner.getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats().getPhysicalInputDataSize().toBytes();
    }

    private String rows(String sql)
    {
        MaterializedResult result = runner.queryRunner().execute(sql);
        return result.getMaterializedRows().stream().map(row -> row.getFields().toString()).toList().toString();
    }
}
