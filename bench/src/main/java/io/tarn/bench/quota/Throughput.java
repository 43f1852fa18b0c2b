package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.management.OperatingSystemMXBean;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static com.google.common.base.Verify.verify;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * The same scan through an engine with quotas, through one that only has a listener, and through two with neither, scan
 * by scan by turns: what else the machine does meets all of them alike. What the two with neither differ by tells what
 * a figure is worth.
 */
public final class Throughput
{
    private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int COUNTED_PERCENT = 90;
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final double MEGABYTE = 1 << 20;
    // what is done once a query is compiled late: an engine that has just started pays several times for it
    private static final int SMALL_QUERIES_PER_SCAN = 10;
    private static final String SMALL_QUERY = "SELECT count(http) FROM parquet";
    private static final Map<String, String> SCANS = ImmutableMap.<String, String>builder()
            .put("JSON gzip, one column", "SELECT count(*) FROM json WHERE request LIKE '%/petstore/Dogs/%'")
            .put("JSON gzip, all columns", allColumns("json"))
            .put("Parquet, one column", "SELECT count(*) FROM many_parquet WHERE request LIKE '%/petstore/Dogs/%'")
            .put("Parquet, all columns", allColumns("parquet"))
            .buildOrThrow();

    private final Path folder;
    private final long rows;
    private final int turns;

    /**
     * @param rows of the scanned web log
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

    public TextTable measure()
            throws Exception
    {
        try (BenchLake lake = new BenchLake(folder, rows)) {
            TextTable table = new TextTable(
                    format(
                            Locale.ROOT,
                            "Milliseconds of a scan and of processors, means of %d without their slowest tenth: JSON of %.1f MB, Parquet of %.1f MB, of one column of %.1f MB",
                            turns,
                            lake.bytes("json") / MEGABYTE,
                            lake.bytes("parquet") / MEGABYTE,
                            lake.bytes("many_parquet") / MEGABYTE),
                    "query",
                    "with quotas",
                    "with a listener",
                    "without",
                    "without",
                    "without/with",
                    "without/listener",
                    "without/without");
            try (BenchEngine with = BenchEngine.withQuotas(BenchPolicy.properties(folder, "throughput-ledger.db"), lake.catalog());
                    BenchEngine listener = BenchEngine.withListener(lake.catalog());
                    BenchEngine without = BenchEngine.withoutQuotas(lake.catalog());
                    BenchEngine control = BenchEngine.withoutQuotas(lake.catalog())) {
                List<BenchEngine> engines = ImmutableList.of(with, listener, without, control);
                warmUp(engines);
                SCANS.forEach((name, sql) -> compare(table, name, sql, turns, engines));
                compare(table, "Parquet, four files of one column", SMALL_QUERY, turns * SMALL_QUERIES_PER_SCAN, engines);
            }
            return table;
        }
    }

    private void warmUp(List<BenchEngine> engines)
    {
        for (int turn = 0; turn < turns / 2; turn++) {
            for (String sql : SCANS.values()) {
                long answers = engines.stream().map(engine -> engine.run(sql)).distinct().count();
                verify(answers == 1, "With quotas the answer is another: %s", sql);
            }
            for (int query = 0; query < SMALL_QUERIES_PER_SCAN; query++) {
                engines.forEach(engine -> engine.run(SMALL_QUERY));
            }
        }
    }

    private static void compare(TextTable table, String name, String sql, int turns, List<BenchEngine> engines)
    {
        double[][] millis = new double[engines.size()][turns];
        double[][] processorMillis = new double[engines.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            for (int place = 0; place < engines.size(); place++) {
                // who comes after whom changes, too
                int engine = ((turn % 2 == 0 ? place : engines.size() - 1 - place) + turn / 2) % engines.size();
                long processors = PROCESS.getProcessCpuTime();
                long start = System.nanoTime();
                engines.get(engine).run(sql);
                millis[engine][turn] = (System.nanoTime() - start) / NANOS_A_MILLISECOND;
                processorMillis[engine][turn] = (PROCESS.getProcessCpuTime() - processors) / NANOS_A_MILLISECOND;
            }
        }
        add(table, name, millis);
        add(table, name + ", processors", processorMillis);
    }

    private static void add(TextTable table, String name, double[][] millis)
    {
        double with = new Samples(millis[0]).meanUpTo(COUNTED_PERCENT);
        double listener = new Samples(millis[1]).meanUpTo(COUNTED_PERCENT);
        double without = new Samples(millis[2]).meanUpTo(COUNTED_PERCENT);
        double control = new Samples(millis[3]).meanUpTo(COUNTED_PERCENT);
        // both of those without are what it is compared with: half of the noise
        double mean = (without + control) / 2;
        table.add(name, text(with, 1), text(listener, 1), text(without, 1), text(control, 1), text(mean / with, 3), text(mean / listener, 3), text(without / control, 3));
    }

    private static String text(double value, int digits)
    {
        return format(Locale.ROOT, "%." + digits + "f", value);
    }
}
