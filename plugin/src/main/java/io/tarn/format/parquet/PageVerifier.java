package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.spi.TrinoException;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Follows the pages of one column chunk as its bytes arrive. The reader allocates what a page's header announces and
 * ignores the page's checksum; both are looked at here first.
 */
final class PageVerifier
{
    /**
     * Headers carry a page's smallest and largest value; those of sound files stay far below this.
     */
    private static final int MAX_HEADER_SIZE = 1 << 24;
    private static final int USUAL_HEADER_SIZE = 1 << 16;

    private final FileChunk chunk;
    private final long maxPageSize;
    private final boolean verifyChecksums;
    private final ParquetErrors errors;
    private final Listener listener;

    private final CRC32 checksum = new CRC32();
    private Slice headerStart = Slices.EMPTY_SLICE;
    private long valuesSeen;
    private int bodyRemaining;
    private boolean checksumExpected;
    private int expectedChecksum;

    PageVerifier(FileChunk chunk, long maxPageSize, boolean verifyChecksums, ParquetErrors errors, Listener listener)
    {
        this.chunk = requireNonNull(chunk, "chunk is null");
        this.maxPageSize = maxPageSize;
        this.verifyChecksums = verifyChecksums;
        this.errors = requireNonNull(errors, "errors is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * Takes in the bytes that follow those of the last call.
     *
     * @throws TrinoException {@code TARN_BAD_DATA} where a header is none or announces what cannot be, or a page does
     *         not have its checksum
     */
    void accept(Slice bytes)
    {
        int position = 0;
        while (position < bytes.length()) {
            if (bodyRemaining > 0) {
                position += acceptBody(bytes, position);
            }
            else if (valuesSeen < chunk.valueCount()) {
                position += acceptHeader(bytes, position);
            }
            else {
                // some writers pad a chunk
                return;
            }
        }
    }

    private int acceptBody(Slice bytes, int position)
    {
        int length = min(bodyRemaining, bytes.length() - position);
        bodyRemaining -= length;
        listener.body(bytes.slice(position, length));
        if (checksumExpected) {
            checksum.update(bytes.byteArray(), bytes.byteArrayOffset() + position, length);
            if (bodyRemaining == 0 && (int) checksum.getValue() != expectedChecksum) {
                throw damaged("a page's checksum is %08x, but its header says %08x".formatted((int) checksum.getValue(), expectedChecksum));
            }
        }
        return length;
    }

    private int acceptHeader(Slice bytes, int position)
    {
        int available = bytes.length() - position;
        int taken = headerStart.length() == 0 ? available : min(available, USUAL_HEADER_SIZE);
        while (true) {
            Slice header = headerStart.length() == 0 ? bytes.slice(position, available) : concat(headerStart, bytes.slice(position, taken));
            int end = headerEnd(header);
            if (end >= 0) {
                begin(readHeader(header.slice(0, end)));
                int consumed = end - headerStart.length();
                headerStart = Slices.EMPTY_SLICE;
                return consumed;
            }
            if (taken == available) {
                if (header.length() > MAX_HEADER_SIZE) {
                    throw damaged("a page's header is longer than %s bytes".formatted(MAX_HEADER_SIZE));
                }
                headerStart = header.copy();
                return available;
            }
            taken = available;
        }
    }

    private int headerEnd(Slice header)
    {
        try {
            return CompactThrift.structEnd(header, 0);
        }
        catch (IllegalArgumentException e) {
            throw damaged("a page's header is none: " + e.getMessage());
        }
    }

    private PageHeader readHeader(Slice header)
    {
        try {
            return Util.readPageHeader(header.getInput());
        }
        catch (IOException e) {
            throw damaged("a page's header is none: " + e.getMessage());
        }
    }

    private void begin(PageHeader header)
    {
        int size = header.getCompressed_page_size();
        if (size < 0 || size > chunk.size()) {
            throw damaged("a page is said to take %s bytes of a column chunk of %s".formatted(size, chunk.size()));
        }
        int uncompressed = header.getUncompressed_page_size();
        if (uncompressed < 0) {
            throw damaged("a page is said to take %s bytes uncompressed".formatted(uncompressed));
        }
        if (uncompressed > maxPageSize) {
            throw errors.limitExceeded("a page of column '%s' takes %s bytes uncompressed, more than the %s allowed".formatted(chunk.column(), uncompressed, maxPageSize), "parquet.max-page-read-size");
        }
        checkValues(header);
        bodyRemaining = size;
        checksumExpected = verifyChecksums && header.isSetCrc() && size > 0;
        expectedChecksum = header.getCrc();
        checksum.reset();
        listener.header(header);
    }

    private void checkValues(PageHeader header)
    {
        switch (header.getType()) {
            case DICTIONARY_PAGE -> {
                require(header.isSetDictionary_page_header(), header.getType());
                int values = header.getDictionary_page_header().getNum_values();
                if (values < 0 || values > header.getUncompressed_page_size()) {
                    throw damaged("a dictionary of %s bytes is said to hold %s values".formatted(header.getUncompressed_page_size(), values));
                }
            }
            case DATA_PAGE -> {
                require(header.isSetData_page_header(), header.getType());
                countValues(header.getData_page_header().getNum_values());
            }
            case DATA_PAGE_V2 -> {
                require(header.isSetData_page_header_v2(), header.getType());
                DataPageHeaderV2 page = header.getData_page_header_v2();
                long levels = (long) page.getRepetition_levels_byte_length() + page.getDefinition_levels_byte_length();
                if (page.getRepetition_levels_byte_length() < 0 || page.getDefinition_levels_byte_length() < 0 || levels > min(header.getCompressed_page_size(), header.getUncompressed_page_size())) {
                    throw damaged("a page of %s bytes is said to hold levels of %s".formatted(header.getCompressed_page_size(), levels));
                }
                countValues(page.getNum_values());
            }
            case INDEX_PAGE -> {}
        }
    }

    private void require(boolean present, PageType type)
    {
        if (!present) {
            throw damaged("a page's header lacks the part that describes a " + type);
        }
    }

    private void countValues(int values)
    {
        // the reader holds an int for every value of a page
        if (values < 0 || values > chunk.valueCount() - valuesSeen || values > maxPageSize / Integer.BYTES) {
            throw damaged("a page is said to hold %s values where the column chunk has %s left".formatted(values, chunk.valueCount() - valuesSeen));
        }
        valuesSeen += values;
    }

    private static Slice concat(Slice first, Slice second)
    {
        Slice joined = Slices.allocate(first.length() + second.length());
        joined.setBytes(0, first);
        joined.setBytes(first.length(), second);
        return joined;
    }

    private TrinoException damaged(String problem)
    {
        return errors.badData(Optional.of(chunk.column()), problem, null);
    }

    /**
     * Is told of what was found sound: a page's header, then its body as it arrives.
     */
    interface Listener
    {
        Listener NONE = new Listener()
        {
            @Override
            public void header(PageHeader header) {}

            @Override
            public void body(Slice bytes) {}
        };

        void header(PageHeader header);

        void body(Slice bytes);
    }
}
