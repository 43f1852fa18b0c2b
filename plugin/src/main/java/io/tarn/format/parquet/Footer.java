package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.trino.parquet.metadata.BlockMetadata;
import io.trino.parquet.metadata.ParquetMetadata;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A file's footer, checked.
 */
final class Footer
{
    private static final int STRUCTURES_PER_BYTE = 16;

    private final FileMetaData raw;
    private final ParquetMetadata metadata;
    private final int size;
    // made when an estimate asks for them: of a file with many columns that takes longer than the rest of it
    private volatile List<BlockMetadata> blocks;

    /**
     * @param raw as it stands in the file
     * @param metadata what the reader works with
     * @param size bytes
     */
    Footer(FileMetaData raw, ParquetMetadata metadata, int size)
    {
        this.raw = requireNonNull(raw, "raw is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.size = size;
    }

    FileMetaData raw()
    {
        return raw;
    }

    ParquetMetadata metadata()
    {
        return metadata;
    }

    int size()
    {
        return size;
    }

    /**
     * The row groups, as they stand in the file, with what is told of their columns. Kept: nobody changes them.
     */
    List<BlockMetadata> blocks()
            throws IOException
    {
        List<BlockMetadata> known = blocks;
        if (known == null) {
            known = ImmutableList.copyOf(metadata.getBlocks());
            blocks = known;
        }
        return known;
    }

    /**
     * Of these the ones whose first byte lies in the range.
     */
    List<BlockMetadata> blocks(long start, long length)
            throws IOException
    {
        return blocks().stream()
                .filter(block -> {
                    long first = block.columns().getFirst().getStartingPos();
                    return start <= first && first - start < length;
                })
                .collect(toImmutableList());
    }

    /**
     * All names in lower case.
     */
    MessageType schema()
    {
        return metadata.getFileMetaData().getSchema();
    }

    /**
     * The row groups whose first byte lies in the range.
     */
    List<RowGroup> rowGroups(long start, long length)
    {
        return raw.getRow_groups().stream()
                .filter(rowGroup -> !rowGroup.getColumns().isEmpty())
                .filter(rowGroup -> start <= start(rowGroup) && start(rowGroup) - start < length)
                .collect(toImmutableList());
    }

    /**
     * An estimate: the structures built from the footer's bytes, in bytes.
     */
    long retainedSize()
    {
        return (long) size * STRUCTURES_PER_BYTE;
    }

    static long start(RowGroup rowGroup)
    {
        return FooterCheck.start(rowGroup.getColumns().getFirst().getMeta_data());
    }

    static List<FileChunk> chunks(List<RowGroup> rowGroups)
    {
        List<FileChunk> chunks = new ArrayList<>();
        for (RowGroup rowGroup : rowGroups) {
            for (ColumnChunk column : rowGroup.getColumns()) {
                ColumnMetaData metadata = column.getMeta_data();
                chunks.add(new FileChunk(
                        String.join(".", metadata.getPath_in_schema()),
                        FooterCheck.start(metadata),
                        metadata.getTotal_compressed_size(),
                        metadata.getNum_values(),
                        metadata.getCodec() == CompressionCodec.LZ4_RAW));
            }
        }
        return chunks;
    }
}
