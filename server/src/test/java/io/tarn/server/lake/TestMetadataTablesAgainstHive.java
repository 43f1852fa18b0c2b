package io.tarn.server.lake;

import io.trino.testing.MaterializedRow;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import static io.tarn.server.lake.LakeFixture.BUCKET;
import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Tables that tell of tables, held against what trino-hive says, against the listing of S3, and against footers as
 * parquet-hadoop reads them.
 */
@TestInstance(PER_CLASS)
final class TestMetadataTablesAgainstHive
{
    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
        lake.queryRunner().execute(
                """
                CREATE TABLE hive.%s.orders
                WITH (format = 'PARQUET', partitioned_by = ARRAY['day', 'kind'], extra_properties = MAP(ARRAY['classification', 'recordCount'], ARRAY['parquet', '40']))
                AS SELECT
                    n,
                    CAST(n AS integer) i,
                    CAST(n AS decimal(10, 2)) / 7 AS price,
                    CASE WHEN n %% 3 = 0 THEN NULL ELSE 'Köln ' || CAST(n AS varchar) END AS city,
                    DATE '2024-01-01' + n * INTERVAL '1' DAY AS bought,
                    TIMESTAMP '2024-01-01 00:00:00.123' + n * INTERVAL '1' HOUR AS at,
                    CAST(n AS double) / 4 AS weight,
                    n %% 2 = 0 AS even,
                    CAST(NULL AS bigint) AS nothing,
                    CAST(ROW(n, ARRAY['a', CAST(n AS varchar)]) AS row(x bigint, y array(varchar))) AS nested,
                    CAST(DATE '2024-01-01' + (n %% 4) * INTERVAL '1' DAY AS date) AS day,
                    IF(n %% 5 = 0, NULL, 'a b/c') AS kind
                FROM UNNEST(sequence(1, 40)) AS t(n)""".formatted(SCHEMA));
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void propertiesAndPartitions()
    {
        for (String catalog : lake.tarnCatalogs()) {
            for (String sql : List.of(
                    "SELECT * FROM \"orders$properties\"",
                    "DESCRIBE \"orders$properties\"",
                    "SELECT * FROM \"orders$partitions\" ORDER BY day, kind",
                    "SELECT * FROM \"orders$partitions\" WHERE kind IS NULL ORDER BY day",
                    "SELECT count(*) FROM \"orders$partitions\" WHERE day >= DATE '2024-01-03' AND kind LIKE 'a%'",
                    "DESCRIBE \"orders$partitions\"",
                    "SHOW TABLES")) {
                assertThat(rows(catalog, sql)).as(sql).isEqualTo(rows("hive", sql));
            }
        }
    }

    @Test
    void filesAsListedAndAsTheirFootersSay(@TempDir Path folder)
            throws IOException
    {
        Map<String, S3Object> objects = lake.s3().listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                .collect(toMap(object -> LakeFixture.location(object.key()), Function.identity()));
        for (String catalog : lake.tarnCatalogs()) {
            List<MaterializedRow> files = lake.queryRunner().execute(lake.session(catalog), "SELECT path, partition, size, rows, row_groups, codec, error FROM \"orders$files\"").getMaterializedRows();
            assertThat(files).hasSize(8);
            for (MaterializedRow file : files) {
                String path = (String) file.getField(0);
                assertThat(path).contains("/" + file.getField(1) + "/");
                S3Object object = requireNonNull(objects.get(path), path);
                assertThat(file.getField(2)).isEqualTo(object.size());
                Path copy = folder.resolve(catalog + files.indexOf(file));
                Files.write(copy, lake.s3().getObjectAsBytes(request -> request.bucket(BUCKET).key(object.key())).asByteArray());
                ParquetMetadata footer = footer(copy);
                assertThat(file.getField(3)).isEqualTo(footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum());
                assertThat(file.getField(4)).isEqualTo((long) footer.getBlocks().size());
                assertThat(file.getField(5)).isEqualTo(footer.getBlocks().getFirst().getColumns().getFirst().getCodec().name());
                assertThat(file.getField(6)).isNull();
                assertThat(columns(catalog, path)).isEqualTo(columns(footer));
            }
            assertThat(rows(catalog, "SELECT sum(rows) FROM \"orders$files\" WHERE partition LIKE 'day=2024-01-02/%'")).isEqualTo(rows("hive", "SELECT count(*) FROM orders WHERE day = DATE '2024-01-02'"));
        }
    }

    private Map<String, String> columns(String catalog, String path)
    {
        Map<String, String> columns = new TreeMap<>();
        lake.queryRunner().execute(lake.session(catalog), "SELECT c.name, c.min, c.max, c.nulls FROM \"orders$files\" CROSS JOIN UNNEST(columns) c WHERE path = '%s'".formatted(path.replace("'", "''")))
                .forEach(row -> columns.put((String) row.getField(0), "%s %s %s".formatted(row.getField(1), row.getField(2), row.getField(3))));
        return columns;
    }

    private static Map<String, String> columns(ParquetMetadata footer)
    {
        Map<String, String> columns = new TreeMap<>();
        for (ColumnChunkMetaData chunk : footer.getBlocks().getFirst().getColumns()) {
            boolean values = chunk.getStatistics().hasNonNullValue();
            columns.put(chunk.getPath().toDotString(), "%s %s %s".formatted(
                    values ? chunk.getStatistics().minAsString() : null,
                    values ? chunk.getStatistics().maxAsString() : null,
                    chunk.getStatistics().getNumNulls()));
        }
        return columns;
    }

    private static ParquetMetadata footer(Path file)
            throws IOException
    {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            return reader.getFooter();
        }
    }

    private String rows(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
