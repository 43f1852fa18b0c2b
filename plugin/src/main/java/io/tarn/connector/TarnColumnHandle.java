package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.type.Type;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A column of a table, or a field nested in one.
 *
 * @param kind where its values come from
 * @param name the column's name, in lower case
 * @param ordinal the column's position among the table's data columns; -1 for the others
 * @param path names of the nested fields to descend into, outermost first; empty for the whole column
 * @param hiveType the table's declared type at the end of the path
 * @param type the Trino type of {@code hiveType}
 */
public record TarnColumnHandle(Kind kind, String name, int ordinal, List<String> path, HiveType hiveType, Type type)
        implements ColumnHandle
{
    public enum Kind
    {
        DATA, PARTITION_KEY, HIDDEN
    }

    public TarnColumnHandle
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        path = ImmutableList.copyOf(path);
        requireNonNull(hiveType, "hiveType is null");
        requireNonNull(type, "type is null");
    }

    /**
     * The name under which the engine knows the column: nested fields are set off with {@code #}, which no Glue
     * column name has.
     */
    String qualifiedName()
    {
        return path.isEmpty() ? name : name + "#" + String.join("#", path);
    }

    @Override
    public String toString()
    {
        return qualifiedName() + ":" + type.getDisplayName();
    }
}
