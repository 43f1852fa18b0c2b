package io.tarn.server.glue;

import io.tarn.store.Dialect;
import io.tarn.store.PostgresStore;
import io.tarn.store.SqliteStore;
import io.tarn.store.Store;
import io.tarn.store.StoreException;
import io.tarn.store.StoreKind;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import static io.tarn.server.glue.GlueErrors.internalService;
import static java.util.Objects.requireNonNull;

/**
 * The catalogue's database: what a transaction wrote is on the disk when {@link #write} returns, and nothing of one that
 * failed is. Readers see the state of one moment and never wait for a writer.
 */
public final class GlueStore
        implements AutoCloseable
{
    private static final StoreKind KIND = new StoreKind(
            "catalogue file",
            "catalogue",
            "choose another data folder",
            // "Tarn" in ASCII
            0x5461726E,
            "glue",
            GlueStore.class.getClassLoader());

    // "Tarn" in ASCII; locks of other programs in the same database have other numbers
    private static final long WRITER_LOCK = 0x5461726E;

    private final Store store;
    private final PageTokens pageTokens;

    private GlueStore(Store store)
    {
        this.store = requireNonNull(store, "store is null");
        this.pageTokens = new PageTokens(store.write(handle -> new GlueTransaction(handle).settings().secret("page_token_secret")));
    }

    /**
     * Opens the store, which is made where the file does not exist.
     *
     * @throws GlueStoreException where the file is damaged, another program's, or cannot be written; the message names
     *         the file and the remedy
     */
    public static GlueStore open(Path databaseFile)
    {
        return open(databaseFile, SqliteStore.durableConfig());
    }

    /**
     * Opens the store in a PostgreSQL database, where its tables are made in the schema {@code tarn_glue} if there are
     * none. Several processes may share it.
     *
     * @param url {@code jdbc:postgresql://host:port/database}
     * @throws GlueStoreException where the database cannot be reached or used
     */
    public static GlueStore open(String url, Optional<String> user, Optional<String> password)
    {
        try {
            return new GlueStore(PostgresStore.open(KIND, url, user, password));
        }
        catch (StoreException e) {
            throw new GlueStoreException(e.getMessage(), e);
        }
    }

    static GlueStore open(Path file, SQLiteConfig config)
    {
        try {
            return new GlueStore(SqliteStore.open(KIND, file, config));
        }
        catch (StoreException e) {
            throw new GlueStoreException(e.getMessage(), e);
        }
    }

    PageTokens pageTokens()
    {
        return pageTokens;
    }

    <R> R read(Function<GlueTransaction, R> work)
    {
        try {
            return store.read(handle -> work.apply(new GlueTransaction(handle)));
        }
        catch (StoreException e) {
            throw internalService(e.getMessage(), e);
        }
    }

    <R> R write(Function<GlueTransaction, R> work)
    {
        try {
            return store.write(handle -> {
                if (store.dialect() == Dialect.POSTGRESQL) {
                    // one writer at a time, as in a file: what it has read is still so when it writes
                    handle.createQuery("SELECT pg_advisory_xact_lock(:lock)").bind("lock", WRITER_LOCK).mapToMap().one();
                }
                return work.apply(new GlueTransaction(handle));
            });
        }
        catch (StoreException e) {
            throw internalService(e.getMessage(), e);
        }
    }

    @Override
    public void close()
    {
        try {
            store.close();
        }
        catch (StoreException e) {
            throw new GlueStoreException(e.getMessage(), e);
        }
    }
}
