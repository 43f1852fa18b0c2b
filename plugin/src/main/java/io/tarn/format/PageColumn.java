package io.tarn.format;

import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

/**
 * A column that is made from another page's.
 */
@FunctionalInterface
public interface PageColumn
{
    /**
     * A block with as many positions as the page has.
     */
    Block block(SourcePage page);
}
