package io.tarn.format.orc;

import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

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
final class ColumnTree
{
    private final Map<String, ColumnTree> children = new LinkedHashMap<>();
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
        children.computeIfAbsent(lowerCase(path.getFirst()), _ -> new ColumnTree()).add(path.subList(1, path.size()), type);
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

    static String lowerCase(String name)
    {
        return name.toLowerCase(Locale.ENGLISH);
    }
}
