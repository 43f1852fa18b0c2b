package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.trino.metastore.type.Category;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.parquet.ParquetTypeUtils.getParquetTypeByName;
import static java.util.Objects.requireNonNull;

/**
 * Finds declared columns in a file's schema: by name without regard to case, where one that matches to the letter
 * goes first, or by position.
 */
final class ParquetColumns
{
    private final MessageType fileSchema;
    private final boolean byName;

    ParquetColumns(MessageType fileSchema, boolean byName)
    {
        this.fileSchema = requireNonNull(fileSchema, "fileSchema is null");
        this.byName = byName;
    }

    /**
     * The file's field for the whole column, or empty where the file has none.
     */
    Optional<Type> field(FileColumn column)
    {
        if (byName) {
            return Optional.ofNullable(getParquetTypeByName(column.name(), fileSchema));
        }
        return column.ordinal() < fileSchema.getFieldCount() ? Optional.of(fileSchema.getType(column.ordinal())) : Optional.empty();
    }

    /**
     * The part of the file's schema that holds these columns, and nothing that they do not need.
     */
    MessageType requested(List<FileColumn> columns)
    {
        return columns.stream()
                .map(this::chain)
                .flatMap(Optional::stream)
                .map(ParquetColumns::pruned)
                .map(type -> new MessageType(fileSchema.getName(), type))
                .reduce(MessageType::union)
                .orElseGet(() -> new MessageType(fileSchema.getName(), ImmutableList.of()));
    }

    /**
     * A predicate on the leaves of the file; what is asked of lists, maps and structs is left out.
     */
    TupleDomain<ColumnDescriptor> predicate(TupleDomain<FileColumn> predicate, Map<List<String>, ColumnDescriptor> descriptors)
    {
        ImmutableMap.Builder<ColumnDescriptor, Domain> domains = ImmutableMap.builder();
        predicate.getDomains().orElseThrow().forEach((column, domain) -> {
            if (column.isRawLine() || column.hiveType().getCategory() != Category.PRIMITIVE) {
                return;
            }
            chain(column)
                    .filter(chain -> chain.getLast().isPrimitive())
                    .map(chain -> descriptors.get(chain.stream().map(Type::getName).toList()))
                    .ifPresent(descriptor -> domains.put(descriptor, domain));
        });
        return TupleDomain.withColumnDomains(domains.buildKeepingLast());
    }

    /**
     * The file's types from the field down the path, or empty where the file lacks one of them.
     */
    private Optional<List<Type>> chain(FileColumn column)
    {
        Optional<Type> field = field(column);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        ImmutableList.Builder<Type> chain = ImmutableList.builder();
        Type current = field.get();
        chain.add(current);
        for (String name : column.path()) {
            if (current.isPrimitive()) {
                // what is declared as a struct is none in the file: reading the whole field says so
                return Optional.of(ImmutableList.of(field.get()));
            }
            current = getParquetTypeByName(name, current.asGroupType());
            if (current == null) {
                return Optional.empty();
            }
            chain.add(current);
        }
        return Optional.of(chain.build());
    }

    private static Type pruned(List<Type> chain)
    {
        Type type = chain.getLast();
        for (int i = chain.size() - 2; i >= 0; i--) {
            GroupType parent = chain.get(i).asGroupType();
            type = new GroupType(parent.getRepetition(), parent.getName(), ImmutableList.of(type));
        }
        return type;
    }
}
