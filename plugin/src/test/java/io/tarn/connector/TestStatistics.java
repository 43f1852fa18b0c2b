package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileStatistics;
import io.tarn.format.ReadEstimate;
import io.tarn.format.parquet.ParquetFooters;
import io.tarn.format.parquet.ParquetFormat;
import io.tarn.format.parquet.ParquetReadConfig;
import io.tarn.format.parquet.ParquetSessionProperties;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.TableScanner;
import io.tarn.statistics.StatisticsConfig;
import io.tarn.statistics.StatisticsSessionProperties;
import io.tarn.statistics.TableStatisticsSource;
import io.tarn.statistics.TransactionStatistics;
import io.tarn.storage.BucketFolderFileSystemFactory;
import io.tarn.storage.FileLister;
import io.trino.Session;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.statistics.TableStatistics;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import io.trino.testing.TestingConnectorSession;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.connector.TarnQueryRunner.SCHEMA;
import static io.tarn.connector.TarnQueryRunner.columns;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Where statistics come from, how many files are asked, and what becomes of those that cannot be.
 */
@TestInstance(PER_CLASS)
final class TestStatistics
{
    private static final MessageType FILE = MessageTypeParser.parseMessageType("message root { required int64 id; optional binary name (STRING); }");
    private static final int DAYS = 5;
    private static final int FILES = 3;
    private static final int ROWS = 100;

