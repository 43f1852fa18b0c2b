package io.tarn.bench.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.bench.quota.BenchEngine.Run;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * The same scans through an engine with quotas and through two without, by turns; what the two without differ by tells
 * what the machine can tell.
 */
public final class Throughput
{
    private static final int WARM_UP_ROUNDS = 8;
    private static final int WITH = 0;
    private static final int WITHOUT = 1;
    private static final int CONTROL = 2;
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
                    format(Locale.ROOT, "Scans with quotas beside the same without, and two engines without: JSON of %.1f MB, Parquet of %.1f MB, %d rounds", lake.bytes("json") / MEGABYTE, lake.bytes("parquet") / MEGABYTE, rounds),
                    "query",
                    "with, ms",
                    "without, ms",
                    "throughput with/without",
                    "half of the rounds",
                    "without/without",
                    "half of the rounds",
                    "CPU with/without",
                    "CPU without/without");
            try (BenchEngine with = new BenchEngine(Optional.of(quota), lake.catalog());
                    BenchEngine without = new BenchEngine(Optional.empty(), lake.catalog());
                    BenchEngine control = new BenchEngine(Optional.empty(), lake.catalog())) {
                List<BenchEngine> engines = List.of(with, without, control);
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    for (String sql : QUERIES.values()) {
                        long answers = engines.stream().map(engine -> engine.run(sql).result()).distinct().count();
                        verify(answers == 1, "With quotas the answer is another: %s", sql);
                    }
                }
                QUERIES.forEach((name, sql) -> compare(table, name, sql, engines));
            }
            return table;
        }
    }

    private void compare(TextTable table, String name, String sql, List<BenchEngine> engines)
    {
        Run[][] runs = new Run[engines.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            // whoever comes later finds the garbage of the ones before
            for (int turn = 0; turn < engines.size(); turn++) {
                int engine = (round + turn) % engines.size();
                runs[engine][round] = engines.get(engine).run(sql);
            }
        }
        Samples gated = ratios(runs[WITHOUT], runs[WITH], Run::seconds);
        Samples control = ratios(runs[WITHOUT], runs[CONTROL], Run::seconds);
        table.add(
                name,
                format(Locale.ROOT, "%.1f", samples(runs[WITH], Run::seconds).median() * 1000),
                format(Locale.ROOT, "%.1f", samples(runs[WITHOUT], Run::seconds).median() * 1000),
                format(Locale.ROOT, "%.3f", gated.median()),
                half(gated),
                format(Locale.ROOT, "%.3f", control.median()),
                half(control),
                format(Locale.ROOT, "%.3f", ratios(runs[WITH], runs[WITHOUT], Run::cpuSeconds).median()),
                format(Locale.ROOT, "%.3f", ratios(runs[CONTROL], runs[WITHOUT], Run::cpuSeconds).median()));
    }

    private static Samples samples(Run[] runs, ToDoubleFunction<Run> figure)
    {
        return new Samples(Arrays.stream(runs).mapToDouble(figure).toArray());
    }

    /**
     * Of the runs of one round, which the machine's state was nearly the same for.
     */
    private static Samples ratios(Run[] runs, Run[] others, ToDoubleFunction<Run> figure)
    {
        return new Samples(IntStream.range(0, runs.length)
                .mapToDouble(round -> figure.applyAsDouble(runs[round]) / figure.applyAsDouble(others[round]))
                .toArray());
    }

    private static String half(Samples ratios)
    {
        return format(Locale.ROOT, "%.3f – %.3f", ratios.percentile(25), ratios.percentile(75));
    }
}
