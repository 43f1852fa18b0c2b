package io.tarn.format.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import io.trino.spi.block.Block;

import java.io.IOException;

/**
 * Writes values of one type.
 *
 * @see IonDecoder
 */
interface IonEncoder
{
    /**
     * What a value that is not null becomes.
     */
    IonType type();

    /**
     * @param position of a value that is not null
     * @throws IonValueException for a value that Ion cannot hold
     */
    void encode(Block block, int position, IonWriter writer)
            throws IOException;

    /**
     * An element of a list, of which none can be left out.
     */
    default void encodeElement(Block block, int position, IonWriter writer)
            throws IOException
    {
        if (block.isNull(position)) {
            writer.writeNull();
        }
        else {
            encode(block, position, writer);
        }
    }
}
