package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.trino.orc.OrcColumn;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.OrcColumnId;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static io.tarn.format.orc.ColumnTree.lowerCase;
import static io.trino.orc.metadata.OrcColumnId.ROOT_COLUMN;
import static java.util.Objects.requireNonNull;

/**
 * Finds a table's columns in one file. Of fields whose names differ in letter case only, the one in lower case is
 * taken, and where there is none, the first.
 */
final class OrcColumns
{
    // what Hive wrote before its version 2 in place of names
    private static final Pattern NO_NAME = Pattern.compile("_col\\d+");

    private final ColumnMetadata<OrcType> types;
    private final boolean byName;
    private final OrcDataSourceId id;
    private final FileErrors errors;

    /**
     * @param byName whether columns are found by name where the file has any; by position otherwise, and only nested
     *         fields by name
     */
    OrcColumns(ColumnMetadata<OrcType> types, boolean byName, OrcDataSourceId id, FileErrors errors)
    {
        this.types = requireNonNull(types, "types is null");
        this.byName = byName && !isNameless(types.get(ROOT_COLUMN));
        this.id = requireNonNull(id, "id is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    private static boolean isNameless(OrcType root)
    {
        return root.getFieldCount() > 0 && root.getFieldNames().stream().allMatch(name -> NO_NAME.matcher(name).matches());
    }

    /**
     * The file's field that holds the table's column, whatever the path within it.
     */
    private Optional<OrcColumnId> base(FileColumn column)
    {
        OrcType root = types.get(ROOT_COLUMN);
        if (!byName) {
            return column.ordinal() < root.getFieldCount() ? Optional.of(root.getFieldTypeIndex(column.ordinal())) : Optional.empty();
        }
        return field(root, column.name());
    }

    /**
     * The file's field at the end of the column's path; empty where the file lacks it, or something on the way.
     */
    Optional<OrcColumnId> find(FileColumn column)
    {
        Optional<OrcColumnId> found = base(column);
        for (String name : column.path()) {
            found = found.filter(parent -> type(parent).getOrcTypeKind() == OrcTypeKind.STRUCT)
                    .flatMap(parent -> field(type(parent), name));
        }
        return found;
    }

    OrcType type(OrcColumnId columnId)
    {
        return types.get(columnId);
    }

    private static Optional<OrcColumnId> field(OrcType struct, String name)
    {
        int found = -1;
        for (int index = 0; index < struct.getFieldCount(); index++) {
            String fieldName = struct.getFieldName(index);
            if (fieldName.equals(lowerCase(name))) {
                return Optional.of(struct.getFieldTypeIndex(index));
            }
            if (found < 0 && fieldName.equalsIgnoreCase(name)) {
                found = index;
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(struct.getFieldTypeIndex(found));
    }

    /**
     * What to read for the columns.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_SCHEMA_MISMATCH} where a declared type does not fit the file's
     */
    Projection project(List<FileColumn> columns)
    {
        Map<OrcColumnId, ColumnTree> trees = new LinkedHashMap<>();
        for (FileColumn column : columns) {
            checkPath(column);
            if (find(column).isPresent()) {
                trees.computeIfAbsent(base(column).orElseThrow(), _ -> new ColumnTree()).add(column.path(), decodedType(column));
            }
        }
        List<OrcColumnId> channels = List.copyOf(trees.keySet());
        ImmutableList.Builder<OrcColumn> read = ImmutableList.builder();
        ImmutableList.Builder<Type> readTypes = ImmutableList.builder();
        trees.forEach((columnId, tree) -> {
            FileColumn first = columns.stream().filter(column -> base(column).equals(Optional.of(columnId))).findFirst().orElseThrow();
            Type type = tree.type();
            read.add(column(first.name(), first.name(), columnId, type));
            readTypes.add(type);
        });
        ImmutableList.Builder<ColumnSource> sources = ImmutableList.builder();
        for (FileColumn column : columns) {
            sources.add(find(column).isEmpty()
                    ? ColumnSource.missing(column, errors)
                    : source(column, channels.indexOf(base(column).orElseThrow()), trees.get(base(column).orElseThrow()).type()));
        }
        return new Projection(read.build(), readTypes.build(), sources.build());
    }

    private void checkPath(FileColumn column)
    {
        Optional<OrcColumnId> parent = base(column);
        for (String name : column.path()) {
            if (parent.isPresent() && type(parent.get()).getOrcTypeKind() != OrcTypeKind.STRUCT) {
                throw errors.mismatch(column.name(), "a struct with a field '%s'".formatted(name), describe(parent.get()));
            }
            parent = parent.flatMap(struct -> field(type(struct), name));
        }
    }

    private Type decodedType(FileColumn column)
    {
        return TypeFit.convertibleFrom(column.type(), type(find(column).orElseThrow())).orElse(column.type());
    }

    private ColumnSource source(FileColumn column, int channel, Type type)
    {
        List<Integer> indexes = new ArrayList<>();
        Type current = type;
        for (String name : column.path()) {
            List<RowType.Field> fields = ((RowType) current).getFields();
            int index = 0;
            while (index < fields.size() && !fields.get(index).getName().orElse("").equalsIgnoreCase(name)) {
                index++;
            }
            if (index == fields.size()) {
                return ColumnSource.missing(column, errors);
            }
            indexes.add(index);
            current = fields.get(index).getType();
        }
        return new ColumnSource(column, channel, indexes, TypeFit.conversion(current, column.type()), errors);
    }

    /**
     * The file's field with those of its parts that the type names, so that the others are not fetched.
     */
    private OrcColumn column(String path, String name, OrcColumnId columnId, Type type)
    {
        OrcType stored = type(columnId);
        OrcTypeKind kind = stored.getOrcTypeKind();
        List<OrcColumn> parts = new ArrayList<>();
        boolean fits = switch (type) {
            case RowType row -> {
                if (kind == OrcTypeKind.STRUCT) {
                    for (RowType.Field field : row.getFields()) {
                        String fieldName = field.getName().orElseThrow();
                        field(stored, fieldName).ifPresent(part -> parts.add(column(path + "." + fieldName, fieldName, part, field.getType())));
                    }
                }
                yield kind == OrcTypeKind.STRUCT;
            }
            case ArrayType array -> {
                if (kind == OrcTypeKind.LIST) {
                    parts.add(column(path + ".item", "item", stored.getFieldTypeIndex(0), array.getElementType()));
                }
                yield kind == OrcTypeKind.LIST;
            }
            case MapType map -> {
                if (kind == OrcTypeKind.MAP) {
                    parts.add(column(path + ".key", "key", stored.getFieldTypeIndex(0), map.getKeyType()));
                    parts.add(column(path + ".value", "value", stored.getFieldTypeIndex(1), map.getValueType()));
                }
                yield kind == OrcTypeKind.MAP;
            }
            default -> TypeFit.fits(type, stored) || TypeFit.convertibleFrom(type, stored).equals(Optional.of(type));
        };
        if (!fits) {
            throw errors.mismatch(path, type.getDisplayName(), describe(columnId));
        }
        return new OrcColumn(path, columnId, name, stored, id, parts, stored.getAttributes());
    }

    private String describe(OrcColumnId columnId)
    {
        OrcType type = type(columnId);
        return switch (type.getOrcTypeKind()) {
            case DECIMAL -> "DECIMAL(%s,%s)".formatted(type.getPrecision().orElseThrow(), type.getScale().orElseThrow());
            case VARCHAR, CHAR -> "%s(%s)".formatted(type.getOrcTypeKind(), type.getLength().orElseThrow());
            case STRUCT, UNION -> "%s of %s fields".formatted(type.getOrcTypeKind(), type.getFieldCount());
            case BOOLEAN, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, TIMESTAMP_INSTANT, LIST, MAP -> type.getOrcTypeKind().name();
        };
    }

    /**
     * @param read what the reader reads, each of the file's columns once
     * @param types of {@code read}
     * @param sources where each column asked for comes from
     */
    record Projection(List<OrcColumn> read, List<Type> types, List<ColumnSource> sources)
    {
        Projection
        {
            read = ImmutableList.copyOf(read);
            types = ImmutableList.copyOf(types);
            sources = ImmutableList.copyOf(sources);
        }
    }
}
