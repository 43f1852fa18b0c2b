package io.tarn.format;

import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.Closeable;
import java.io.IOException;

/**
 * A library's reader of one file, together with the source of its bytes.
 */
public interface PageReader
        extends Closeable
{
    /**
     * The next rows, whose columns may be decoded when they are looked at; null after the last.
     */
    SourcePage nextPage()
            throws IOException;

    /**
     * Bytes that were fetched so far.
     */
    long readBytes();

    /**
     * How long that took, in nanoseconds.
     */
    long readTimeNanos();

    default Metrics metrics()
    {
        return Metrics.EMPTY;
    }
}
