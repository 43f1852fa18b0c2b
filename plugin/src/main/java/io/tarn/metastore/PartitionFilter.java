package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;

/**
 * A constraint on partition keys, evaluated on the values as the catalogue keeps them. A value that cannot be read as
 * its key's type passes: what it means is for whoever reads the partition to say, not for a listing to hide.
 */
final class PartitionFilter
{
    private final List<Condition> conditions;

    /**
     * @param filter not {@code NONE}
     */
    PartitionFilter(List<String> columnNames, TupleDomain<String> filter)
    {
        Map<String, Domain> domains = filter.getDomains().orElseThrow();
        ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
        for (int i = 0; i < columnNames.size(); i++) {
            Domain domain = domains.get(columnNames.get(i));
            if (domain != null && !domain.isAll()) {
                conditions.add(new Condition(i, domain));
            }
        }
        this.conditions = conditions.build();
    }

    /**
     * @param values one for each key
     */
    boolean test(List<String> values)
    {
        for (Condition condition : conditions) {
            if (!condition.test(values.get(condition.index()))) {
                return false;
            }
        }
        return true;
    }

    private record Condition(int index, Domain domain)
    {
        boolean test(String text)
        {
            if (text.equals(HIVE_DEFAULT_DYNAMIC_PARTITION)) {
                return domain.isNullAllowed();
            }
            Optional<Object> value = PartitionKeyReader.read(domain.getType(), text);
            return value.isEmpty() || domain.includesNullableValue(value.get());
        }
    }
}
