package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.trino.hive.formats.line.LineReader;

import java.io.InputStream;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * JSON values that are not a line each: the elements of an array in a document, or documents one after the other.
 *
 * @param array the key of the array, in each of the file's documents; empty where the documents themselves are records
 */
public record JsonElements(Optional<String> array)
        implements RecordLayout
{
    public JsonElements
    {
        requireNonNull(array, "array is null");
    }

    @Override
    public String noun()
    {
        return "Record";
    }

    @Override
    public boolean compressedByExtension()
    {
        return true;
    }

    @Override
    public boolean splittable()
    {
        return false;
    }

    @Override
    public long aheadBytes()
    {
        return 0;
    }

    @Override
    public LineReader open(InputStream stream, FileSlice slice, boolean decompressed)
    {
        return new JsonElementReader(stream, array);
    }
}
