package io.tarn.bench.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * The same scan through an engine with quotas and through two without, all three at the same time: what else the
 * machine does meets all of them alike. What the two without differ by tells what a figure is worth.
 */
public final class Throughput
{
    // fewer leave code of one engine compiled and that of another not
    private static final int WARM_UP_ROUNDS = 12;
    // what is done once a query is compiled late: an engine that has just started pays several times for it
    private static final int WARM_UP_QUERIES = 600;
    private static final String SMALL_QUERY = "SELECT count(http) FROM parquet";
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MEGABYTE = 1 << 20;
    private static final Map<String, String> QUERIES = ImmutableMap.<String, String>builder()
            .put("JSON gzip, one column", "SELECT count(*) FROM json WHERE request LIKE '%/petstore/Dogs/%'")
            .put("JSON gzip, all columns", allColumns("json"))
            .put("Parquet, one column", "SELECT count(*) FROM parquet WHERE request LIKE '%/petstore/Dogs/%'")
            .put("Parquet, all columns", allColumns("parquet"))
            .buildOrThrow();

    private final Path folder;
    private final long rows;
    private final int spells;
    private final Duration spell;

    /**
     * @param rows of the scanned web log
     * @param spells how often the three run beside each other
     * @param spell how long they do each time
     */
    public Throughput(Path folder, long rows, int spells, Duration spell)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.rows = rows;
        this.spells = spells;
        this.spell = requireNonNull(spell, "spell is null");
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
                    format(
                            Locale.ROOT,
                            "Scans a second with quotas, without, and without again, at the same time: JSON of %.1f MB, Parquet of %.1f MB, %d times %d s",
                            lake.bytes("json") / MEGABYTE,
                            lake.bytes("parquet") / MEGABYTE,
                            spells,
                            spell.toSeconds()),
                    "query",
                    "with",
                    "without",
                    "without",
                    "with/without",
                    "lowest and highest",
                    "without/without",
                    "lowest and highest");
            try (BenchEngine with = new BenchEngine(Optional.of(quota), lake.catalog());
                    BenchEngine without = new BenchEngine(Optional.empty(), lake.catalog());
                    BenchEngine control = new BenchEngine(Optional.empty(), lake.catalog());
                    ExecutorService clients = Executors.newFixedThreadPool(3)) {
                List<BenchEngine> engines = List.of(with, without, control);
                warmUp(engines);
                for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                    compare(table, query.getKey(), query.getValue(), engines, clients);
                }
            }
            return table;
        }
    }

    private static void warmUp(List<BenchEngine> engines)
    {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (String sql : QUERIES.values()) {
                long answers = engines.stream().map(engine -> engine.run(sql)).distinct().count();
                verify(answers == 1, "With quotas the answer is another: %s", sql);
            }
        }
        for (int query = 0; query < WARM_UP_QUERIES; query++) {
            engines.forEach(engine -> engine.run(SMALL_QUERY));
        }
    }

    private void compare(TextTable table, String name, String sql, List<BenchEngine> engines, ExecutorService clients)
            throws Exception
    {
        double[][] scans = new double[engines.size()][spells];
        for (int turn = 0; turn < spells; turn++) {
            CyclicBarrier start = new CyclicBarrier(engines.size());
            List<Future<Double>> running = new ArrayList<>();
            for (BenchEngine engine : engines) {
                running.add(clients.submit(() -> {
                    start.await();
                    return scansPerSecond(engine, sql);
                }));
            }
            for (int engine = 0; engine < engines.size(); engine++) {
                scans[engine][turn] = running.get(engine).get();
            }
        }
        Samples with = new Samples(scans[0]);
        Samples without = new Samples(scans[1]);
        Samples control = new Samples(scans[2]);
        table.add(
                name,
                format(Locale.ROOT, "%.3f", with.mean()),
                format(Locale.ROOT, "%.3f", without.mean()),
                format(Locale.ROOT, "%.3f", control.mean()),
                // both of those without are what it is compared with: half of the noise
                format(Locale.ROOT, "%.3f", 2 * with.sum() / (without.sum() + control.sum())),
                span(scans[0], scans[1]),
                format(Locale.ROOT, "%.3f", control.sum() / without.sum()),
                span(scans[2], scans[1]));
    }

    /**
     * Whole scans only, and the time until the last of them: the one that is under way at the end counts for nothing.
     */
    private double scansPerSecond(BenchEngine engine, String sql)
    {
        long start = System.nanoTime();
        long done = start;
        int scans = 0;
        while (done - start < spell.toNanos()) {
            engine.run(sql);
            scans++;
            done = System.nanoTime();
        }
        return scans * NANOS_A_SECOND / (done - start);
    }

    private static String span(double[] scans, double[] others)
    {
        double[] ratios = new double[scans.length];
        for (int turn = 0; turn < scans.length; turn++) {
            ratios[turn] = scans[turn] / others[turn];
        }
        Samples samples = new Samples(ratios);
        return format(Locale.ROOT, "%.3f – %.3f", samples.percentile(0), samples.max());
    }
}
