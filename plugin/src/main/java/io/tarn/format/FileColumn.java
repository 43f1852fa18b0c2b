package io.tarn.format;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.HiveType;
import io.trino.spi.type.Type;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * One column that a reader is asked for: a whole field, a field nested in structs, or what is made of a whole record.
 *
 * @param name the field's declared name
 * @param ordinal the field's position in {@link FileSchema#fields()}, or {@link #RAW_LINE_ORDINAL} or
 *         {@link #EXTRA_ORDINAL}
 * @param path names of the nested fields to descend into, outermost first; empty for the whole field
 * @param hiveType the declared type at the end of the path
 * @param type the Trino type that {@code hiveType} maps to; blocks given back have this type
 */
public record FileColumn(String name, int ordinal, List<String> path, HiveType hiveType, Type type)
{
    /**
     * The ordinal of the column that holds each record's line as it stands in the file, without its line end.
     */
    public static final int RAW_LINE_ORDINAL = -1;

    public static final FileColumn RAW_LINE = new FileColumn("$line", RAW_LINE_ORDINAL, ImmutableList.of(), HiveType.HIVE_STRING, VARCHAR);

    /**
     * The ordinal of the column that holds what of each record no field names.
     */
    public static final int EXTRA_ORDINAL = -2;

    public static final FileColumn EXTRA = new FileColumn("$extra", EXTRA_ORDINAL, ImmutableList.of(), HiveType.HIVE_STRING, VARCHAR);

    public FileColumn
    {
        requireNonNull(name, "name is null");
        path = ImmutableList.copyOf(path);
        requireNonNull(hiveType, "hiveType is null");
        requireNonNull(type, "type is null");
        checkArgument(ordinal >= EXTRA_ORDINAL, "ordinal is negative: %s", ordinal);
    }

    /**
     * The name and the path below it, with dots between, as messages name the column.
     */
    public String dottedName()
    {
        return path.isEmpty() ? name : name + "." + String.join(".", path);
    }

    public boolean isRawLine()
    {
        return ordinal == RAW_LINE_ORDINAL;
    }

    /**
     * Whether this is no field, but made of a whole record.
     */
    public boolean isOfRecord()
    {
        return ordinal < 0;
    }
}
