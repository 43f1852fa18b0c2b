package io.tarn.quota.ledger;

import io.tarn.store.PostgresStore;
import io.tarn.store.SqliteStore;
import io.tarn.store.Store;
import io.tarn.store.StoreException;
import io.tarn.store.StoreKind;
import org.sqlite.SQLiteConfig;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * The ledger's database, in transactions of its own rows and failures of its own type.
 */
final class LedgerStore
        implements AutoCloseable
{
    private static final StoreKind KIND = new StoreKind(
            "quota ledger",
            "quota ledger",
            "set quota.ledger.url to another place",
            // "TarQ" in ASCII
            0x54617251,
            "ledger",
            LedgerStore.class.getClassLoader());

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final Store store;
    private final LedgerClock clock;
    private final String coordinator;

    private LedgerStore(Store store, LedgerClock clock, String coordinator)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.coordinator = requireNonNull(coordinator, "coordinator is null");
    }

    static LedgerStore open(LedgerConfig config, String coordinator, UnaryOperator<LedgerClock> clock, SQLiteConfig sqliteConfig)
    {
        try {
            Store store = open(config, sqliteConfig);
            return new LedgerStore(store, clock.apply(LedgerClock.of(store.dialect())), coordinator);
        }
        catch (StoreException e) {
            throw new LedgerException(e.getMessage(), e);
        }
    }

    private static Store open(LedgerConfig config, SQLiteConfig sqliteConfig)
    {
        String url = config.getUrl();
        if (url.startsWith(POSTGRESQL)) {
            return PostgresStore.open(KIND, url, config.getUser(), config.getPassword());
        }
        if (url.startsWith(SQLITE)) {
            return SqliteStore.open(KIND, file(url), sqliteConfig);
        }
        throw new LedgerException("quota.ledger.url begins with %s: use jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>".formatted(url.replaceFirst("//.*|\\?.*", "")));
    }

    private static Path file(String url)
    {
        String file = url.substring(SQLITE.length());
        // a ledger in memory would forget, and what is behind a question mark would change how safely it is written
        if (file.isBlank() || file.startsWith(":") || file.startsWith("file:") || file.contains("?")) {
            throw new LedgerException("quota.ledger.url is %s: write jdbc:sqlite: and the path of a file, nothing else".formatted(url));
        }
        try {
            return Path.of(file);
        }
        catch (InvalidPathException e) {
            throw new LedgerException("quota.ledger.url is %s, which names no file: %s".formatted(url, e.getMessage()), e);
        }
    }

    <R> R read(Function<LedgerTransaction, R> work)
    {
        return failing(() -> store.read(handle -> work.apply(new LedgerTransaction(handle, store.dialect(), clock, coordinator))));
    }

    /**
     * For one statement that reads.
     */
    <R> R ask(Function<LedgerTransaction, R> work)
    {
        return failing(() -> store.ask(handle -> work.apply(new LedgerTransaction(handle, store.dialect(), clock, coordinator))));
    }

    <R> R write(Function<LedgerTransaction, R> work)
    {
        return write(work, _ -> true);
    }

    /**
     * @param keep whether what was written is to stay, by what the work gave back
     */
    <R> R write(Function<LedgerTransaction, R> work, Predicate<R> keep)
    {
        return failing(() -> store.write(handle -> work.apply(new LedgerTransaction(handle, store.dialect(), clock, coordinator)), keep));
    }

    private static <R> R failing(Supplier<R> work)
    {
        try {
            return work.get();
        }
        catch (StoreException e) {
            throw new LedgerException(e.getMessage(), e);
        }
        catch (ArithmeticException e) {
            throw new LedgerException("An account of the quota ledger would hold more than 2^63 bytes or billionths of the currency; nothing of this request was written", e);
        }
    }

    @Override
    public void close()
    {
        try {
            store.close();
        }
        catch (StoreException e) {
            throw new LedgerException(e.getMessage(), e);
        }
    }
}
