package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.trino.hive.formats.line.LineReader;
import io.trino.hive.formats.line.sequence.SequenceFileReader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The values of a SequenceFile, which are texts or bytes; its keys are passed over. The file itself says how it is
 * compressed, record by record or in blocks. It is read from its start to its end, once.
 */
final class SequenceRecords
        implements RecordLayout
{
    static final SequenceRecords SEQUENCE_RECORDS = new SequenceRecords();

    /**
     * Hadoop's block, and what it grows by where it cannot be compressed.
     */
    private static final long BLOCK_BYTES = 2 * 1024 * 1024;

    private SequenceRecords() {}

    @Override
    public String noun()
    {
        return "Record";
    }

    @Override
    public boolean compressedByExtension()
    {
        return false;
    }

    @Override
    public boolean splittable()
    {
        return false;
    }

    @Override
    public long aheadBytes()
    {
        return BLOCK_BYTES;
    }

    @Override
    public LineReader open(InputStream stream, FileSlice slice, boolean decompressed)
            throws IOException
    {
        return new SequenceFileReader(new SequentialFile(slice.location(), slice.fileLength(), new BufferedInputStream(stream, TextLines.READ_BUFFER_SIZE)), 0, slice.fileLength());
    }
}
