package io.tarn.format.line.source;

import io.trino.spi.block.Block;

/**
 * Turns a column as it was read off the lines into the type that it was declared with, a page at a time.
 */
@FunctionalInterface
public interface BlockDecoder
{
    /**
     * Hands blocks on as they were read.
     */
    BlockDecoder AS_READ = block -> block;

    /**
     * @return a block of as many positions
     * @throws BadValueException where a value does not fit
     */
    Block decode(Block block)
            throws BadValueException;
}
