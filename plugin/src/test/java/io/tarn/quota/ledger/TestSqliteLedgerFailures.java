package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;
import io.tarn.store.SqliteStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static io.tarn.quota.ledger.Queries.CREATED;
import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.ended;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.query;
import static io.tarn.quota.ledger.QueryState.FINISHED;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestSqliteLedgerFailures
{
    private static final List<Account> ACCOUNTS = ImmutableList.of(account("daily", "ann", 1L << 40));

    @TempDir
    private Path folder;

    private Path file;
    private SqliteDatabase database;

    @BeforeEach
    void createDatabase()
    {
        file = folder.resolve("new/folder/ledger.db");
        database = new SqliteDatabase(file);
    }

    @Test
    void testNoDatabase()
            throws Exception
    {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "remember the milk\n".repeat(100));
        assertThatThrownBy(() -> database.open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %s is damaged or not a SQLite database: restore it from a backup, or move it away to start with an empty quota ledger".formatted(file));
        assertThat(file).hasContent("remember the milk\n".repeat(100));
    }

    @Test
    void testDatabaseOfAnotherProgram()
            throws Exception
    {
        Files.createDirectories(file.getParent());
        database.execute("CREATE TABLE ledger_accounts (x INT)");
        assertThatThrownBy(() -> database.open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The file %s is a SQLite database, but not a quota ledger of Tarn's: set quota.ledger.url to another place, or move the file away".formatted(file));
        assertThat(database.number("SELECT count(*) FROM sqlite_master")).isEqualTo(1);
    }

    @Test
    void testNewerVersion()
    {
        database.open("c").close();
        database.execute("INSERT INTO ledger_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
        assertThatThrownBy(() -> database.open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %s was written by another version of Tarn than this: use that version, or set quota.ledger.url to another place".formatted(file));
    }

    @Test
    void testDamagedFile()
            throws Exception
    {
        try (Ledger ledger = database.open("c")) {
            for (int i = 0; i < 50; i++) {
                ledger.reserve(query("q" + i), ACCOUNTS, bytes(1), true);
            }
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
            byte[] garbage = new byte[4096];
            Arrays.fill(garbage, (byte) 0xAA);
            // every page but those that hold the schema
            for (long position = 3 * 4096; position < Files.size(file); position += 4096) {
                channel.position(position).write(ByteBuffer.wrap(garbage));
            }
        }
        assertThatThrownBy(() -> {
            try (Ledger ledger = database.open("c")) {
                ledger.reserve(query("q"), ACCOUNTS, bytes(1), true);
            }
        })
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("The quota ledger %s is damaged".formatted(file));
    }

    @Test
    void testReadOnlyFile()
    {
        database.open("c").close();
        SQLiteConfig config = SqliteStore.durableConfig();
        // the permissions of a file do not bind a test that root runs
        config.setReadOnly(true);
        assertThatThrownBy(() -> Ledger.open(database.config(), "c", UnaryOperator.identity(), config))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %s cannot be written: check the permissions of the file and its folder".formatted(file));
    }

    @Test
    void testPlacesThatAreNoFile()
            throws Exception
    {
        Files.createDirectories(file);
        assertThatThrownBy(() -> database.open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("The quota ledger %s cannot be written".formatted(file));
        Path text = Files.writeString(folder.resolve("text"), "x");
        assertThatThrownBy(() -> new SqliteDatabase(text.resolve("ledger.db")).open("c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("The folder of the quota ledger %s cannot be made".formatted(text.resolve("ledger.db")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x.db", "jdbc:sqlite:x.db?journal_mode=off", "jdbc:sqlite:\0"})
    void testUrlThatNamesNoFile(String url)
    {
        assertThatThrownBy(() -> Ledger.open(new LedgerConfig().setUrl(url), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("quota.ledger.url is " + url);
    }

    @Test
    void testUrlOfAnotherDatabase()
    {
        assertThatThrownBy(() -> Ledger.open(new LedgerConfig().setUrl("jdbc:mysql://ann:secret@host/quota?password=secret"), "c"))
                .isInstanceOf(LedgerException.class)
                .hasMessage("quota.ledger.url begins with jdbc:mysql:: use jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>");
    }

    @Test
    void testFullDisk()
    {
        database.open("c").close();
        SQLiteConfig config = SqliteStore.durableConfig();
        // to SQLite, a file that may not grow is a disk that is full
        config.setMaxPageCount(100);
        String text = "x".repeat(20_000);
        int acknowledged = 0;
        try (Ledger ledger = Ledger.open(database.config(), "full", UnaryOperator.identity(), config)) {
            LedgerException failure = null;
            while (failure == null) {
                QueryStart same = query("q" + acknowledged);
                QueryStart start = new QueryStart(same.queryId(), CREATED, same.workgroup(), same.user(), same.groups(), same.source(), text, "USD");
                try {
                    ledger.reserve(start, ACCOUNTS, bytes(10), true);
                    acknowledged++;
                }
                catch (LedgerException e) {
                    failure = e;
                }
            }
            assertThat(failure).hasMessage("The quota ledger %s cannot grow, its disk is full: free some space; nothing of this request was written".formatted(file));
            assertThat(acknowledged).isPositive();
            assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(new Balance(Cost.ZERO, bytes(10L * acknowledged)));
            // who has reserved can still settle
            assertThat(ledger.settle(finished("q0", bytes(4)))).isPresent();
            assertThat(ledger.queries(QueryFilter.ALL, Optional.empty(), 1000)).hasSize(acknowledged);
        }
        try (Ledger ledger = database.open("c")) {
            assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(new Balance(bytes(4), bytes(10L * (acknowledged - 1))));
            assertThat(ledger.settle(ended(query("q1"), FINISHED, bytes(4), ImmutableList.of()))).isPresent();
        }
        assertThat(database.accountsThatDisagree()).isZero();
    }

    @Test
    void testLockedByAnotherProcess()
            throws Exception
    {
        SQLiteConfig config = SqliteStore.durableConfig();
        config.setBusyTimeout(1);
        try (Ledger ledger = Ledger.open(database.config(), "c", UnaryOperator.identity(), config);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> ledger.reserve(query("q"), ACCOUNTS, bytes(1), true))
                    .isInstanceOf(LedgerException.class)
                    .hasMessage("The quota ledger %s is locked by another process: stop the other engine, or try again".formatted(file));
            // readers do not wait
            assertThat(ledger.balances(ImmutableList.of(ACCOUNTS.getFirst().key())).values()).containsExactly(Balance.ZERO);
            statement.execute("ROLLBACK");
            assertThat(ledger.reserve(query("q"), ACCOUNTS, bytes(1), true)).isInstanceOf(Reservation.Granted.class);
        }
    }

    @Test
    void testClosed()
    {
        Ledger ledger = database.open("c");
        ledger.close();
        assertThatThrownBy(ledger::changes)
                .isInstanceOf(LedgerException.class)
                .hasMessage("The quota ledger %s cannot be reached: The store is closed".formatted(file));
    }
}
