package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.type.Type;

import java.util.List;

import static io.trino.spi.block.RowBlock.getRowFieldsFromBlock;
import static java.util.Objects.requireNonNull;

/**
 * Where a column comes from in a page of whole fields.
 *
 * @param fieldIndexes positions in the structs to descend into, outermost first
 * @param absent whether the file's declaration has no such field, so that all values are null
 */
record ProjectedColumn(int channel, List<Integer> fieldIndexes, Type type, boolean absent)
        implements PageColumn
{
    ProjectedColumn
    {
        fieldIndexes = ImmutableList.copyOf(fieldIndexes);
        requireNonNull(type, "type is null");
    }

    @Override
    public Block block(SourcePage page)
    {
        if (absent) {
            return RunLengthEncodedBlock.create(type, null, page.getPositionCount());
        }
        Block block = page.getBlock(channel);
        for (int index : fieldIndexes) {
            block = getRowFieldsFromBlock(block).get(index);
        }
        return block;
    }
}
