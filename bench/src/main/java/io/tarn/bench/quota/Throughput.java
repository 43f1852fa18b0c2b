package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import io.tarn.bench.quota.BenchEngine.Around;
import io.tarn.bench.quota.BenchEngine.QueryCost;
import io.tarn.bench.report.Ratio;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

import static com.google.common.base.Verify.verify;
import static io.tarn.bench.quota.BenchEngine.Around.GATE;
import static io.tarn.bench.quota.BenchEngine.Around.LISTENER;
import static io.tarn.bench.quota.BenchEngine.Around.NOTHING;
import static java.lang.String.format;
import static java.util.Objects.requireNonNull;

/**
 * What quotas take of a scan's throughput: the same scan with the gate and with nothing around it, in one engine whose
 * code is compiled. Four scans are a block, with and without and without and with or the other way round, which is
 * drawn; so a machine that becomes faster or slower during a block favours none. Each block is one measurement of the
 * ratio. Beside the clock stands the share of the samples in which a processor was in the gate's code, which a slower
 * machine does not change; and what a query pays once, with few bytes.
 */
public final class Throughput
{
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final double MEGABYTE = 1 << 20;
    private static final int COUNTED_PERCENT = 90;
    private static final int BLOCKS_A_REPORT = 10;
    /**
     * More than a bench of fewer blocks is worth.
     */
    private static final int WARM_UPS = 8;
    /**
     * What is done once a query is compiled late: an engine that has just started pays several times for it.
     */
    private static final int SMALL_WARM_UPS_PER_QUERY = 5;
    /**
     * The gate, and what is only done because of it: the estimate, and telling the listener of a query.
     */
    private static final List<String> GATES = ImmutableList.of(
            "io.tarn.quota.",
            "io.tarn.connector.MeteredSplitSource",
            "io.tarn.connector.EstimatedGroups",
            "io.tarn.connector.ScanEstimator",
            "io.tarn.connector.ScanMeter",
            "io.trino.event.QueryMonitor",
            "io.trino.eventlistener.");
    /**
     * What the gate calls, but a scan does without it as well: the listing.
     */
    private static final List<String> NOT_GATES = ImmutableList.of("io.tarn.scan.");
    // no row group has such a row, so nothing is read
    private static final String SMALL_QUERY = "SELECT count(*) FROM parquet WHERE http < 0";
    private static final Map<String, String> SCANS = ImmutableMap.of(
            "JSON gzip, one column", "SELECT count(*) FROM many_json WHERE request LIKE '%/petstore/Dogs/%'",
            "Parquet, one column of many files", "SELECT count(*) FROM many_parquet WHERE request LIKE '%/petstore/Dogs/%'",
            "Parquet, all columns", "SELECT max(ip_address), max(username), max(timestamp), max(request), sum(http), sum(bytes) FROM several_parquet");

    private final Path folder;
    private final long rows;
    private final int blocks;
    private final int smallQueries;

