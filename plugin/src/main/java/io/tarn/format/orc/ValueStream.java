package io.tarn.format.orc;

import io.airlift.slice.Slice;
import io.tarn.format.FileErrors;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.stream.OrcDataReader;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/**
 * A stream of values, which nobody reads past its end: rows tell how many values there are. The library's decoders
 * believe what a run of values says of its own length. Where the stream ends within one, the library would count down
 * through all integers before it goes on with whatever its buffer held before; so to it the stream is without an end,
 * and what lies behind the end is asked of this, which refuses it.
 */
final class ValueStream
        implements OrcDataReader
{
    /**
     * What the library takes for the stream's size. No position in a stream is as large.
     */
    static final int WITHOUT_END = Integer.MAX_VALUE;

    /**
     * The library calls itself for each chunk without content.
     */
    private static final int MAX_EMPTY_CHUNKS = 1000;
    private static final int CHUNK_HEADER_SIZE = 3;

    private final OrcDataReader stream;
    private final FileErrors errors;
    private boolean unchecked;

    /**
     * @param chunked whether the stream consists of chunks with headers, as it does in compressed files
     */
    ValueStream(OrcDataReader stream, boolean chunked, FileErrors errors)
    {
        this.stream = requireNonNull(stream, "stream is null");
        this.errors = requireNonNull(errors, "errors is null");
        unchecked = chunked;
    }

    @Override
    public OrcDataSourceId getOrcDataSourceId()
    {
        return stream.getOrcDataSourceId();
    }

    @Override
    public long getRetainedSize()
    {
        return stream.getRetainedSize();
    }

    @Override
    public int getSize()
    {
        return WITHOUT_END;
    }

    @Override
    public int getMaxBufferSize()
    {
        return stream.getMaxBufferSize();
    }

    /**
     * @throws io.trino.spi.TrinoException {@code TARN_BAD_DATA} where no byte of the stream is at the position, or too
     *         many of its chunks have none
     */
    @Override
    public Slice seekBuffer(int position)
            throws IOException
    {
        if (position < 0 || position >= stream.getSize()) {
            throw errors.badData("a stream of %s bytes ends before the values that it is said to hold".formatted(stream.getSize()));
        }
        if (unchecked) {
            checkChunks(stream.seekBuffer(0));
            unchecked = false;
        }
        return stream.seekBuffer(position);
    }

    private void checkChunks(Slice bytes)
    {
        int empty = 0;
        int position = 0;
        while (position <= bytes.length() - CHUNK_HEADER_SIZE) {
            int length = (bytes.getUnsignedByte(position) | bytes.getUnsignedByte(position + 1) << 8 | bytes.getUnsignedByte(position + 2) << 16) >>> 1;
            empty = length == 0 ? empty + 1 : 0;
            if (empty > MAX_EMPTY_CHUNKS) {
                throw errors.badData("a stream has more than %s chunks without content, one after the other".formatted(MAX_EMPTY_CHUNKS));
            }
            position += CHUNK_HEADER_SIZE + length;
        }
    }
}
