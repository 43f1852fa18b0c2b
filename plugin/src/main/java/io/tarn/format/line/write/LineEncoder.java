package io.tarn.format.line.write;

import io.airlift.slice.DynamicSliceOutput;
import io.trino.spi.Page;

import java.io.IOException;

/**
 * Makes lines of rows. Not thread-safe, made anew for every file.
 */
public interface LineEncoder
{
    /**
     * Appends the line of a row, without its end.
     *
     * @param line where the line begins at the first byte
     * @return whether the line is certain to be one line, and to give the same values back when it is read; where it
     *         may not be, it is read back before it is written
     * @throws UnwritableValueException for a value that such a line cannot hold
     * @throws IOException where a value could not be encoded
     */
    boolean encode(Page page, int position, DynamicSliceOutput line)
            throws IOException;
}
