package io.tarn.format;

import io.trino.spi.Page;

/**
 * One file that is being written, by one thread at a time. Under its name nothing is to be seen before
 * {@link #finish} has returned.
 */
public interface FileSink
{
    /**
     * Takes rows; the page has one block for each field of {@link FileSchema#fields()}, in their order and of the types
     * that {@link io.tarn.type.HiveTypes} gives them.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_WRITE} for a value that the format cannot hold, with the
     *         column and the value; {@code TARN_WRITER_ERROR} where the storage fails; after either the sink is only to
     *         be aborted
     */
    void append(Page page);

    /**
     * About how many bytes the file would have if it were finished now.
     */
    long bytes();

    /**
     * What is held in memory, in bytes.
     */
    long memoryUsage();

    /**
     * Completes the file, which then is in the storage under its name, whole. Called once, and nothing after it.
     *
     * @throws io.trino.spi.TrinoException as {@link #append} does; the file is not there then
     */
    FileSummary finish();

    /**
     * Gives the file up: nothing of it stays under its name, and what is held is let go. Does nothing after a second
     * call, and does not throw.
     */
    void abort();
}
