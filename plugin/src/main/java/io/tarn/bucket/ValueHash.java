package io.tarn.bucket;

import io.trino.spi.block.Block;

/**
 * Hive's hash of a value that is not null.
 */
interface ValueHash
{
    int ofValue(Block block, int position);

    /**
     * The hash of a value; that of null is 0.
     */
    default int of(Block block, int position)
    {
        return block.isNull(position) ? 0 : ofValue(block, position);
    }
}
