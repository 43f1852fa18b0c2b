package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.trino.parquet.Column;
import io.trino.parquet.Field;
import io.trino.parquet.ParquetTypeUtils;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.reader.ParquetReader;
import org.apache.parquet.io.ColumnIO;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.format.parquet.FieldTree.lowerCase;
import static java.util.Objects.requireNonNull;
import static org.apache.parquet.schema.Type.Repetition.REPEATED;

/**
 * Finds a table's columns in one file.
 */
final class FileColumns
{
    private final MessageType schema;
    private final boolean byName;
    private final ParquetErrors errors;

    /**
     * @param schema the file's, names in lower case
     * @param byName whether columns are found by name; by position otherwise, and only nested fields by name
     */
    FileColumns(MessageType schema, boolean byName, ParquetErrors errors)
    {
        this.schema = requireNonNull(schema, "schema is null");
        this.byName = byName;
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * The file's field that holds the table's column, whatever the path within it.
     */
    Optional<Type> base(FileColumn column)
    {
        if (!byName) {
            return column.ordinal() < schema.getFieldCount() ? Optional.of(schema.getType(column.ordinal())) : Optional.empty();
        }
        String name = lowerCase(column.name());
        return schema.containsField(name) ? Optional.of(schema.getType(name)) : Optional.empty();
    }

    /**
     * The file's fields from the column's own down to the end of its path; empty where the file lacks one of them.
     */
    Optional<List<Type>> path(FileColumn column)
    {
        Optional<Type> base = base(column);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        List<Type> path = new ArrayList<>();
        path.add(base.get());
        for (String step : column.path()) {
            Type last = path.getLast();
            if (last.isPrimitive() || !last.asGroupType().containsField(lowerCase(step))) {
                return Optional.empty();
            }
            path.add(last.asGroupType().getType(lowerCase(step)));
        }
        return Optional.of(path);
    }

    /**
     * The part of the file's schema that the columns need.
     */
    MessageType prune(Collection<FileColumn> columns)
    {
        Map<String, FieldTree> trees = trees(columns);
        ImmutableList.Builder<Type> fields = ImmutableList.builder();
        trees.forEach((name, tree) -> tree.prune(schema.getType(name)).ifPresent(fields::add));
        return new MessageType(schema.getName(), fields.build());
    }

    /**
     * What to read for the columns.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_SCHEMA_MISMATCH} where a declared type does not fit the file's
     */
    Projection project(List<FileColumn> columns, MessageColumnIO fileFields, TypeFit fit)
    {
        Map<String, FieldTree> trees = trees(columns);
        Map<String, Integer> channels = new LinkedHashMap<>();
        ImmutableList.Builder<Column> read = ImmutableList.builder();
        trees.forEach((name, tree) -> {
            Type fileType = schema.getType(name);
            if (!TypeFit.shapeFits(tree.type(), fileType)) {
                throw errors.mismatch(declaredName(columns, name), tree.type().getDisplayName(), describe(fileType));
            }
            ColumnIO columnIO = ParquetTypeUtils.lookupColumnByName(fileFields, name);
            Optional<Field> field = ParquetTypeUtils.constructField(tree.type(), columnIO);
            if (field.isPresent()) {
                checkValues(columns, name, field.get(), fit);
                channels.put(name, channels.size());
                read.add(new Column(name, field.get()));
            }
        });
        List<ColumnSource> sources = columns.stream()
                .map(column -> source(column, trees, channels))
                .collect(toImmutableList());
        return new Projection(read.build(), sources);
    }

    private void checkValues(List<FileColumn> columns, String name, Field field, TypeFit fit)
    {
        for (PrimitiveField leaf : ParquetReader.getPrimitiveFields(ImmutableList.of(field))) {
            if (!fit.valuesFit(leaf)) {
                List<String> path = List.of(leaf.getDescriptor().getPath());
                String column = path.size() == 1 ? declaredName(columns, name) : declaredName(columns, name) + "." + String.join(".", path.subList(1, path.size()));
                throw errors.mismatch(column, leaf.getType().getDisplayName(), describe(leaf.getDescriptor().getPrimitiveType()));
            }
        }
    }

    private ColumnSource source(FileColumn column, Map<String, FieldTree> trees, Map<String, Integer> channels)
    {
        Integer channel = base(column).map(base -> channels.get(base.getName())).orElse(null);
        if (channel == null) {
            return ColumnSource.missing(column);
        }
        FieldTree tree = trees.get(base(column).orElseThrow().getName());
        return FieldTree.indexes(tree.type(), column.path())
                .map(indexes -> new ColumnSource(column, channel, indexes))
                .orElseGet(() -> ColumnSource.missing(column));
    }

    private Map<String, FieldTree> trees(Collection<FileColumn> columns)
    {
        Map<String, FieldTree> trees = new LinkedHashMap<>();
        for (FileColumn column : columns) {
            base(column).ifPresent(base -> trees.computeIfAbsent(base.getName(), _ -> new FieldTree()).add(column.path(), column.type()));
        }
        return trees;
    }

    private String declaredName(List<FileColumn> columns, String name)
    {
        return columns.stream()
                .filter(column -> base(column).map(Type::getName).equals(Optional.of(name)))
                .map(FileColumn::name)
                .findFirst()
                .orElse(name);
    }

    private static String describe(Type type)
    {
        if (type.isPrimitive()) {
            StringBuilder text = new StringBuilder(type.asPrimitiveType().getPrimitiveTypeName().name());
            if (type.getLogicalTypeAnnotation() != null) {
                text.append(' ').append(type.getLogicalTypeAnnotation());
            }
            return (type.isRepetition(REPEATED) ? "repeated " : "") + text;
        }
        GroupType group = type.asGroupType();
        return "a group of %s field%s%s".formatted(
                group.getFieldCount(),
                group.getFieldCount() == 1 ? "" : "s",
                type.getLogicalTypeAnnotation() == null ? "" : " " + type.getLogicalTypeAnnotation());
    }
}
