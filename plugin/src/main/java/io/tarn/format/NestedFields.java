package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.type.StructTypeInfo;
import io.trino.metastore.type.TypeInfo;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorPageSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static com.google.common.base.Preconditions.checkArgument;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;

/**
 * Gives formats that can only decode whole fields the nested ones: they are asked for each field once, and what is
 * nested in it is taken out of the decoded blocks.
 */
public final class NestedFields
{
    private NestedFields() {}

    /**
     * Opens a page source that gives back {@code read.columns()} exactly, also when several lie in the same field or
     * one is asked for twice.
     * <p>
     * A nested field is null where it or any struct around it is null, and everywhere when the declared struct has
     * no field of that name. Names are compared without regard to case. Other structs' fields that have to be
     * decoded on the way have the type their declaration maps to.
     *
     * @param reader opens a page source for columns that are whole fields or of whole records, each at most once; the
     *         predicate handed to it is the read's own
     * @throws TrinoException {@code TARN_SCHEMA_MISMATCH} where a path leads into a field that is not a struct
     */
    public static ConnectorPageSource open(FileRead read, Function<FileRead, ConnectorPageSource> reader)
    {
        Map<Integer, List<FileColumn>> columnsByOrdinal = new LinkedHashMap<>();
        for (FileColumn column : read.columns()) {
            columnsByOrdinal.computeIfAbsent(column.ordinal(), _ -> new ArrayList<>()).add(column);
        }
        List<Integer> ordinals = ImmutableList.copyOf(columnsByOrdinal.keySet());

        ImmutableList.Builder<ProjectedColumn> projections = ImmutableList.builder();
        boolean identity = ordinals.size() == read.columns().size();
        for (FileColumn column : read.columns()) {
            projections.add(projection(column, ordinals.indexOf(column.ordinal()), read));
            identity &= column.path().isEmpty();
        }
        if (identity) {
            return reader.apply(read);
        }

        List<FileColumn> wholeFields = columnsByOrdinal.values().stream()
                .map(columns -> wholeField(columns, read.schema()))
                .toList();
        return new DerivedPageSource(reader.apply(read.withColumns(wholeFields)), projections.build());
    }

    private static FileColumn wholeField(List<FileColumn> columns, FileSchema schema)
    {
        FileColumn first = columns.getFirst();
        if (first.isOfRecord()) {
            return first;
        }
        checkArgument(first.ordinal() < schema.fields().size(), "%s is not among the fields of the file", first);
        FileField field = schema.fields().get(first.ordinal());
        return new FileColumn(field.name(), first.ordinal(), ImmutableList.of(), field.type(), FieldTypes.decodedType(field.type().getTypeInfo(), columns, 0));
    }

    private static ProjectedColumn projection(FileColumn column, int channel, FileRead read)
    {
        if (column.path().isEmpty()) {
            return new ProjectedColumn(channel, ImmutableList.of(), column.type(), false);
        }
        ImmutableList.Builder<Integer> indexes = ImmutableList.builder();
        TypeInfo parent = read.schema().fields().get(column.ordinal()).type().getTypeInfo();
        for (String name : column.path()) {
            if (!(parent instanceof StructTypeInfo struct)) {
                throw new TrinoException(TARN_SCHEMA_MISMATCH, "Column '%s' of %s is declared '%s', which has no field '%s'. Declare the column (and the partition, if it has columns of its own) as a struct with that field."
                        .formatted(column.name(), read.slice().location(), parent.getTypeName(), name));
            }
            int index = indexOf(struct.getAllStructFieldNames(), name);
            if (index < 0) {
                return new ProjectedColumn(channel, ImmutableList.of(), column.type(), true);
            }
            indexes.add(index);
            parent = struct.getAllStructFieldTypeInfos().get(index);
        }
        return new ProjectedColumn(channel, indexes.build(), column.type(), false);
    }

    private static int indexOf(List<String> names, String name)
    {
        for (int index = 0; index < names.size(); index++) {
            if (names.get(index).equalsIgnoreCase(name)) {
                return index;
            }
        }
        return -1;
    }
}
