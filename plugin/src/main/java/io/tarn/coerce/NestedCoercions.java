package io.tarn.coerce;

import com.google.common.collect.ImmutableList;
import io.trino.spi.block.ArrayBlock;
import io.trino.spi.block.Bitmap;
import io.trino.spi.block.Block;
import io.trino.spi.block.ColumnarArray;
import io.trino.spi.block.ColumnarMap;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.block.ColumnarArray.toColumnarArray;
import static io.trino.spi.block.ColumnarMap.toColumnarMap;

/**
 * Coercions of arrays, maps and rows, whose elements are coerced column-wise.
 */
final class NestedCoercions
{
    private static final TypeOperators TYPE_OPERATORS = new TypeOperators();

    private NestedCoercions() {}

    static Optional<Coercion> ofArray(ArrayType from, ArrayType to, String column)
    {
        return Coercions.between(from.getElementType(), to.getElementType(), column)
                .map(elements -> new Coercion(new ArrayType(elements.from()), to, block -> {
                    ColumnarArray array = toColumnarArray(block);
                    int[] offsets = new int[array.getPositionCount() + 1];
                    for (int i = 0; i < array.getPositionCount(); i++) {
                        offsets[i + 1] = offsets[i] + array.getLength(i);
                    }
                    return ArrayBlock.fromElementBlock(array.getPositionCount(), validity(block), offsets, elements.apply(array.getElementsBlock()));
                }));
    }

    static Optional<Coercion> ofMap(MapType from, MapType to, String column)
    {
        Optional<Coercion> keys = Coercions.between(from.getKeyType(), to.getKeyType(), column);
        Optional<Coercion> values = Coercions.between(from.getValueType(), to.getValueType(), column);
        if (keys.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Coercion(new MapType(keys.get().from(), values.get().from(), TYPE_OPERATORS), to, block -> {
            ColumnarMap map = toColumnarMap(block);
            int[] offsets = new int[map.getPositionCount() + 1];
            for (int i = 0; i < map.getPositionCount(); i++) {
                offsets[i + 1] = offsets[i] + map.getEntryCount(i);
            }
            return to.createBlockFromKeyValue(validity(block), offsets, keys.get().apply(map.getKeysBlock()), values.get().apply(map.getValuesBlock()));
        }));
    }

    /**
     * Fields are matched by name: a field that the file's type lacks is null, one that the table's lacks is left out.
     */
    static Optional<Coercion> ofRow(RowType from, RowType to, String column)
    {
        List<RowType.Field> fromFields = from.getFields();
        int[] sources = new int[to.getFields().size()];
        ImmutableList.Builder<Optional<Coercion>> builder = ImmutableList.builder();
        RowType.Field[] read = fromFields.toArray(RowType.Field[]::new);
        for (int i = 0; i < sources.length; i++) {
            RowType.Field field = to.getFields().get(i);
            sources[i] = indexOf(fromFields, field.getName().orElseThrow());
            if (sources[i] < 0) {
                builder.add(Optional.empty());
                continue;
            }
            Optional<Coercion> coercion = Coercions.between(fromFields.get(sources[i]).getType(), field.getType(), column);
            if (coercion.isEmpty()) {
                return Optional.empty();
            }
            read[sources[i]] = new RowType.Field(read[sources[i]].getName(), coercion.get().from());
            builder.add(coercion);
        }
        List<Optional<Coercion>> fields = builder.build();
        return Optional.of(new Coercion(RowType.from(List.of(read)), to, block -> {
            List<Block> blocks = RowBlock.getRowFieldsFromBlock(block);
            Block[] coerced = new Block[fields.size()];
            for (int i = 0; i < coerced.length; i++) {
                Optional<Coercion> coercion = fields.get(i);
                coerced[i] = coercion.isPresent() ?
                        coercion.get().apply(blocks.get(sources[i])) :
                        RunLengthEncodedBlock.create(to.getFields().get(i).getType(), null, block.getPositionCount());
            }
            return RowBlock.fromNotNullSuppressedFieldBlocks(block.getPositionCount(), validity(block), coerced);
        }));
    }

    private static int indexOf(List<RowType.Field> fields, String name)
    {
        for (int i = 0; i < fields.size(); i++) {
            if (name.equalsIgnoreCase(fields.get(i).getName().orElseThrow())) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<long[]> validity(Block block)
    {
        if (!block.mayHaveNull()) {
            return Optional.empty();
        }
        long[] valid = new long[Bitmap.wordsForBits(block.getPositionCount())];
        boolean hasNull = false;
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                hasNull = true;
            }
            else {
                Bitmap.set(valid, 0, position);
            }
        }
        return hasNull ? Optional.of(valid) : Optional.empty();
    }
}
