package io.tarn.format.ion;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.format.ion.IonScalars.mismatch;
import static java.util.Locale.ENGLISH;

/**
 * How Ion's values become those of Hive's types. A field that occurs twice in a struct counts where it comes first.
 */
final class IonDecoders
{
    private final boolean caseSensitive;
    private final boolean failsOnOverflow;

    /**
     * @param caseSensitive of names of structs' fields
     * @param failsOnOverflow whether what a type has no room for is an error, rather than cut
     */
    IonDecoders(boolean caseSensitive, boolean failsOnOverflow)
    {
        this.caseSensitive = caseSensitive;
        this.failsOnOverflow = failsOnOverflow;
    }

    /**
     * @throws IllegalArgumentException where Ion has nothing like the type
     */
    IonDecoder of(Type type)
    {
        return switch (type) {
            case ArrayType array -> ofArray(array);
            case MapType map -> ofMap(map);
            case RowType row -> ofRow(row);
            default -> IonScalars.decoder(type, failsOnOverflow);
        };
    }

    private IonDecoder ofArray(ArrayType type)
    {
        IonDecoder element = of(type.getElementType());
        return (reader, builder) -> {
            requireType(reader, type, reader.getType() == IonType.LIST || reader.getType() == IonType.SEXP);
            ((ArrayBlockBuilder) builder).buildEntry(elements -> {
                reader.stepIn();
                while (reader.next() != null) {
                    element.decodeNullable(reader, elements);
                }
                reader.stepOut();
            });
        };
    }

    private IonDecoder ofMap(MapType type)
    {
        if (!(type.getKeyType() instanceof VarcharType keyType)) {
            throw new IllegalArgumentException("the names of an Ion struct are texts, so no map has keys of type '%s'".formatted(type.getKeyType().getDisplayName()));
        }
        IonDecoder value = of(type.getValueType());
        return (reader, builder) -> {
            requireType(reader, type, reader.getType() == IonType.STRUCT);
            ((MapBlockBuilder) builder).buildEntry((keys, values) -> {
                Set<String> names = new HashSet<>();
                reader.stepIn();
                while (reader.next() != null) {
                    String name = name(reader);
                    if (name != null && names.add(name)) {
                        keyType.writeSlice(keys, utf8Slice(name));
                        value.decodeNullable(reader, values);
                    }
                }
                reader.stepOut();
            });
        };
    }

    private IonDecoder ofRow(RowType type)
    {
        List<IonDecoder> decoders = type.getFields().stream()
                .map(field -> of(field.getType()))
                .collect(toImmutableList());
        Map<String, Integer> positions = new HashMap<>();
        for (int index = 0; index < type.getFields().size(); index++) {
            positions.put(normalized(type.getFields().get(index).getName().orElseThrow()), index);
        }
        return (reader, builder) -> {
            requireType(reader, type, reader.getType() == IonType.STRUCT);
            ((RowBlockBuilder) builder).buildEntry(fields -> decodeFields(reader, positions, decoders, fields));
        };
    }

    private void decodeFields(IonReader reader, Map<String, Integer> positions, List<IonDecoder> decoders, List<BlockBuilder> fields)
    {
        boolean[] written = new boolean[decoders.size()];
        reader.stepIn();
        while (reader.next() != null) {
            String name = name(reader);
            Integer position = name == null ? null : positions.get(normalized(name));
            if (position != null && !written[position]) {
                decoders.get(position).decodeNullable(reader, fields.get(position));
                written[position] = true;
            }
        }
        reader.stepOut();
        for (int index = 0; index < written.length; index++) {
            if (!written[index]) {
                fields.get(index).appendNull();
            }
        }
    }

    /**
     * The name of the reader's field; null where the file has it in a table of symbols that is not here.
     */
    static String name(IonReader reader)
    {
        return reader.getFieldNameSymbol().getText();
    }

    private String normalized(String name)
    {
        return caseSensitive ? name : name.toLowerCase(ENGLISH);
    }

    private static void requireType(IonReader reader, Type type, boolean fits)
    {
        if (!fits) {
            throw mismatch(reader, type);
        }
    }
}
