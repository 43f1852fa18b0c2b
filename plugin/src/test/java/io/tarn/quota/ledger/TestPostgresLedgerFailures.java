package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static com.google.common.base.Throwables.getStackTraceAsString;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestPostgresLedgerFailures
{
    private static final List<Account> ACCOUNTS = ImmutableList.of(account("daily", "ann", 1000));

    @TempDir
    private Path folder;

    @Test
    void testServerThatStopsAndStartsAgain()
            throws Exception
    {
        EmbeddedPostgres server = start(0);
        int port = server.getPort();
        PostgresDatabase database = PostgresDatabase.create(server);
        try (Ledger ledger = database.open("c");
                Ledger other = database.open("other")) {
            ledger.reserve(query("q1"), ACCOUNTS, bytes(10), true);
            other.reserve(query("q2"), ACCOUNTS, bytes(10), true);
            server.close();
            String message = "The quota ledger %s cannot be reached: ".formatted(database.url());
            String remedy = "Check that PostgreSQL runs there and accepts connections, or set quota.ledger.url to another place";
            assertThatThrownBy(() -> ledger.reserve(query("q3"), ACCOUNTS, bytes(10), true))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageEndingWith(remedy);
            assertThatThrownBy(ledger::renewLease)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageStartingWith(message);
            assertThatThrownBy(() -> database.open("third"))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageEndingWith(remedy);

            try (EmbeddedPostgres again = start(port)) {
                assertThat(again.getPort()).isEqualTo(port);
                // this one has tried in vain meanwhile, and the other not even that
                assertThat(ledger.settle(finished("q1", bytes(5)))).isPresent();
                assertThat(other.reserve(query("q2"), ACCOUNTS, bytes(20), true)).isInstanceOf(Reservation.Granted.class);
                assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(new Balance(bytes(5), bytes(20)));
                assertThat(database.accountsThatDisagree()).isZero();
            }
        }
    }

    private EmbeddedPostgres start(int port)
            throws IOException
    {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void testConnectionsThatAreCut()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        try (Ledger ledger = database.open("c")) {
            ledger.reserve(query("q1"), ACCOUNTS, bytes(10), true);
            // as a restart does while nobody calls
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            assertThat(ledger.reserve(query("q1"), ACCOUNTS, bytes(20), true)).isInstanceOf(Reservation.Granted.class);
            assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(new Balance(Cost.ZERO, bytes(20)));
        }
    }

    @Test
    void testNobodyListens()
            throws Exception
    {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Ledger.open(new LedgerConfig().setUrl("jdbc:postgresql://localhost:%s/quota?user=ann&password=secret".formatted(port)), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("The quota ledger jdbc:postgresql://localhost:%s/quota cannot be reached: ".formatted(port))
                .hasMessageNotContaining("secret");
    }

    @Test
    void testWrongUrls()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        assertThatThrownBy(() -> Ledger.open(new LedgerConfig().setUrl("jdbc:postgresql://ann:secret@localhost:x/quota?password=secret"), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger jdbc:postgresql://localhost:x/quota is not at a URL of PostgreSQL: write jdbc:postgresql://<host>:<port>/<database>")
                // logs have the whole trace
                .satisfies(failure -> assertThat(getStackTraceAsString(failure)).doesNotContain("secret"));
        assertThatThrownBy(() -> Ledger.open(database.config().setUrl(database.url() + "missing"), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %smissing does not exist: create the database, or set quota.ledger.url to another place".formatted(database.url()));
        assertThatThrownBy(() -> Ledger.open(database.config().setUser("nobody"), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("The quota ledger %s refuses the user: ".formatted(database.url()));
    }

    @Test
    void testUserWithoutRights()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        database.execute("CREATE USER poor PASSWORD 'poor'");
        LedgerConfig config = database.config().setUser("poor").setPassword("poor");
        assertThatThrownBy(() -> Ledger.open(config, "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("may not be used by the configured user")
                .hasMessageContaining("Grant it CREATE on the database, or all on the schema tarn_ledger");
        database.execute("GRANT CREATE ON DATABASE %s TO poor".formatted(database.name()));
        try (Ledger ledger = Ledger.open(config, "c")) {
            assertThat(ledger.changes()).isEqualTo(Changes.NONE);
        }
    }

    @Test
    void testNewerVersion()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        // what else is in the database is nobody's business
        database.execute("CREATE TABLE public.ledger_accounts (x INT)");
        database.open("c").close();
        database.execute("INSERT INTO ledger_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, true)");
        assertThatThrownBy(() -> database.open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %s was written by another version of Tarn than this: use that version, or set quota.ledger.url to another place".formatted(database.url()));
    }

    @Test
    void testLockedForTooLong()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        try (Ledger ledger = database.open("c")) {
            ledger.reserve(query("q1"), ACCOUNTS, bytes(10), true);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SELECT * FROM ledger_accounts FOR UPDATE");
                assertThatThrownBy(() -> ledger.reserve(query("q2"), ACCOUNTS, bytes(10), true))
                        .isInstanceOf(LedgerException.class)
                        .hasMessage("The quota ledger %s is locked by another session for too long: end that session, or try again".formatted(database.url()));
                // readers do not wait
                assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(new Balance(Cost.ZERO, bytes(10)));
                connection.rollback();
            }
            assertThat(ledger.reserve(query("q2"), ACCOUNTS, bytes(10), true)).isInstanceOf(Reservation.Granted.class);
        }
    }

    @Test
    void testOpenedTogether()
            throws Exception
    {
        PostgresDatabase database = PostgresDatabase.create();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<Changes>> changes = ImmutableList.of("a", "b", "c", "d").stream()
                    .map(name -> executor.submit(() -> {
                        start.await();
                        try (Ledger ledger = database.open(name)) {
                            return ledger.changes();
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<Changes> opened : changes) {
                assertThat(opened.get()).isEqualTo(Changes.NONE);
            }
        }
        assertThat(database.number("SELECT count(*) FROM ledger_coordinators")).isEqualTo(4);
    }
}
