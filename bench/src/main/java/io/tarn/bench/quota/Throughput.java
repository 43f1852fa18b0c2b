package io.tarn.bench.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.bench.quota.BenchEngine.Run;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * The same scans through an engine with quotas and through one without, by turns.
 */
public final class Throughput
{
    private static final int WARM_UP_ROUNDS = 8;
    private static final double MEGABYTE = 1 << 20;
    private static final Map<String, String> QUERIES = ImmutableMap.<String, String>builder()
            .put("JSON gzip, one column", "SELECT count(*) FROM json WHERE request LIKE '%/petstore/Dogs/%'")
            .put("JSON gzip, all columns", allColumns("json"))
            .put("Parquet, one column", "SELECT count(*) FROM parquet WHERE request LIKE '%/petstore/Dogs/%'")
            .put("Parquet, all columns", allColumns("parquet"))
            .buildOrThrow();

    private final Path folder;
    private final long rows;
    private final int rounds;

    public Throughput(Path folder, long rows, int rounds)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.rows = rows;
        this.rounds = rounds;
    }

    private static String allColumns(String table)
    {
        return "SELECT max(ip_address), max(username), max(timestamp), max(request), sum(http), sum(bytes) FROM " + table;
    }

    public TextTable measure()
            throws Exception
    {
        try (BenchLake lake = new BenchLake(folder, rows)) {
            Map<String, String> quota = ImmutableMap.of(
                    "quota.policy-file", BenchPolicy.write(folder).toString(),
                    "quota.ledger.url", "jdbc:sqlite:" + folder.resolve("throughput-ledger.db"));
            TextTable table = new TextTable(
                    format(Locale.ROOT, "Scans with quotas beside the same without: JSON of %.1f MB, Parquet of %.1f MB, %d rounds", lake.bytes("json") / MEGABYTE, lake.bytes("parquet") / MEGABYTE, rounds),
                    "query",
                    "with, ms",
                    "without, ms",
                    "throughput with/without",
                    "half of the rounds",
                    "CPU with/without");
            try (BenchEngine with = new BenchEngine(Optional.of(quota), lake.catalog());
                    BenchEngine without = new BenchEngine(Optional.empty(), lake.catalog())) {
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    for (String sql : QUERIES.values()) {
                        verify(with.run(sql).result().equals(without.run(sql).result()), "With quotas the answer is another: %s", sql);
                    }
                }
                QUERIES.forEach((name, sql) -> compare(table, name, sql, with, without));
            }
            return table;
        }
    }

    private void compare(TextTable table, String name, String sql, BenchEngine with, BenchEngine without)
    {
        double[] on = new double[rounds];
        double[] off = new double[rounds];
        double[] ratios = new double[rounds];
        double[] cpuOn = new double[rounds];
        double[] cpuOff = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            // whoever comes second finds the garbage of the first
            boolean first = round % 2 == 0;
            Run one = (first ? with : without).run(sql);
            Run other = (first ? without : with).run(sql);
            Run runOn = first ? one : other;
            Run runOff = first ? other : one;
            on[round] = runOn.seconds();
            off[round] = runOff.seconds();
            ratios[round] = runOff.seconds() / runOn.seconds();
            cpuOn[round] = runOn.cpuSeconds();
            cpuOff[round] = runOff.cpuSeconds();
        }
        Samples spread = new Samples(ratios);
        double medianOn = new Samples(on).median();
        double medianOff = new Samples(off).median();
        table.add(
                name,
                format(Locale.ROOT, "%.1f", medianOn * 1000),
                format(Locale.ROOT, "%.1f", medianOff * 1000),
                format(Locale.ROOT, "%.3f", medianOff / medianOn),
                format(Locale.ROOT, "%.3f – %.3f", spread.percentile(25), spread.percentile(75)),
                format(Locale.ROOT, "%.3f", new Samples(cpuOn).median() / new Samples(cpuOff).median()));
    }
}
