package io.tarn.bench.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.bench.quota.Sessions.Result;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.GateKeeper;
import io.tarn.quota.QuotaConfig;
import io.tarn.quota.QuotaStats;
import io.tarn.quota.ledger.LedgerConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;

import static java.lang.String.format;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * How long a query waits for its admission, while many come in at once and the ledger holds the queries of a year.
 * Beside it, what the machine does to as many threads that wake as often and only compute for as long: a pause of a
 * shared machine is no cost of the gate.
 */
public final class Admission
{
    /**
     * Between two queries of one session that does not ask as fast as it can.
     */
    private static final long PAUSE_NANOS = MILLISECONDS.toNanos(500);

    private final Path folder;
    private final int sessions;
    private final int ledgerRows;
    private final int seconds;

    /**
     * @param folder for the ledger
     * @param seconds how long the sessions ask
     */
    public Admission(Path folder, int sessions, int ledgerRows, int seconds)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.sessions = sessions;
        this.ledgerRows = ledgerRows;
        this.seconds = seconds;
    }

    public TextTable sqlite()
            throws Exception
    {
        String url = "jdbc:sqlite:" + folder.resolve("ledger.db");
        LedgerConfig config = new LedgerConfig().setUrl(url);
        try (Connection connection = DriverManager.getConnection(url)) {
            fill(config, connection, "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        return measure("SQLite", config);
    }

    public TextTable postgres()
            throws Exception
    {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres")).start()) {
            LedgerConfig config = new LedgerConfig()
                    .setUrl(postgres.getJdbcUrl("postgres", "postgres"));
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                // where the ledger keeps its tables
                connection.setSchema("tarn_ledger");
                fill(config, connection, "VACUUM ANALYZE", "CHECKPOINT");
            }
            return measure("PostgreSQL", config);
        }
    }

    private void fill(LedgerConfig config, Connection connection, String... tidying)
            throws Exception
    {
        long start = System.nanoTime();
        new FilledLedger(sessions, ledgerRows, ImmutableList.copyOf(tidying)).fill(config, connection);
        System.err.printf(Locale.ROOT, "Filled the ledger with %,d queries in %d s%n", ledgerRows, (System.nanoTime() - start) / SECONDS.toNanos(1));
    }

    private TextTable measure(String database, LedgerConfig config)
            throws IOException, InterruptedException
    {
        TextTable table = new TextTable(
                format(Locale.ROOT, "Admission of a query, in ms: %s, %,d queries in the ledger, %d sessions", database, ledgerRows, sessions),
                "sessions ask",
                "calls",
                "a second",
                "CPU",
                "p50",
                "p95",
                "p99",
                "max");
        QuotaConfig quota = new QuotaConfig().setPolicyFile(BenchPolicy.write(folder));
        GateKeeper keeper = new GateKeeper(quota, config, new QuotaStats(), new CurrentGate());
        keeper.start();
        try {
            Sessions alone = new Sessions(keeper.gate(), 1);
            Sessions all = new Sessions(keeper.gate(), sessions);
            long nanos = SECONDS.toNanos(seconds);
            all.ask("warm", nanos / 4, 0);
            add(table, "one session, without a pause", alone.ask("alone", nanos / 4, 0));
            Result paced = all.ask("paced", nanos, PAUSE_NANOS);
            add(table, "each twice a second", paced);
            add(table, "the same without the gate", all.idle(nanos, PAUSE_NANOS, Math.round(paced.cpuMillis().median() * MILLISECONDS.toNanos(1))));
            add(table, "without a pause", all.ask("eager", nanos / 2, 0));
        }
        finally {
            keeper.stop();
        }
        return table;
    }

    private static void add(TextTable table, String name, Result result)
    {
        Samples millis = result.millis();
        table.add(
                name,
                format(Locale.ROOT, "%,d", millis.count()),
                format(Locale.ROOT, "%,.0f", millis.count() / result.seconds()),
                format(Locale.ROOT, "%.3f", result.cpuMillis().median()),
                format(Locale.ROOT, "%.3f", millis.percentile(50)),
                format(Locale.ROOT, "%.3f", millis.percentile(95)),
                format(Locale.ROOT, "%.3f", millis.percentile(99)),
                format(Locale.ROOT, "%.2f", millis.max()));
    }
}