    /**
     * @param rows of the web log; some scans read copies of it
     * @param blocks of four scans each, after some that do not count
     * @param smallQueries of each kind, after five times as many that do not count
     */
    public Throughput(Path folder, long rows, int blocks, int smallQueries)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.rows = rows;
        this.blocks = blocks;
        this.smallQueries = smallQueries;
    }

    public List<TextTable> measure()
            throws Exception
    {
        try (BenchLake lake = new BenchLake(folder, rows);
                BenchEngine engine = new BenchEngine(BenchPolicy.properties(folder, "throughput-ledger.db"), lake.catalog())) {
            SCANS.values().forEach(sql -> warmUp(engine, sql, Math.min(WARM_UPS, blocks)));
            warmUp(engine, SMALL_QUERY, SMALL_WARM_UPS_PER_QUERY * smallQueries);
            return ImmutableList.of(scans(lake, engine), once(engine));
        }
    }

    private static void warmUp(BenchEngine engine, String sql, int turns)
    {
        for (int turn = 0; turn < turns; turn++) {
            long answers = Around.ALL.stream().map(around -> engine.run(around, sql).result()).distinct().count();
            verify(answers == 1, "With quotas the answer is another: %s", sql);
        }
    }

    private TextTable scans(BenchLake lake, BenchEngine engine)
            throws IOException
    {
        TextTable table = new TextTable(
                format(
                        Locale.ROOT,
                        "Throughput with the gate / without, by %d blocks of four scans each: JSON of %.1f MB; Parquet of %.1f MB for one column, of %.1f MB for all",
                        blocks,
                        lake.bytes("many_json") / MEGABYTE,
                        lake.bytes("many_parquet") / MEGABYTE,
                        lake.bytes("several_parquet") / MEGABYTE),
                "scan",
                "ms without",
                "by the clock",
                "standard error",
                "at least (95 %)",
                "by processors",
                "standard error",
                "at least (95 %)",
                "by memory allocated",
                "% of samples in the gate");
        ListMultimap<String, Block> measured = blocks(engine);
        for (String scan : SCANS.keySet()) {
            double share = ProcessorShare.of(GATES, NOT_GATES, () -> {
                for (int block = 0; block < Math.max(1, blocks / 4); block++) {
                    engine.run(GATE, SCANS.get(scan));
                }
            });
            add(table, scan, measured.get(scan), text(100 * share, 2));
        }
        add(table, "all three", ImmutableList.copyOf(measured.values()), "");
        return table;
    }

    private static void add(TextTable table, String name, List<Block> measured, String share)
    {
        Ratio clock = ratio(measured, QueryCost::nanos);
        Ratio processors = ratio(measured, QueryCost::processorNanos);
        table.add(
                name,
                text(mean(measured.stream().flatMap(block -> block.without().stream()).toList(), QueryCost::nanos) / NANOS_A_MILLISECOND, 1),
                text(clock.value(), 4),
                text(clock.standardError(), 4),
                text(clock.atLeast(), 4),
                text(processors.value(), 4),
                text(processors.standardError(), 4),
                text(processors.atLeast(), 4),
                text(ratio(measured, QueryCost::allocatedBytes).value(), 4),
                share);
    }

    /**
     * A block of each scan, and again: so a bad hour of the machine is no scan's alone.
     */
    private ListMultimap<String, Block> blocks(BenchEngine engine)
    {
        // the same sequence in every run of the bench
        Random random = new Random(1);
        ImmutableListMultimap.Builder<String, Block> measured = ImmutableListMultimap.builder();
        for (int block = 0; block < blocks; block++) {
            SCANS.forEach((scan, sql) -> measured.put(scan, block(engine, sql, random.nextBoolean())));
            if ((block + 1) % BLOCKS_A_REPORT == 0) {
                System.err.printf(Locale.ROOT, "%d of %d blocks%n", block + 1, blocks);
            }
        }
        return measured.build();
    }

    private static Block block(BenchEngine engine, String sql, boolean gateOutside)
    {
        Around outer = gateOutside ? GATE : NOTHING;
        Around inner = gateOutside ? NOTHING : GATE;
        QueryCost first = engine.run(outer, sql);
        List<QueryCost> inners = ImmutableList.of(engine.run(inner, sql), engine.run(inner, sql));
        List<QueryCost> outers = ImmutableList.of(first, engine.run(outer, sql));
        return gateOutside ? new Block(outers, inners) : new Block(inners, outers);
    }

    private static Ratio ratio(List<Block> blocks, ToDoubleFunction<QueryCost> cost)
    {
        return Ratio.of(blocks.stream().mapToDouble(block -> mean(block.without(), cost) / mean(block.with(), cost)).toArray());
    }

    /**
     * Geometric: four scans have one that was disturbed more often than two.
     */
    private static double mean(List<QueryCost> costs, ToDoubleFunction<QueryCost> cost)
    {
        return Math.exp(costs.stream().mapToDouble(cost).map(Math::log).average().orElseThrow());
    }

    private TextTable once(BenchEngine engine)
    {
        Map<Around, List<QueryCost>> costs = new EnumMap<>(Around.class);
        List<Around> order = new ArrayList<>(Around.ALL);
        Random random = new Random(1);
        for (int query = 0; query < smallQueries; query++) {
            // who comes after whom changes, without a rhythm that the machine could share
            Collections.shuffle(order, random);
            order.forEach(around -> costs.computeIfAbsent(around, _ -> new ArrayList<>()).add(engine.run(around, SMALL_QUERY)));
        }
        TextTable table = new TextTable(
                format(Locale.ROOT, "What a query pays once: a query that reads nothing, means of %d without their largest tenth", smallQueries),
                "",
                "with quotas",
                "with a listener",
                "without",
                "with quotas, more",
                "with a listener, more");
        addOnce(table, "ms on the clock", costs, cost -> cost.nanos() / NANOS_A_MILLISECOND);
        addOnce(table, "ms of processors", costs, cost -> cost.processorNanos() / NANOS_A_MILLISECOND);
        addOnce(table, "MB allocated", costs, cost -> cost.allocatedBytes() / MEGABYTE);
        return table;
    }

    private static void addOnce(TextTable table, String measure, Map<Around, List<QueryCost>> costs, ToDoubleFunction<QueryCost> cost)
    {
        ToDoubleFunction<Around> mean = around -> new Samples(costs.get(around).stream().mapToDouble(cost).toArray()).meanUpTo(COUNTED_PERCENT);
        double gate = mean.applyAsDouble(GATE);
        double listener = mean.applyAsDouble(LISTENER);
        double nothing = mean.applyAsDouble(NOTHING);
        table.add(measure, text(gate, 2), text(listener, 2), text(nothing, 2), text(gate - nothing, 2), text(listener - nothing, 2));
    }

    private static String text(double value, int digits)
    {
        return format(Locale.ROOT, "%." + digits + "f", value);
    }

    private record Block(List<QueryCost> with, List<QueryCost> without) {}
}
