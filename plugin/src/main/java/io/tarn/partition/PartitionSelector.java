package io.tarn.partition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partition;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

import static io.tarn.error.TarnErrorCode.TARN_TOO_MANY_PARTITIONS;
import static io.trino.metastore.Partitions.toPartitionValues;
import static java.util.Objects.requireNonNull;

/**
 * Which registered partitions of a table a query reads.
 */
public final class PartitionSelector
{
    private static final int SMALLEST_BATCH = 8;

    private final HiveMetastore metastore;
    private final int batchSize;
    private final int maximum;
    private final Function<Table, Predicate<Partition>> part;

    /**
     * @param batchSize how many definitions are asked of the metastore at once, at the most
     * @param maximum how many partitions one scan may read
     * @param part which of the registered partitions are part of a table
     */
    public PartitionSelector(HiveMetastore metastore, int batchSize, int maximum, Function<Table, Predicate<Partition>> part)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.batchSize = batchSize;
        this.maximum = maximum;
        this.part = requireNonNull(part, "part is null");
    }

    /**
     * The partitions whose values satisfy a constraint, in the metastore's order. Names are asked for at once, the
     * definitions in batches, as the iterator advances; the batches grow from a few, so that a query that stops early
     * asks for few.
     *
     * @param constraint on the keys, by name; applied exactly, whatever the metastore makes of it
     * @param filter a further condition on the values, in the keys' order
     * @throws TrinoException {@code TARN_TOO_MANY_PARTITIONS} where more are selected than one scan may read,
     *         {@code TARN_INVALID_METADATA} where a value does not parse; also from the iterator
     */
    public Iterator<SelectedPartition> select(Table table, List<PartitionKey> keys, TupleDomain<String> constraint, Predicate<List<NullableValue>> filter)
    {
        return definitions(table, names(table, keys, constraint, filter));
    }

    /**
     * The same with a condition on the partitions' names, which a table without partitions does not have.
     *
     * @throws TrinoException as {@link #select}
     */
    public Iterator<SelectedPartition> selectNamed(Table table, List<PartitionKey> keys, TupleDomain<String> constraint, Predicate<String> filter)
    {
        return definitions(table, names(table, keys, constraint, (name, _) -> filter.test(name)));
    }

    /**
     * The same partitions without their definitions, which takes one question to the metastore; a table without
     * partitions is {@link SelectedPartition#wholeTable}.
     *
     * @throws TrinoException as {@link #select} throws it
     */
    public List<SelectedPartition> names(Table table, List<PartitionKey> keys, TupleDomain<String> constraint, Predicate<List<NullableValue>> filter)
    {
        return names(table, keys, constraint, (_, values) -> filter.test(values));
    }

    private List<SelectedPartition> names(Table table, List<PartitionKey> keys, TupleDomain<String> constraint, BiPredicate<String, List<NullableValue>> filter)
    {
        if (constraint.isNone()) {
            return ImmutableList.of();
        }
        if (keys.isEmpty()) {
            return ImmutableList.of(SelectedPartition.wholeTable());
        }
        SchemaTableName tableName = table.getSchemaTableName();
        List<String> keyNames = keys.stream().map(PartitionKey::name).toList();
        List<String> names = metastore.getPartitionNamesByFilter(table.getDatabaseName(), table.getTableName(), keyNames, constraint)
                .orElseThrow(() -> new TableNotFoundException(tableName));

        List<Optional<Domain>> domains = domains(keyNames, constraint);
        ImmutableList.Builder<SelectedPartition> selected = ImmutableList.builder();
        int count = 0;
        for (String name : names) {
            List<String> texts = toPartitionValues(name);
            List<NullableValue> values = PartitionValues.parse(tableName, keys, texts);
            if (matches(domains, values) && filter.test(name, values)) {
                count++;
                if (count > maximum) {
                    throw new TrinoException(TARN_TOO_MANY_PARTITIONS, "The query reads more than %s partitions of table %s. Filter on its partition keys %s, or raise tarn.max-partitions-per-scan."
                            .formatted(maximum, tableName, keyNames));
                }
                selected.add(new SelectedPartition(name, texts, values, Optional.empty()));
            }
        }
        return selected.build();
    }

    /**
     * What {@link #names} gave, each with its definition; those that were dropped since, or are not part of the
     * table, are left out.
     */
    public Iterator<SelectedPartition> definitions(Table table, List<SelectedPartition> partitions)
    {
        if (partitions.equals(List.of(SelectedPartition.wholeTable()))) {
            return partitions.iterator();
        }
        return new Definitions(table, partitions);
    }

    private static List<Optional<Domain>> domains(List<String> keyNames, TupleDomain<String> constraint)
    {
        Map<String, Domain> domains = constraint.getDomains().orElseThrow();
        return keyNames.stream()
                .map(name -> Optional.ofNullable(domains.get(name)))
                .toList();
    }

    private static boolean matches(List<Optional<Domain>> domains, List<NullableValue> values)
    {
        for (int i = 0; i < values.size(); i++) {
            if (domains.get(i).isPresent() && !domains.get(i).get().includesNullableValue(values.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Asks for the definitions of partitions, batch by batch.
     */
    private final class Definitions
            implements Iterator<SelectedPartition>
    {
        private final Table table;
        private final List<SelectedPartition> partitions;
        private final Predicate<Partition> isPart;
        private int next;
        private int nextBatchSize = SMALLEST_BATCH;
        private Iterator<SelectedPartition> batch = Iterators.forArray();

        private Definitions(Table table, List<SelectedPartition> partitions)
        {
            this.table = table;
            this.partitions = partitions;
            this.isPart = part.apply(table);
        }

        @Override
        public boolean hasNext()
        {
            while (!batch.hasNext() && next < partitions.size()) {
                batch = load(partitions.subList(next, Math.min(partitions.size(), next + nextBatchSize)));
                next += nextBatchSize;
                nextBatchSize = Math.min(nextBatchSize * 4, batchSize);
            }
            return batch.hasNext();
        }

        @Override
        public SelectedPartition next()
        {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return batch.next();
        }

        private Iterator<SelectedPartition> load(List<SelectedPartition> names)
        {
            Map<String, Optional<Partition>> definitions = metastore.getPartitionsByNames(table, names.stream().map(SelectedPartition::name).toList());
            List<SelectedPartition> loaded = new ArrayList<>(names.size());
            for (SelectedPartition name : names) {
                // one that was dropped since it was listed holds nothing any more
                definitions.getOrDefault(name.name(), Optional.empty())
                        .filter(isPart)
                        .ifPresent(definition -> loaded.add(name.with(definition)));
            }
            return loaded.iterator();
        }
    }
}
