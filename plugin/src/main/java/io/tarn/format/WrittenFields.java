package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.tarn.type.HiveTypes;
import io.trino.spi.TrinoException;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static java.util.Locale.ENGLISH;

/**
 * What every format asks of the fields of a file before it writes one.
 */
public final class WrittenFields
{
    private WrittenFields() {}

    /**
     * The types that the blocks of the fields have, in the fields' order.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} for a type that Trino lacks, or one that holds structs without fields
     */
    public static List<Type> types(FileSchema schema, String formatName)
    {
        ImmutableList.Builder<Type> types = ImmutableList.builder();
        for (FileField field : schema.fields()) {
            try {
                types.add(HiveTypes.trinoType(field.type()).orElseThrow(() -> unwritable(field, formatName)));
            }
            catch (IllegalArgumentException e) {
                throw unwritable(field, formatName);
            }
        }
        return types.build();
    }

    /**
     * Refuses files of no column, columns that readers could not tell apart, and types that a format cannot hold.
     *
     * @param writable whether the format holds a type that is neither an array, nor a map, nor a struct
     * @throws TrinoException {@code TARN_CANNOT_WRITE}
     */
    public static void check(FileSchema schema, String formatName, Predicate<Type> writable)
    {
        if (schema.fields().isEmpty()) {
            throw new TrinoException(TARN_CANNOT_WRITE, "A %s file needs a column, and the table has none besides those that partition it. Add a column.".formatted(formatName));
        }
        Set<String> names = new HashSet<>();
        List<Type> types = types(schema, formatName);
        for (int index = 0; index < types.size(); index++) {
            FileField field = schema.fields().get(index);
            if (!names.add(field.name().toLowerCase(ENGLISH))) {
                throw new TrinoException(TARN_CANNOT_WRITE, "Column '%s' is declared twice, letter case aside, and could not be read back from a %s file. Rename one.".formatted(field.name(), formatName));
            }
            if (!holds(types.get(index), writable)) {
                throw unwritable(field, formatName);
            }
        }
    }

    private static boolean holds(Type type, Predicate<Type> writable)
    {
        return switch (type) {
            case ArrayType array -> holds(array.getElementType(), writable);
            case MapType map -> holds(map.getKeyType(), writable) && holds(map.getValueType(), writable);
            case RowType row -> !row.getFields().isEmpty() && row.getFields().stream().allMatch(field -> holds(field.getType(), writable));
            default -> writable.test(type);
        };
    }

    private static TrinoException unwritable(FileField field, String formatName)
    {
        return new TrinoException(TARN_CANNOT_WRITE, "Column '%s' of type '%s' cannot be written as %s. Declare it with another type, or write into a table of another format."
                .formatted(field.name(), field.type(), formatName));
    }
}
