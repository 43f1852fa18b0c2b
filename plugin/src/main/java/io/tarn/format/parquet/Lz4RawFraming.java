package io.tarn.format.parquet;

import io.airlift.slice.DynamicSliceOutput;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import static java.lang.Integer.reverseBytes;
import static java.lang.Math.min;

/**
 * Lets a reader that knows LZ4 in Hadoop's framing alone read LZ4_RAW, which is the same without the frame: two sizes
 * before a page's compressed bytes. Arrow and DuckDB write it when they are asked for LZ4.
 */
final class Lz4RawFraming
        implements PageVerifier.Listener
{
    private static final int FRAME_SIZE = 2 * Integer.BYTES;

    private DynamicSliceOutput output = new DynamicSliceOutput(0);
    private int levelsRemaining;
    private boolean frameDue;
    private int compressedSize;
    private int uncompressedSize;

    /**
     * Has the reader take the pages of such columns for framed ones.
     */
    static void relabel(List<RowGroup> rowGroups)
    {
        for (RowGroup rowGroup : rowGroups) {
            for (ColumnChunk column : rowGroup.getColumns()) {
                if (column.getMeta_data().getCodec() == CompressionCodec.LZ4_RAW) {
                    column.getMeta_data().setCodec(CompressionCodec.LZ4);
                }
            }
        }
    }

    @Override
    public void header(PageHeader header)
    {
        boolean compressed = true;
        levelsRemaining = 0;
        if (header.isSetData_page_header_v2()) {
            DataPageHeaderV2 page = header.getData_page_header_v2();
            levelsRemaining = page.getRepetition_levels_byte_length() + page.getDefinition_levels_byte_length();
            compressed = page.isIs_compressed();
        }
        compressedSize = header.getCompressed_page_size() - levelsRemaining;
        uncompressedSize = header.getUncompressed_page_size() - levelsRemaining;
        frameDue = compressed && compressedSize > 0;
        if (frameDue) {
            header = header.deepCopy();
            header.setCompressed_page_size(header.getCompressed_page_size() + FRAME_SIZE);
        }
        try {
            Util.writePageHeader(header, output);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void body(Slice bytes)
    {
        int levels = min(levelsRemaining, bytes.length());
        output.writeBytes(bytes, 0, levels);
        levelsRemaining -= levels;
        if (levels == bytes.length()) {
            return;
        }
        if (frameDue) {
            frameDue = false;
            // the frame is big-endian
            output.writeInt(reverseBytes(uncompressedSize));
            output.writeInt(reverseBytes(compressedSize));
        }
        output.writeBytes(bytes, levels, bytes.length() - levels);
    }

    /**
     * What has been framed since the last call.
     */
    Slice take()
    {
        Slice framed = output.slice();
        output = new DynamicSliceOutput(0);
        return framed.length() == 0 ? Slices.EMPTY_SLICE : framed;
    }
}
