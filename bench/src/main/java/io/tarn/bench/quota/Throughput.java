package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;
import io.trino.testing.MaterializedResult;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * What quotas take of a scan, in two parts. What its bytes cost is measured in one engine, as a user with limits and as
 * one without: two engines of one kind differ by several hundredths already.
 * Beside the clock stands the share of the samples in which a processor was in the gate's code. What a query pays once, with few bytes, is measured through an engine with quotas, one that only has
 * a listener, and one with neither.
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
    /**
     * The gate, and what is only done because of it: the estimate, and telling the listener of a query.
     */
    private static final List<String> GATE = ImmutableList.of(
            "io.tarn.quota.",
            "io.tarn.connector.MeteredSplitSource",
            "io.tarn.connector.EstimatedGroups",
            "io.tarn.connector.ScanEstimator",
            "io.trino.event.QueryMonitor",
            "io.trino.eventlistener.");
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
     * @param turns how often each scan is run in each way, after some that do not count
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
                BenchEngine with = BenchEngine.withQuotas(BenchPolicy.properties(folder, "throughput-ledger.db"), lake.catalog());
                BenchEngine listener = BenchEngine.withListener(lake.catalog());
                BenchEngine without = BenchEngine.withoutQuotas(lake.catalog())) {
            return ImmutableList.of(scans(lake, with), once(lake, ImmutableList.of(with::run, listener::run, without::run)));
        }
    }

    private TextTable scans(BenchLake lake, BenchEngine engine)
            throws IOException
    {
        TextTable table = new TextTable(
                format(
                        Locale.ROOT,
                        "A scan, means of %d without their largest tenth: JSON of %.1f MB; Parquet of %.1f MB for one column, of %.1f MB for all",
                        turns,
                        lake.bytes("many_json") / MEGABYTE,
                        lake.bytes("many_parquet") / MEGABYTE,
                        lake.bytes("several_parquet") / MEGABYTE),
                "scan",
                "",
                "with limits",
                "with limits",
                "without",
                "without",
                "without/with",
                "with/with",
                "without/without");
        List<QueryRun> runs = ImmutableList.of(engine::run, engine::run, engine::runUnlimited, engine::runUnlimited);
        SCANS.values().forEach(sql -> warmUp(runs, sql, turns / 4));
        for (Map.Entry<String, String> scan : SCANS.entrySet()) {
            compare(scan.getKey(), scan.getValue(), turns, runs).addScan(table);
            double share = ProcessorShare.of(GATE, () -> {
                for (int turn = 0; turn < turns; turn++) {
                    engine.run(scan.getValue());
                }
            });
            table.add(scan.getKey(), "% of processors in the gate", text(100 * share, 2), "", "", "", text(1 - share, 4), "", "");
        }
        return table;
    }

    private TextTable once(BenchLake lake, List<QueryRun> runs)
            throws IOException
    {
        int queries = turns * SMALL_QUERIES_PER_SCAN;
        TextTable table = new TextTable(
                format(Locale.ROOT, "What a query pays once, means of %d without their largest tenth: one column of Parquet of %.1f MB", queries, lake.bytes("parquet") / MEGABYTE),
                "",
                "with quotas",
                "with a listener",
                "without",
                "with quotas, more",
                "with a listener, more");
        warmUp(runs, SMALL_QUERY, queries / 2);
        compare("", SMALL_QUERY, queries, runs).addOnce(table);
        return table;
    }

    private interface QueryRun
    {
        MaterializedResult run(String sql);
    }

    private static void warmUp(List<QueryRun> runs, String sql, int turns)
    {
        for (int turn = 0; turn < turns; turn++) {
            long answers = runs.stream().map(run -> run.run(sql)).distinct().count();
            verify(answers == 1, "With quotas the answer is another: %s", sql);
        }
    }

    private static Comparison compare(String name, String sql, int turns, List<QueryRun> runs)
    {
        double[][] millis = new double[runs.size()][turns];
        double[][] processorMillis = new double[runs.size()][turns];
        double[][] megabytes = new double[runs.size()][turns];
        List<Integer> order = new ArrayList<>(IntStream.range(0, runs.size()).boxed().toList());
        Random random = new Random(1);
        for (int turn = 0; turn < turns; turn++) {
            // who comes after whom changes, without a rhythm that the machine could share
            Collections.shuffle(order, random);
            for (int run : order) {
                long allocated = THREADS.getTotalThreadAllocatedBytes();
                long processors = PROCESS.getProcessCpuTime();
                long start = System.nanoTime();
                runs.get(run).run(sql);
                millis[run][turn] = (System.nanoTime() - start) / NANOS_A_MILLISECOND;
                processorMillis[run][turn] = (PROCESS.getProcessCpuTime() - processors) / NANOS_A_MILLISECOND;
                megabytes[run][turn] = (THREADS.getTotalThreadAllocatedBytes() - allocated) / MEGABYTE;
            }
        }
        return new Comparison(name, ImmutableMap.of("ms on the clock", means(millis), "ms of processors", means(processorMillis), "MB allocated", means(megabytes)));
    }

    private static double[] means(double[][] values)
    {
        return Arrays.stream(values).mapToDouble(run -> new Samples(run).meanUpTo(COUNTED_PERCENT)).toArray();
    }

    /**
     * @param means by what was measured, in the order of what was run
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
