package io.tarn.format.parquet;

import io.tarn.format.FileColumn;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;

import static io.trino.spi.block.RowBlock.getRowFieldsFromBlock;
import static java.util.Objects.requireNonNull;

/**
 * Where a column's blocks come from: a channel of the reader's pages and the way down its structs, or nowhere.
 */
final class ColumnSource
{
    private static final int MISSING = -1;

    private final FileColumn column;
    private final int channel;
    private final int[] indexes;

    ColumnSource(FileColumn column, int channel, int[] indexes)
    {
        this.column = requireNonNull(column, "column is null");
        this.channel = channel;
        this.indexes = requireNonNull(indexes, "indexes is null");
    }

    /**
     * A column that the file lacks.
     */
    static ColumnSource missing(FileColumn column)
    {
        return new ColumnSource(column, MISSING, new int[0]);
    }

    String name()
    {
        return column.dottedName();
    }

    Block block(SourcePage page)
    {
        if (channel == MISSING) {
            return RunLengthEncodedBlock.create(column.type(), null, page.getPositionCount());
        }
        Block block = page.getBlock(channel);
        for (int index : indexes) {
            block = getRowFieldsFromBlock(block).get(index);
        }
        return block;
    }
}
