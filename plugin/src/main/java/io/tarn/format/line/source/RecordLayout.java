package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.trino.hive.formats.line.LineReader;

import java.io.IOException;
import java.io.InputStream;

/**
 * How the records of a file follow one another, which a table's input format tells. What is said of lines elsewhere in
 * this package is true of records.
 */
public interface RecordLayout
{
    /**
     * What a record is called in a message.
     */
    String noun();

    /**
     * Whether the extension of a file's name tells how the whole file is compressed.
     */
    boolean compressedByExtension();

    /**
     * Whether a record can be found from any place of a file that is not compressed.
     */
    boolean splittable();

    /**
     * What of a file must be there before its first record can come out, at most, beside what a decompressor needs.
     */
    long aheadBytes();

    /**
     * @param stream the file from the slice's start, decompressed where {@code decompressed}
     * @throws IOException where the file does not begin as it must
     */
    LineReader open(InputStream stream, FileSlice slice, boolean decompressed)
            throws IOException;
}
