package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.tarn.format.FileColumn;
import io.trino.parquet.PrimitiveField;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.PrimitiveColumnIO;
import org.apache.parquet.schema.Type;
import org.joda.time.DateTimeZone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.apache.parquet.schema.Type.Repetition.REPEATED;

/**
 * A filter in terms of one file's columns.
 *
 * @param domains what the file's statistics are compared with; none where the file cannot have a row that satisfies it
 * @param fields the columns that the filter names
 * @param bloomFilterUsable whether Bloom filters hold what the filter asks for
 */
record FilePredicate(TupleDomain<ColumnDescriptor> domains, List<PrimitiveField> fields, boolean bloomFilterUsable)
{
    /**
     * The columns of a filter that lie in the file as single values, and can be looked up by their statistics.
     */
    static Map<FileColumn, Domain> candidates(TupleDomain<FileColumn> predicate, FileColumns columns, DateTimeZone timeZone)
    {
        ImmutableMap.Builder<FileColumn, Domain> candidates = ImmutableMap.builder();
        predicate.getDomains().orElseThrow().forEach((column, domain) -> {
            if (isSingleValue(column, columns)
                    && PrunableDomain.isPrunable(domain, columns.path(column).orElseThrow().getLast().asPrimitiveType(), timeZone)) {
                candidates.put(column, domain);
            }
        });
        return candidates.buildOrThrow();
    }

    /**
     * Whether a column lies in the file, with at most one value a row.
     */
    static boolean isSingleValue(FileColumn column, FileColumns columns)
    {
        Optional<List<Type>> path = column.isOfRecord() ? Optional.empty() : columns.path(column);
        return path.isPresent()
                && path.get().getLast().isPrimitive()
                && path.get().stream().noneMatch(type -> type.isRepetition(REPEATED));
    }

    /**
     * Whether the filter refuses nulls of a column that the file lacks, hence every row.
     */
    static boolean excludesFile(TupleDomain<FileColumn> predicate, FileColumns columns)
    {
        return predicate.getDomains().orElseThrow().entrySet().stream()
                .anyMatch(entry -> !entry.getKey().isOfRecord() && !entry.getValue().isNullAllowed() && columns.base(entry.getKey()).isEmpty());
    }

    static FilePredicate create(Map<FileColumn, Domain> candidates, FileColumns columns, List<PrimitiveColumnIO> leaves, TypeFit fit)
    {
        Map<List<String>, PrimitiveColumnIO> leavesByPath = new HashMap<>();
        leaves.forEach(leaf -> leavesByPath.put(List.of(leaf.getFieldPath()), leaf));
        Map<ColumnDescriptor, Domain> domains = new HashMap<>();
        List<PrimitiveField> fields = new ArrayList<>();
        boolean bloomFilterUsable = true;
        for (Map.Entry<FileColumn, Domain> candidate : candidates.entrySet()) {
            List<String> path = columns.path(candidate.getKey()).orElseThrow().stream().map(Type::getName).collect(toImmutableList());
            PrimitiveColumnIO leaf = leavesByPath.get(path);
            Domain domain = candidate.getValue();
            PrimitiveField field = new PrimitiveField(domain.getType(), false, leaf.getColumnDescriptor(), leaf.getId());
            if (fit.valuesFit(field)) {
                fields.add(field);
                domains.merge(leaf.getColumnDescriptor(), domain, Domain::intersect);
                bloomFilterUsable &= PrunableDomain.keepsBytes(domain.getType(), leaf.getColumnDescriptor().getPrimitiveType());
            }
        }
        return new FilePredicate(TupleDomain.withColumnDomains(domains), fields, bloomFilterUsable);
    }
}
