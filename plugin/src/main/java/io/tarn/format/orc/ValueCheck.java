package io.tarn.format.orc;

import io.tarn.format.orc.Conversion.OutOfRangeException;
import io.trino.spi.block.ArrayBlock;
import io.trino.spi.block.Block;
import io.trino.spi.block.ColumnarMap;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.MapBlock;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.Int128;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;

import static io.trino.spi.block.ColumnarMap.toColumnarMap;
import static io.trino.spi.type.Decimals.overflows;

/**
 * Checks what the reader does not: that decimals have no more digits than their type, and that a dictionary has what
 * its ids name. Whoever works with such values fails far from here.
 */
final class ValueCheck
{
    private ValueCheck() {}

    static void check(Type type, Block block)
    {
        switch (block) {
            case DictionaryBlock dictionary -> {
                checkIds(dictionary);
                check(type, dictionary.getDictionary());
            }
            case RunLengthEncodedBlock run -> check(type, run.getValue());
            case ArrayBlock array -> check(((ArrayType) type).getElementType(), array.getElementsBlock());
            case MapBlock map -> {
                ColumnarMap entries = toColumnarMap(map);
                check(((MapType) type).getKeyType(), entries.getKeysBlock());
                check(((MapType) type).getValueType(), entries.getValuesBlock());
            }
            case RowBlock row -> {
                List<Block> fields = row.getFieldBlocks();
                for (int i = 0; i < fields.size(); i++) {
                    check(((RowType) type).getFields().get(i).getType(), fields.get(i));
                }
            }
            default -> {
                if (type instanceof DecimalType decimal) {
                    checkDigits(decimal, block);
                }
            }
        }
    }

    private static void checkDigits(DecimalType type, Block block)
    {
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                continue;
            }
            if (type.isShort() ? overflows(type.getLong(block, position), type.getPrecision()) : overflows((Int128) type.getObject(block, position), type.getPrecision())) {
                String value = type.isShort() ? Decimals.toString(type.getLong(block, position), type.getScale()) : Decimals.toString((Int128) type.getObject(block, position), type.getScale());
                throw new OutOfRangeException("%s is out of range for a %s".formatted(value, type));
            }
        }
    }

    private static void checkIds(DictionaryBlock block)
    {
        for (int position = 0; position < block.getPositionCount(); position++) {
            int id = block.getId(position);
            if (id < 0 || id >= block.getDictionary().getPositionCount()) {
                throw new IllegalArgumentException("id %s in a dictionary of %s values".formatted(id, block.getDictionary().getPositionCount()));
            }
        }
    }
}
