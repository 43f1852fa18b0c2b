package io.tarn.format.ion;

import com.amazon.ion.IonReader;
import io.trino.spi.block.BlockBuilder;

/**
 * Makes values of a type of Ion's.
 */
@FunctionalInterface
interface IonDecoder
{
    /**
     * @param reader at a value that is not null
     * @param builder gets one position
     * @throws IonValueException for a value that is none of the type
     * @throws com.amazon.ion.IonException where the file is malformed
     */
    void decode(IonReader reader, BlockBuilder builder);

    /**
     * The same, and nulls for nulls.
     */
    default void decodeNullable(IonReader reader, BlockBuilder builder)
    {
        if (reader.isNullValue()) {
            builder.appendNull();
        }
        else {
            decode(reader, builder);
        }
    }
}
