package io.tarn.connector;

import io.tarn.coerce.Coercion;
import io.tarn.format.PageColumn;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where a column's values come from in one unit: a channel of the file's pages, or one value for all rows.
 *
 * @param channel of the file's page source; not used for a constant
 * @param coercion from the file's type to the table's; empty where there is nothing to do
 * @param constant a block of one position
 */
record UnitColumn(int channel, Optional<Coercion> coercion, Optional<Block> constant)
        implements PageColumn
{
    UnitColumn
    {
        requireNonNull(coercion, "coercion is null");
        requireNonNull(constant, "constant is null");
    }

    static UnitColumn ofChannel(int channel, Coercion coercion)
    {
        return new UnitColumn(channel, coercion.isNone() ? Optional.empty() : Optional.of(coercion), Optional.empty());
    }

    static UnitColumn ofConstant(Block value)
    {
        return new UnitColumn(-1, Optional.empty(), Optional.of(value));
    }

    @Override
    public Block block(SourcePage page)
    {
        if (constant.isPresent()) {
            return RunLengthEncodedBlock.create(constant.get(), page.getPositionCount());
        }
        Block block = page.getBlock(channel);
        return coercion.isPresent() ? coercion.get().apply(block) : block;
    }
}
