package io.tarn.format.orc;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.Int128;
import io.trino.spi.type.Type;

import java.util.function.UnaryOperator;

import static io.trino.spi.type.Decimals.overflows;
import static io.trino.spi.type.TinyintType.TINYINT;
import static java.util.Objects.requireNonNull;

/**
 * From a type that the reader decodes to the one that is declared.
 */
@FunctionalInterface
interface Conversion
        extends UnaryOperator<Block>
{
    Conversion NONE = block -> block;

    /**
     * The reader decodes bytes as nothing but bytes.
     */
    static Conversion ofBytes(Type integerType)
    {
        requireNonNull(integerType, "integerType is null");
        return block -> convert(block, integerType, (position, builder) -> integerType.writeLong(builder, TINYINT.getByte(block, position)));
    }

    /**
     * From a decimal of the same scale with more digits, where a value may have more than are declared.
     */
    static Conversion ofDecimals(DecimalType wide, DecimalType declared)
    {
        requireNonNull(wide, "wide is null");
        requireNonNull(declared, "declared is null");
        return block -> convert(block, declared, (position, builder) -> {
            Int128 value = (Int128) wide.getObject(block, position);
            if (overflows(value, declared.getPrecision())) {
                throw new OutOfRangeException("%s is out of range for a %s".formatted(Decimals.toString(value, declared.getScale()), declared));
            }
            if (declared.isShort()) {
                declared.writeLong(builder, value.toLongExact());
            }
            else {
                declared.writeObject(builder, value);
            }
        });
    }

    private static Block convert(Block block, Type type, ValueWriter writer)
    {
        if (block instanceof RunLengthEncodedBlock && block.isNull(0)) {
            return RunLengthEncodedBlock.create(type, null, block.getPositionCount());
        }
        BlockBuilder builder = type.createBlockBuilder(null, block.getPositionCount());
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                builder.appendNull();
            }
            else {
                writer.write(position, builder);
            }
        }
        return builder.build();
    }

    @FunctionalInterface
    interface ValueWriter
    {
        void write(int position, BlockBuilder builder);
    }

    final class OutOfRangeException
            extends RuntimeException
    {
        OutOfRangeException(String message)
        {
            super(message);
        }
    }
}
