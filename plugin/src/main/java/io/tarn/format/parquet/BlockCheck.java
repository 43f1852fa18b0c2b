package io.tarn.format.parquet;

import io.trino.spi.block.ArrayBlock;
import io.trino.spi.block.Block;
import io.trino.spi.block.ColumnarMap;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.MapBlock;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.RunLengthEncodedBlock;

import static io.trino.spi.block.ColumnarMap.toColumnarMap;

/**
 * Whether a decoded block can be read to its end. The reader puts blocks together from levels, ids and values that
 * pages hold apart; where those disagree the block points beyond what it has, and whoever reads it fails far from here.
 */
final class BlockCheck
{
    private BlockCheck() {}

    /**
     * @throws RuntimeException where the block points beyond what it has
     */
    static void check(Block block, int positions)
    {
        if (block.getPositionCount() != positions) {
            throw new IllegalArgumentException("%s values decoded where there should be %s".formatted(block.getPositionCount(), positions));
        }
        check(block);
    }

    private static void check(Block block)
    {
        switch (block) {
            case DictionaryBlock dictionary -> {
                checkIds(dictionary);
                check(dictionary.getDictionary());
            }
            case RunLengthEncodedBlock run -> check(run.getValue());
            case ArrayBlock array -> check(array.getElementsBlock());
            case MapBlock map -> {
                ColumnarMap entries = toColumnarMap(map);
                check(entries.getKeysBlock());
                check(entries.getValuesBlock());
            }
            case RowBlock row -> row.getFieldBlocks().forEach(BlockCheck::check);
            default -> {}
        }
    }

    private static void checkIds(DictionaryBlock block)
    {
        int[] ids = block.getRawIds();
        int smallest = Integer.MAX_VALUE;
        int largest = Integer.MIN_VALUE;
        int end = block.getRawIdsOffset() + block.getPositionCount();
        for (int i = block.getRawIdsOffset(); i < end; i++) {
            smallest = Math.min(smallest, ids[i]);
            largest = Math.max(largest, ids[i]);
        }
        if (smallest < 0 || (block.getPositionCount() > 0 && largest >= block.getDictionary().getPositionCount())) {
            throw new IllegalArgumentException("ids from %s to %s in a dictionary of %s values".formatted(smallest, largest, block.getDictionary().getPositionCount()));
        }
    }
}
