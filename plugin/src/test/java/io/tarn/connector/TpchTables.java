package io.tarn.connector;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.trino.plugin.hive.HivePlugin;
import io.trino.plugin.tpch.TpchPlugin;
import io.trino.testing.QueryRunner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * TPC-H as Parquet that the Hive connector wrote, which nobody analysed.
 */
final class TpchTables
{
    static final List<String> TABLES = List.of("customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier");

    private TpchTables() {}

    /**
     * @param storage the folder of the runner's buckets
     * @param scale the name of a schema of Trino's TPC-H connector
     */
    static void create(TarnQueryRunner runner, Path storage, String scale)
    {
        QueryRunner queryRunner = runner.queryRunner();
        queryRunner.installPlugin(new TpchPlugin());
        queryRunner.createCatalog("tpch", "tpch", ImmutableMap.of("tpch.column-naming", "STANDARD"));
        queryRunner.installPlugin(new HivePlugin());
        queryRunner.createCatalog("hive", "hive", ImmutableMap.of(
                "hive.metastore", "file",
                "hive.metastore.catalog.dir", "local:///" + TarnQueryRunner.BUCKET,
                "hive.storage-format", "PARQUET",
                "fs.local.enabled", "true",
                "local.location", storage.toString()));
        queryRunner.execute("CREATE SCHEMA hive.tpch");
        for (String table : TABLES) {
            queryRunner.execute("CREATE TABLE hive.tpch.%s AS SELECT * FROM tpch.\"%s\".%1$s".formatted(table, scale));
            String[] columns = queryRunner.execute("DESCRIBE hive.tpch." + table).getMaterializedRows().stream()
                    .map(row -> row.getField(0) + " " + row.getField(1).toString().replace("integer", "int"))
                    .toArray(String[]::new);
            runner.createParquetTable(table, "tpch/" + table, TarnQueryRunner.columns(columns));
        }
    }

    static List<String> queries()
            throws IOException
    {
        return List.of(Resources.toString(Resources.getResource(TpchTables.class, "tpch.sql"), UTF_8).split(";"));
    }
}
