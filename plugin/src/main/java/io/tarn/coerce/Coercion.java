package io.tarn.coerce;

import io.trino.spi.block.Block;
import io.trino.spi.type.Type;

import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * How values of a type that a file is declared with become values of the type that its table declares now.
 *
 * @param from the type in which the file is to be read; finer than the declared one where the text of a timestamp
 *         depends on it
 * @param to the table's type
 * @param blocks turns a block of {@code from} into a block of {@code to} with as many positions
 */
public record Coercion(Type from, Type to, UnaryOperator<Block> blocks)
{
    public Coercion
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(blocks, "blocks is null");
    }

    static Coercion none(Type type)
    {
        return new Coercion(type, type, UnaryOperator.identity());
    }

    /**
     * Whether blocks are taken over as they are.
     */
    public boolean isNone()
    {
        return from.equals(to);
    }

    public Block apply(Block block)
    {
        return blocks.apply(block);
    }
}
