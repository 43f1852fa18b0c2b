package io.tarn.format.rcfile;

import io.airlift.slice.BasicSliceInput;
import io.airlift.slice.Slice;
import io.trino.hive.formats.FileCorruptionException;
import io.trino.hive.formats.ReadWriteUtils;
import io.trino.hive.formats.encodings.ColumnData;
import io.trino.hive.formats.encodings.ColumnEncoding;
import io.trino.spi.block.Block;

import static java.util.Objects.requireNonNull;

/**
 * The values of a column of a row group, given out from the first on.
 */
final class RcColumn
{
    private final ColumnEncoding encoding;
    private final BasicSliceInput lengths;
    private final Slice values;
    private int offset;
    private int lastLength = -1;
    private long repetitions;

    /**
     * @param lengths of the values, as the header of the row group has them: a negative number repeats the last
     * @param values one after the other
     */
    RcColumn(ColumnEncoding encoding, Slice lengths, Slice values)
    {
        this.encoding = requireNonNull(encoding, "encoding is null");
        this.lengths = lengths.getInput();
        this.values = requireNonNull(values, "values is null");
    }

    Block read(int rows)
            throws FileCorruptionException
    {
        int[] offsets = new int[rows + 1];
        offsets[0] = offset;
        for (int row = 1; row <= rows; row++) {
            int length = nextLength();
            if (length > values.length() - offset) {
                throw new FileCorruptionException("a value is said to have %s bytes, where %s are left", length, values.length() - offset);
            }
            offset += length;
            offsets[row] = offset;
        }
        return encoding.decodeColumn(new ColumnData(offsets, values));
    }

    private int nextLength()
            throws FileCorruptionException
    {
        if (repetitions > 0) {
            repetitions--;
            return lastLength;
        }
        if (!lengths.isReadable()) {
            throw new FileCorruptionException("it has fewer lengths of values than rows");
        }
        long length = ReadWriteUtils.readVInt(lengths);
        if (length < 0 && lastLength >= 0) {
            repetitions = ~length - 1;
            return lastLength;
        }
        if (length < 0 || length > values.length()) {
            throw new FileCorruptionException("a value is said to have %s bytes of %s", length, values.length());
        }
        lastLength = (int) length;
        return lastLength;
    }
}
