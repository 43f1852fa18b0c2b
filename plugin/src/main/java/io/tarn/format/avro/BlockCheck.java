package io.tarn.format.avro;

import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;

import java.io.IOException;

/**
 * Walks through the bytes of a record as its schema says they are laid out. The reader makes room for what lengths
 * announce before it looks whether it is there.
 */
final class BlockCheck
{
    private final long maxItems;
    private long items;

    /**
     * @param maxItems entries of arrays and maps, altogether; an entry can take no bytes at all
     */
    BlockCheck(long maxItems)
    {
        this.maxItems = maxItems;
    }

    /**
     * @throws IOException where a length leads beyond the bytes, or an index to no branch or symbol
     */
    void check(Schema schema, BinaryDecoder decoder)
            throws IOException
    {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> decoder.skipFixed(1);
            case INT -> decoder.readInt();
            case LONG -> decoder.readLong();
            case FLOAT -> decoder.skipFixed(Float.BYTES);
            case DOUBLE -> decoder.skipFixed(Double.BYTES);
            case STRING, BYTES -> skipBytes(decoder);
            case FIXED -> decoder.skipFixed(schema.getFixedSize());
            case ENUM -> checkIndex(decoder.readEnum(), schema.getEnumSymbols().size(), "symbol");
            case UNION -> {
                int branch = decoder.readIndex();
                checkIndex(branch, schema.getTypes().size(), "branch");
                check(schema.getTypes().get(branch), decoder);
            }
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    check(field.schema(), decoder);
                }
            }
            case ARRAY -> {
                for (long count = decoder.readArrayStart(); count != 0; count = decoder.arrayNext()) {
                    for (long i = 0; i < count; i++) {
                        countItem();
                        check(schema.getElementType(), decoder);
                    }
                }
            }
            case MAP -> {
                for (long count = decoder.readMapStart(); count != 0; count = decoder.mapNext()) {
                    for (long i = 0; i < count; i++) {
                        countItem();
                        skipBytes(decoder);
                        check(schema.getValueType(), decoder);
                    }
                }
            }
        }
    }

    private static void skipBytes(BinaryDecoder decoder)
            throws IOException
    {
        long length = decoder.readLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException("a value of %s bytes".formatted(length));
        }
        decoder.skipFixed((int) length);
    }

    private void countItem()
            throws IOException
    {
        items++;
        if (items > maxItems) {
            throw new IOException("more than %s entries of arrays and maps".formatted(maxItems));
        }
    }

    private static void checkIndex(int index, int size, String what)
            throws IOException
    {
        if (index < 0 || index >= size) {
            throw new IOException("%s %s of %s".formatted(what, index, size));
        }
    }
}