    private Path storage;
    private TarnQueryRunner runner;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        storage = folder.resolve("s3");
        runner = new TarnQueryRunner(folder);
        createEvents("events");
        createEvents("analyzed");
        runner.createParquetTable("damaged", "damaged", columns("id bigint", "name string"));
        runner.createParquetTable("broken", "broken", columns("id bigint", "name string"));
        for (int file = 0; file < 4; file++) {
            write("damaged/%s.parquet".formatted(file), file * ROWS);
        }
        Path damaged = storage.resolve("lake/damaged/1.parquet");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 20] ^= 0x55;
        bytes[bytes.length - 8] = 1;
        Files.write(damaged, bytes);
        runner.put("broken/text.parquet", "this is no parquet file\n".repeat(10));
    }

    private void createEvents(String name)
            throws IOException
    {
        // no rows, as Hive notes it for a table over files that are there already
        runner.createParquetTable(name, name, columns("id bigint", "name string"), columns("day string", "kind string"), Map.of("numRows", "0"));
        for (int day = 0; day < DAYS; day++) {
            for (String kind : List.of("a", "b")) {
                String partition = "day=%s/kind=%s".formatted(day, kind);
                for (int file = 0; file < FILES; file++) {
                    write("%s/%s/%s.parquet".formatted(name, partition, file), (day * FILES + file) * ROWS);
                }
                runner.addPartition(name, partition, columns("id bigint", "name string"));
            }
        }
    }

    private void write(String key, int firstId)
            throws IOException
    {
        Path file = storage.resolve("lake").resolve(key);
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withConf(new PlainParquetConfiguration()).withType(FILE).build()) {
            for (int row = 0; row < ROWS; row++) {
                Group group = new SimpleGroup(FILE);
                group.append("id", (long) firstId + row);
                if (row % 4 > 0) {
                    group.append("name", "name " + row % 10);
                }
                writer.write(group);
            }
        }
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void partitionsThatNobodyAnalyzed()
    {
        assertThat(statistics("events")).containsExactly(
                "[id, null, 1500.0, 0.0, null, 0, 1499]",
                "[name, 13500.0, 11.0, 0.25, null, null, null]",
                "[day, 3000.0, 5.0, 0.0, null, null, null]",
                "[kind, 3000.0, 2.0, 0.0, null, null, null]",
                "[null, null, null, null, 3000.0, null, null]");
        assertThat(statistics("(SELECT * FROM events WHERE day = '1' AND kind = 'b')")).containsExactly(
                "[id, null, 300.0, 0.0, null, 300, 599]",
                "[name, 1350.0, 11.0, 0.25, null, null, null]",
                "[day, 300.0, 1.0, 0.0, null, null, null]",
                "[kind, 300.0, 1.0, 0.0, null, null, null]",
                "[null, null, null, null, 300.0, null, null]");
        assertThat(statistics("(SELECT id FROM events WHERE day = '9')")).last().isEqualTo("[null, null, null, null, 0.0, null, null]");
    }

    @Test
    void orcThatNobodyAnalyzed()
    {
        Session stripes = Session.builder(runner.queryRunner().getDefaultSession()).setCatalogSessionProperty("tarn", "orc_optimized_writer_max_stripe_rows", "100").build();
        runner.queryRunner().execute(stripes,
                """
                CREATE TABLE stripes WITH (format = 'ORC', external_location = 's3://lake/stripes') AS
                SELECT id, if(id % 4 > 0, 'name ' || cast(id % 10 AS varchar)) name, id % 2 = 0 even, 7 seven
                FROM UNNEST(sequence(1, 300)) t (id)""");
        // a tail does not tell how often texts repeat
        assertThat(statistics("stripes", "catalog_statistics_enabled")).containsExactly(
                "[id, null, 300.0, 0.0, null, 1, 300]",
                "[name, 1350.0, null, 0.25, null, null, null]",
                "[even, null, 2.0, 0.0, null, null, null]",
                "[seven, null, 1.0, 0.0, null, 7, 7]",
                "[null, null, null, null, 300.0, null, null]");
    }

    @Test
    void sourcesThatAreTurnedOff()
    {
        assertThat(statistics("events", "statistics_enabled")).last().isEqualTo("[null, null, null, null, null, null, null]");
        assertThat(statistics("events", "footer_statistics_enabled")).first().isEqualTo("[id, null, null, null, null, null, null]");
        assertThat(statistics("events", "catalog_statistics_enabled")).last().isEqualTo("[null, null, null, null, 3000.0, null, null]");
    }

    @Test
    void analyzeOfPartitionsAndColumns()
    {
        assertThat(rowsRead("ANALYZE analyzed WITH (partitions = ARRAY[ARRAY['1', 'a'], ARRAY['2', 'b']], columns = ARRAY['ID'])")).isEqualTo(2 * FILES * ROWS);
        assertThat(statistics("(SELECT * FROM analyzed WHERE day = '1' AND kind = 'a')", "footer_statistics_enabled"))
                .contains("[name, null, null, null, null, null, null]")
                .first().asString().endsWith(", 0.0, null, 300, 599]");
        assertThat(statistics("(SELECT * FROM analyzed WHERE day = '1' AND kind = 'b')", "footer_statistics_enabled")).last().isEqualTo("[null, null, null, null, null, null, null]");

        assertThat(rowsRead("ANALYZE analyzed")).isEqualTo(2 * DAYS * FILES * ROWS);
        assertThat(statistics("analyzed", "footer_statistics_enabled")).last().isEqualTo("[null, null, null, null, 3000.0, null, null]");

        assertThatThrownBy(() -> rowsRead("ANALYZE analyzed WITH (partitions = ARRAY[ARRAY['7', 'a']])"))
                .hasMessageContaining("Table tests.analyzed has no partition with the values [7, a] for its keys [day, kind]");
        assertThatThrownBy(() -> rowsRead("ANALYZE analyzed WITH (partitions = ARRAY[ARRAY['7']])")).hasMessageContaining("Partition [7] does not fit the keys");
        assertThatThrownBy(() -> rowsRead("ANALYZE damaged WITH (partitions = ARRAY[ARRAY['7']])")).hasMessageContaining("Table tests.damaged has no partitions");
        assertThatThrownBy(() -> rowsRead("ANALYZE analyzed WITH (columns = ARRAY['idd'])")).hasMessageContaining("Table tests.analyzed has no columns [idd]");
        assertThatThrownBy(() -> rowsRead("ANALYZE analyzed WITH (columns = ARRAY[NULL])")).hasMessageContaining("an element that is null");
    }

    @Test
    void filesThatCannotBeAsked()
    {
        // the others stand for the damaged one
        double rows = (double) runner.queryRunner().execute("SHOW STATS FOR damaged").getMaterializedRows().getLast().getField(4);
        assertThat(rows).isCloseTo(4.0 * ROWS, within(0.1 * ROWS));
        assertThat(statistics("broken")).last().isEqualTo("[null, null, null, null, null, null, null]");
        assertThat(runner.queryRunner().execute("EXPLAIN SELECT count(*) FROM broken JOIN damaged USING (id)").getRowCount()).isEqualTo(1);
        assertThatThrownBy(() -> runner.queryRunner().execute("SELECT * FROM broken")).hasMessageContaining("is not a Parquet file");
    }

    @Test
    void fewFilesAreAskedAndOnce()
    {
        CountingFormat format = new CountingFormat();
        FileFormats formats = new FileFormats(Set.of(format));
        TableScanner scanner = new TableScanner(new FileLister(), formats, new FileTables(runner.metastore().metastore()), new ScanConfig());
        try {
            TableStatisticsSource source = new TableStatisticsSource(scanner, formats, new BucketFolderFileSystemFactory(storage), new ScanConfig());
            Table table = runner.metastore().metastore().getTable(SCHEMA, "events").orElseThrow();
            TarnTableHandle handle = TarnTableHandle.of(table.getSchemaTableName(), TableColumns.partitionKeys(table), Optional.empty());
            ConnectorSession session = session(7, 100);

            TransactionStatistics statistics = source.forTransaction(runner.metastore().metastore());
            TableStatistics first = ScanStatistics.of(statistics, session, table, handle);
            assertThat(first.getRowCount().getValue()).isCloseTo(2.0 * DAYS * FILES * ROWS, within(50.0));
            assertThat(format.asked()).isEqualTo(7);
            // the planner asks again, for the same and for less
            assertThat(ScanStatistics.of(statistics, session, table, handle)).isEqualTo(first);
            ScanStatistics.of(statistics, session, table, handle.withProjected(Set.copyOf(TableColumns.all(table).subList(0, 1))));
            assertThat(format.asked()).isEqualTo(7);
            // a part of the table is another question
            TupleDomain<TarnColumnHandle> oneDay = TupleDomain.withColumnDomains(Map.of(handle.partitionKeys().getFirst(), Domain.singleValue(VARCHAR, utf8Slice("1"))));
            assertThat(ScanStatistics.of(statistics, session, table, handle.withConstraints(oneDay, TupleDomain.all())).getRowCount()).isEqualTo(Estimate.of(2.0 * FILES * ROWS));
            assertThat(format.asked()).isEqualTo(7 + 2 * FILES);

            // of the partitions that are not in the sample nothing is listed
            TableStatistics sampled = ScanStatistics.of(source.forTransaction(runner.metastore().metastore()), session(100, 2), table, handle);
            assertThat(format.asked()).isEqualTo(7 + 2 * FILES + 2 * FILES);
            assertThat(sampled.getRowCount().getValue()).isCloseTo(2.0 * DAYS * FILES * ROWS, within(50.0));
        }
        finally {
            scanner.stop();
        }
    }

    private static ConnectorSession session(int files, int partitions)
    {
        StatisticsConfig config = new StatisticsConfig().setFooterStatisticsMaxFiles(files).setPartitionStatisticsSampleSize(partitions);
        List<PropertyMetadata<?>> properties = ImmutableList.<PropertyMetadata<?>>builder()
                .addAll(new StatisticsSessionProperties(config).getSessionProperties())
                .addAll(new ParquetSessionProperties(new ParquetReadConfig()).getSessionProperties())
                .build();
        return TestingConnectorSession.builder().setPropertyMetadata(properties).build();
    }

    private List<String> statistics(String relation, String... turnedOff)
    {
        Session.SessionBuilder session = Session.builder(runner.queryRunner().getDefaultSession());
        for (String property : turnedOff) {
            session.setCatalogSessionProperty("tarn", property, "false");
        }
        return runner.queryRunner().execute(session.build(), "SHOW STATS FOR " + relation).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .map(Object::toString)
                .toList();
    }

    private long rowsRead(String sql)
    {
        MaterializedResultWithPlan result = runner.queryRunner().executeWithPlan(runner.queryRunner().getDefaultSession(), sql);
        return runner.queryRunner().getCoordinator().getQueryManager().getFullQueryInfo(result.queryId()).getQueryStats().getPhysicalInputPositions();
    }

    private static final class CountingFormat
            implements FileFormat
    {
        private final AtomicInteger asked = new AtomicInteger();
        private final FileFormat format = new ParquetFormat(new ParquetReadConfig(), new ParquetFooters(new ParquetReadConfig()));

        private int asked()
        {
            return asked.get();
        }

        @Override
        public String name()
        {
            return format.name();
        }

        @Override
        public boolean accepts(FileSchema schema)
        {
            return format.accepts(schema);
        }

        @Override
        public boolean splittable(FileSchema schema, String fileName)
        {
            return format.splittable(schema, fileName);
        }

        @Override
        public boolean byPosition(FileSchema schema)
        {
            return format.byPosition(schema);
        }

        @Override
        public boolean columnar()
        {
            return format.columnar();
        }

        @Override
        public ConnectorPageSource open(FileRead read)
        {
            return format.open(read);
        }

        @Override
        public ReadEstimate estimate(FileRead read, Set<FileColumn> filterable)
        {
            return format.estimate(read, filterable);
        }

        @Override
        public Optional<FileStatistics> statistics(FileRead read)
        {
            asked.incrementAndGet();
            return format.statistics(read);
        }
    }
}
