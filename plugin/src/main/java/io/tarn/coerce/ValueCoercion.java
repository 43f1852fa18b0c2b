package io.tarn.coerce;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;

/**
 * Turns one value that is not null.
 */
@FunctionalInterface
interface ValueCoercion
{
    void write(Block block, int position, BlockBuilder builder);
}
