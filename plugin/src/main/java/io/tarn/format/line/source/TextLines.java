package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.trino.hive.formats.line.LineReader;
import io.trino.hive.formats.line.text.TextLineReader;

import java.io.IOException;
import java.io.InputStream;

/**
 * Lines that end with LF, CR LF or CR.
 */
final class TextLines
        implements RecordLayout
{
    static final TextLines TEXT_LINES = new TextLines();

    static final int READ_BUFFER_SIZE = 64 * 1024;

    private TextLines() {}

    @Override
    public String noun()
    {
        return "Line";
    }

    @Override
    public boolean compressedByExtension()
    {
        return true;
    }

    @Override
    public boolean splittable()
    {
        return true;
    }

    @Override
    public long aheadBytes()
    {
        return 0;
    }

    @Override
    public LineReader open(InputStream stream, FileSlice slice, boolean decompressed)
            throws IOException
    {
        if (decompressed) {
            return TextLineReader.createUncompressedReader(stream, READ_BUFFER_SIZE);
        }
        return TextLineReader.createUncompressedReader(new SliceEndStream(stream, slice.start() + slice.length()), READ_BUFFER_SIZE, slice.start(), slice.length());
    }
}
