package io.tarn.format.parquet;

import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import org.apache.parquet.schema.GroupType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The fields that are read of one column of a file: the paths asked for, merged, so that a field that several paths
 * share is read once. Names are in lower case.
 */
final class FieldTree
{
    private final Map<String, FieldTree> children = new LinkedHashMap<>();
    private Optional<Type> whole = Optional.empty();

    /**
     * Adds a path below this field; an empty one asks for all of it.
     */
    void add(List<String> path, Type type)
    {
        if (path.isEmpty()) {
            whole = Optional.of(type);
            return;
        }
        children.computeIfAbsent(lowerCase(path.getFirst()), _ -> new FieldTree()).add(path.subList(1, path.size()), type);
    }

    /**
     * The type to read this field as.
     */
    Type type()
    {
        return whole.orElseGet(() -> RowType.from(children.entrySet().stream()
                .map(child -> RowType.field(child.getKey(), child.getValue().type()))
                .collect(toImmutableList())));
    }

    /**
     * Where a path lies in {@link #type()}: the index of a field at every level; empty where the type has no such field.
     */
    static Optional<int[]> indexes(Type type, List<String> path)
    {
        int[] indexes = new int[path.size()];
        Type current = type;
        for (int level = 0; level < indexes.length; level++) {
            int index = current instanceof RowType row ? indexOf(row.getFields(), path.get(level)) : -1;
            if (index < 0) {
                return Optional.empty();
            }
            indexes[level] = index;
            current = ((RowType) current).getFields().get(index).getType();
        }
        return Optional.of(indexes);
    }

    private static int indexOf(List<RowType.Field> fields, String name)
    {
        for (int index = 0; index < fields.size(); index++) {
            if (fields.get(index).getName().orElse("").equalsIgnoreCase(name)) {
                return index;
            }
        }
        return -1;
    }

    /**
     * What of the file's field this tree asks for; empty where the file has none of it.
     */
    Optional<org.apache.parquet.schema.Type> prune(org.apache.parquet.schema.Type fileType)
    {
        if (whole.isPresent() || fileType.isPrimitive()) {
            return Optional.of(fileType);
        }
        GroupType group = fileType.asGroupType();
        List<org.apache.parquet.schema.Type> kept = new ArrayList<>();
        children.forEach((name, child) -> {
            if (group.containsField(name)) {
                child.prune(group.getType(name)).ifPresent(kept::add);
            }
        });
        return kept.isEmpty() ? Optional.empty() : Optional.of(group.withNewFields(kept));
    }

    static String lowerCase(String name)
    {
        return name.toLowerCase(Locale.ENGLISH);
    }
}
