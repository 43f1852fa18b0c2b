package io.tarn.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import static java.util.Objects.requireNonNull;

/**
 * One object of the sample lake, not yet made.
 *
 * @param key where it belongs below the lake's bucket, as {@code raw/zipcodes/zipcodes.csv}
 * @param rows how many rows it holds, the header left out
 * @param writer makes the bytes; can be called any number of times and by any thread, and gives the same bytes each time
 */
public record SampleObject(String key, long rows, Writer writer)
{
    public SampleObject
    {
        requireNonNull(key, "key is null");
        requireNonNull(writer, "writer is null");
    }

    /**
     * Writes the object to a stream as it is made, in bounded memory. The stream is left open.
     */
    public void writeTo(OutputStream output)
            throws IOException
    {
        writer.write(output);
    }

    /**
     * The object's bytes, for objects that are known to be small.
     */
    public byte[] bytes()
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    public interface Writer
    {
        /**
         * Must not close the stream.
         */
        void write(OutputStream output)
                throws IOException;
    }
}
