package io.tarn.clients.spark;

import io.tarn.clients.LocalEngine;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Spark in this process, which knows of an engine nothing but the addresses that {@code ./tarn up} prints.
 */
final class LocalSpark
        implements AutoCloseable
{
    private final SparkSession session;

    private LocalSpark(SparkSession session)
    {
        this.session = requireNonNull(session, "session is null");
    }

    static LocalSpark start(Path folder)
    {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .enableHiveSupport()
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", folder.resolve("local").toString())
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.hadoop.hadoop.tmp.dir", folder.resolve("hadoop").toString())
                .config("spark.hadoop.hive.exec.scratchdir", folder.resolve("scratch").toString())
                .config("spark.hadoop.hive.exec.local.scratchdir", folder.resolve("scratch").toString())
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.adaptive.enabled", false)
                // compiling takes longer than a few rows do
                .config("spark.sql.codegen.wholeStage", false)
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                // Trino reads the clock that a file was written with
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
        return new LocalSpark(session);
    }

    /**
     * Before anything is asked of the catalogue.
     *
     * @param metastore that of the engine, or another one on its catalogue
     */
    void connect(LocalEngine engine, URI metastore)
    {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        configuration.set("hive.metastore.uris", metastore.toString());
        configuration.set("hive.exec.dynamic.partition.mode", "nonstrict");
        // locations are s3:// to Trino and Athena
        configuration.set("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        configuration.set("fs.s3a.endpoint", engine.s3().toString());
        configuration.set("fs.s3a.endpoint.region", LocalEngine.REGION);
        configuration.set("fs.s3a.path.style.access", "true");
        configuration.set("fs.s3a.access.key", engine.accessKey());
        configuration.set("fs.s3a.secret.key", engine.secretKey());
    }

    void execute(String sql)
    {
        rows(sql);
    }

    /**
     * The rows that a statement gives, each value as text and {@code null} as null.
     */
    List<List<String>> rows(String sql)
    {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : session.sql(sql).collectAsList()) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                Object value = row.get(column);
                values.add(value == null ? null : value.toString());
            }
            rows.add(values);
        }
        return rows;
    }

    List<String> column(String sql, int column)
    {
        return rows(sql).stream()
                .map(row -> row.get(column))
                .toList();
    }

    /**
     * The files that a query would read.
     */
    List<String> files(String sql)
    {
        return List.of(session.sql(sql).inputFiles());
    }

    @Override
    public void close()
    {
        session.stop();
    }
}
