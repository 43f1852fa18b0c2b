package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * The same scan through two engines with quotas and two without, scan by scan by turns: what else the machine does meets
 * all of them alike. What two of the same kind differ by tells what a figure is worth: the code of each engine is
 * compiled for itself. A scan takes seconds, so that what a query pays once does not hide what its bytes cost; that is
 * measured apart, with a query of a few files and beside an engine that only has a listener.
 */
public final class Throughput
{
    private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int COUNTED_PERCENT = 90;
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final double MEGABYTE = 1 << 20;
    // what is done once a query is compiled late: an engine that has just started pays several times for it
    private static final int SMALL_QUERIES_PER_SCAN = 10;
    private static final String SMALL_QUERY = "SELECT count(http) FROM parquet";
    private static final Map<String, String> SCANS = ImmutableMap.<String, String>builder()
            .put("JSON gzip, one column", "SELECT count(*) FROM many_json WHERE request LIKE '%/petstore/Dogs/%'")
            .put("JSON gzip, all columns", allColumns("many_json"))
            .put("Parquet, one column", "SELECT count(*) FROM many_parquet WHERE request LIKE '%/petstore/Dogs/%'")
            .put("Parquet, all columns", allColumns("several_parquet"))
            .buildOrThrow();

    private final Path folder;
    private final long rows;
    private final int turns;

    /**
     * @param rows of the web log; some scans read copies of it
     * @param turns how often each engine scans, after half as many scans that do not count
     */
    public Throughput(Path folder, long rows, int turns)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.rows = rows;
        this.turns = turns;
    }

    private static String allColumns(String table)
    {
        return "SELECT max(ip_address), max(username), max(timestamp), max(request), sum(http), sum(bytes) FROM " + table;
    }

    public List<TextTable> measure()
            throws Exception
    {
        try (BenchLake lake = new BenchLake(folder, rows);
                // neither kind starts first alone, or last
                BenchEngine with = BenchEngine.withQuotas(BenchPolicy.properties(folder, "throughput-ledger.db"), lake.catalog());
                BenchEngine without = BenchEngine.withoutQuotas(lake.catalog());
                BenchEngine withoutAgain = BenchEngine.withoutQuotas(lake.catalog());
                BenchEngine withAgain = BenchEngine.withQuotas(BenchPolicy.properties(folder, "throughput-ledger-2.db"), lake.catalog());
                BenchEngine listener = BenchEngine.withListener(lake.catalog())) {
            TextTable scans = new TextTable(
                    format(
                            Locale.ROOT,
                            "A scan, means of %d without their largest tenth: JSON of %.1f MB; Parquet of %.1f MB for one column, of %.1f MB for all",
                            turns,
                            lake.bytes("many_json") / MEGABYTE,
                            lake.bytes("many_parquet") / MEGABYTE,
                            lake.bytes("several_parquet") / MEGABYTE),
                    "scan",
                    "",
                    "with quotas",
                    "with quotas",
                    "without",
                    "without",
                    "without/with",
                    "with/with",
                    "without/without");
            List<BenchEngine> engines = ImmutableList.of(with, withAgain, without, withoutAgain);
            SCANS.values().forEach(sql -> warmUp(engines, sql, turns / 2));
            SCANS.forEach((name, sql) -> compare(name, sql, turns, engines).addScan(scans));

            TextTable once = new TextTable(
                    format(Locale.ROOT, "What a query pays once, means of %d without their largest tenth: one column of Parquet of %.1f MB", turns * SMALL_QUERIES_PER_SCAN, lake.bytes("parquet") / MEGABYTE),
                    "",
                    "with quotas",
                    "with a listener",
                    "without",
                    "with quotas, more",
                    "with a listener, more");
            List<BenchEngine> three = ImmutableList.of(with, listener, without);
            warmUp(three, SMALL_QUERY, turns * SMALL_QUERIES_PER_SCAN / 2);
            compare("", SMALL_QUERY, turns * SMALL_QUERIES_PER_SCAN, three).addOnce(once);
            return ImmutableList.of(scans, once);
        }
    }

    private static void warmUp(List<BenchEngine> engines, String sql, int turns)
    {
        for (int turn = 0; turn < turns; turn++) {
            long answers = engines.stream().map(engine -> engine.run(sql)).distinct().count();
            verify(answers == 1, "With quotas the answer is another: %s", sql);
        }
    }

    private static Comparison compare(String name, String sql, int turns, List<BenchEngine> engines)
    {
        double[][] millis = new double[engines.size()][turns];
        double[][] processorMillis = new double[engines.size()][turns];
        double[][] megabytes = new double[engines.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            for (int place = 0; place < engines.size(); place++) {
                // who comes after whom changes, too
                int engine = ((turn % 2 == 0 ? place : engines.size() - 1 - place) + turn / 2) % engines.size();
                long allocated = THREADS.getTotalThreadAllocatedBytes();
                long processors = PROCESS.getProcessCpuTime();
                long start = System.nanoTime();
                engines.get(engine).run(sql);
                millis[engine][turn] = (System.nanoTime() - start) / NANOS_A_MILLISECOND;
                processorMillis[engine][turn] = (PROCESS.getProcessCpuTime() - processors) / NANOS_A_MILLISECOND;
                megabytes[engine][turn] = (THREADS.getTotalThreadAllocatedBytes() - allocated) / MEGABYTE;
            }
        }
        return new Comparison(name, ImmutableMap.of("ms on the clock", means(millis), "ms of processors", means(processorMillis), "MB allocated", means(megabytes)));
    }

    private static double[] means(double[][] values)
    {
        return Arrays.stream(values).mapToDouble(engine -> new Samples(engine).meanUpTo(COUNTED_PERCENT)).toArray();
    }

    /**
     * @param means by what was measured, of each engine in the order of the engines
     */
    private record Comparison(String name, Map<String, double[]> means)
    {
        private void addScan(TextTable table)
        {
            means.forEach((measure, mean) -> table.add(
                    name,
                    measure,
                    text(mean[0], 1),
                    text(mean[1], 1),
                    text(mean[2], 1),
                    text(mean[3], 1),
                    text((mean[2] + mean[3]) / (mean[0] + mean[1]), 4),
                    text(mean[1] / mean[0], 4),
                    text(mean[3] / mean[2], 4)));
        }

        private void addOnce(TextTable table)
        {
            means.forEach((measure, mean) -> table.add(
                    measure,
                    text(mean[0], 1),
                    text(mean[1], 1),
                    text(mean[2], 1),
                    text(mean[0] - mean[2], 1),
                    text(mean[1] - mean[2], 1)));
        }
    }

    private static String text(double value, int digits)
    {
        return format(Locale.ROOT, "%." + digits + "f", value);
    }
}
