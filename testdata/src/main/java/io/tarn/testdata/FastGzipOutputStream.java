package io.tarn.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

import static java.util.zip.Deflater.BEST_SPEED;

final class FastGzipOutputStream
        extends GZIPOutputStream
{
    private static final int BUFFER_SIZE = 1 << 15;

    FastGzipOutputStream(OutputStream output)
            throws IOException
    {
        super(output, BUFFER_SIZE);
        def.setLevel(BEST_SPEED);
    }

    /**
     * Completes the gzip and lets go of the compressor; unlike {@link #close} it leaves the underlying stream open.
     */
    void complete()
            throws IOException
    {
        try {
            finish();
        }
        finally {
            def.end();
        }
    }
}
