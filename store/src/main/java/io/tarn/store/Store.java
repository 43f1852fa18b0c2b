package io.tarn.store;

import org.jdbi.v3.core.Handle;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A database of Tarn's own: what a transaction wrote is on the disk when {@link #write} returns, and nothing of one
 * that failed is. Readers see the state of one moment and never wait for a writer.
 * <p>
 * Safe to call from many threads. What the work itself throws passes through unchanged, after the transaction was taken
 * back; failures of the database are {@link StoreException}s. The handle is the work's to use and not to keep.
 */
public interface Store
        extends AutoCloseable
{
    /**
     * Work that reads, to be run in a transaction; it may be run a second time where the connection broke.
     */
    <R> R read(Function<Handle, R> work);

    /**
     * Work that is one statement, and reads: quicker than {@link #read}, as there is no transaction to begin and to end.
     * It may be run a second time where the connection broke.
     */
    <R> R ask(Function<Handle, R> work);

    /**
     * Work that writes, to be run in a transaction; it may be run a second time where the connection broke before the
     * commit.
     *
     * @param keep whether the transaction is to be committed, by what the work gave back
     */
    <R> R write(Function<Handle, R> work, Predicate<R> keep);

    default <R> R write(Function<Handle, R> work)
    {
        return write(work, _ -> true);
    }

    Dialect dialect();

    @Override
    void close();
}
