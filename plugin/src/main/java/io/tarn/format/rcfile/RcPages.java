package io.tarn.format.rcfile;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.BasicSliceInput;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileColumn;
import io.tarn.format.PageReader;
import io.tarn.format.line.source.WholeFile;
import io.trino.hive.formats.FileCorruptionException;
import io.trino.hive.formats.ReadWriteUtils;
import io.trino.hive.formats.encodings.ColumnData;
import io.trino.hive.formats.encodings.ColumnEncoding;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * The rows of a file, one row group after the other.
 */
final class RcPages
        implements PageReader
{
    /**
     * Of a row group's header, and of one of its columns. Writers begin another row group at four megabytes.
     */
    private static final int MAX_PART_LENGTH = 256 * 1024 * 1024;

    private final WholeFile file;
    private final RcInput input;
    private final RcHeader header;
    private final List<FileColumn> columns;
    private final List<ColumnEncoding> encodings;
    private final LocalMemoryContext memoryUsage;
    private Map<Integer, RcColumn> group = Map.of();
    private long groupRows;

    /**
     * @param encodings of the columns
     */
    RcPages(WholeFile file, long fileLength, List<FileColumn> columns, List<ColumnEncoding> encodings, LocalMemoryContext memoryUsage)
            throws IOException
    {
        this.file = requireNonNull(file, "file is null");
        this.columns = ImmutableList.copyOf(columns);
        this.encodings = ImmutableList.copyOf(encodings);
        this.memoryUsage = requireNonNull(memoryUsage, "memoryUsage is null");
        this.input = new RcInput(file.stream(), fileLength);
        this.header = RcHeader.read(input);
    }

    @Override
    public SourcePage nextPage()
            throws IOException
    {
        while (groupRows == 0) {
            if (input.isAtEnd()) {
                return null;
            }
            readGroup();
        }
        int rows = (int) min(groupRows, ColumnData.MAX_SIZE);
        groupRows -= rows;
        Block[] blocks = new Block[columns.size()];
        for (int channel = 0; channel < blocks.length; channel++) {
            RcColumn column = group.get(columns.get(channel).ordinal());
            blocks[channel] = column == null ? RunLengthEncodedBlock.create(columns.get(channel).type(), null, rows) : column.read(rows);
        }
        return SourcePage.create(new Page(rows, blocks));
    }

    private void readGroup()
            throws IOException
    {
        group = Map.of();
        int length = input.readInt();
        if (length == -1) {
            if (!input.readSlice(RcHeader.SYNC_LENGTH, "a mark").equals(header.sync())) {
                throw new FileCorruptionException("the mark before byte %s is not the file's", input.position());
            }
            if (input.isAtEnd()) {
                return;
            }
            length = input.readInt();
        }
        if (length <= 0) {
            throw new FileCorruptionException("the row group at byte %s is said to have %s bytes", input.position(), length);
        }
        int headerLength = input.readInt();
        Slice stored = input.readSlice(input.readInt(), "the header of a row group");
        readColumns(part(stored, headerLength).getInput());
    }

    private void readColumns(BasicSliceInput groupHeader)
            throws IOException
    {
        long rows = number(groupHeader);
        Map<Integer, RcColumn> read = new HashMap<>();
        long heldBytes = file.retainedBytes() + groupHeader.length();
        for (int ordinal = 0; ordinal < header.columnCount(); ordinal++) {
            int storedLength = length(number(groupHeader));
            int valuesLength = length(number(groupHeader));
            int lengthsLength = length(number(groupHeader));
            if (lengthsLength > groupHeader.available()) {
                throw new FileCorruptionException("the header of the row group before byte %s is shorter than it says", input.position());
            }
            Slice lengths = groupHeader.readSlice(lengthsLength);
            int channel = channel(ordinal);
            if (channel < 0) {
                input.skip(storedLength, "a column");
            }
            else {
                Slice values = part(input.readSlice(storedLength, "a column"), valuesLength);
                heldBytes += values.length();
                read.put(ordinal, new RcColumn(encodings.get(channel), lengths, values));
            }
        }
        group = read;
        groupRows = rows;
        memoryUsage.setBytes(heldBytes);
    }

    private int channel(int ordinal)
    {
        for (int channel = 0; channel < columns.size(); channel++) {
            if (columns.get(channel).ordinal() == ordinal) {
                return channel;
            }
        }
        return -1;
    }

    private Slice part(Slice stored, int length)
            throws IOException
    {
        if (header.decompressor().isEmpty()) {
            if (stored.length() != length) {
                throw new FileCorruptionException("a part before byte %s is said to have %s bytes, and has %s", input.position(), length, stored.length());
            }
            return stored;
        }
        Slice part = Slices.allocate(length(length));
        header.decompressor().get().decompress(stored, part);
        return part;
    }

    private long number(BasicSliceInput groupHeader)
            throws FileCorruptionException
    {
        try {
            long number = ReadWriteUtils.readVInt(groupHeader);
            if (number >= 0 && number <= Integer.MAX_VALUE) {
                return number;
            }
        }
        catch (IndexOutOfBoundsException _) {
            // reported below together with what is out of range
        }
        throw new FileCorruptionException("the header of the row group before byte %s is damaged", input.position());
    }

    private int length(long length)
            throws FileCorruptionException
    {
        if (length < 0 || length > MAX_PART_LENGTH) {
            throw new FileCorruptionException("a part of the row group before byte %s is said to have %s bytes, and may have %s", input.position(), length, MAX_PART_LENGTH);
        }
        return (int) length;
    }

    @Override
    public long readBytes()
    {
        return file.bytesRead();
    }

    @Override
    public long readTimeNanos()
    {
        return file.readNanos();
    }

    @Override
    public void close()
            throws IOException
    {
        group = Map.of();
        file.close();
    }
}
