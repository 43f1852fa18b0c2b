package io.tarn.format.line.write;

import io.airlift.slice.Slice;
import io.tarn.format.FileCodec;
import io.tarn.storage.NewFile;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * Compresses into a file, and tells about how large the file would be if it ended here.
 */
public final class CompressedOutput
        implements Closeable
{
    private final NewFile file;
    private final FileCodec codec;
    private final OutputStream output;
    private long taken;
    // as of when the compressor last gave something out
    private long takenThen;
    private long givenThen;

    public CompressedOutput(NewFile file, FileCodec codec, OptionalInt level)
            throws IOException
    {
        this.file = requireNonNull(file, "file is null");
        this.codec = requireNonNull(codec, "codec is null");
        this.output = LineCompression.compress(codec, level, file.stream());
    }

    public void write(Slice bytes)
            throws IOException
    {
        output.write(bytes.byteArray(), bytes.byteArrayOffset(), bytes.length());
        taken += bytes.length();
        if (file.bytes() != givenThen) {
            givenThen = file.bytes();
            takenThen = taken;
        }
    }

    public long bytes()
    {
        if (codec == FileCodec.NONE) {
            return givenThen;
        }
        double ratio = takenThen == 0 ? 1 : (double) givenThen / takenThen;
        return givenThen + (long) ((taken - takenThen) * ratio);
    }

    public long memoryUsage()
    {
        return LineCompression.workingBytes(codec);
    }

    /**
     * Completes what is compressed, and lets go what the compressor holds; the file is not published.
     */
    @Override
    public void close()
            throws IOException
    {
        output.close();
    }
}
