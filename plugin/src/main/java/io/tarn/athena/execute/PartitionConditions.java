package io.tarn.athena.execute;

import io.tarn.athena.statement.PartitionCondition;
import io.tarn.maintenance.PartitionKeys;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.Type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.trino.metastore.Partitions.toPartitionValues;

/**
 * Which partitions conditions on keys select, by the keys' types.
 */
final class PartitionConditions
{
    private PartitionConditions() {}

    /**
     * The names of the registered partitions for which all conditions hold.
     *
     * @throws io.trino.spi.TrinoException {@code TARN_STATEMENT_REFUSED} where a condition is on no key of the table,
     *         {@code TARN_INVALID_METADATA} where a value is none of its key's type
     */
    static List<String> select(HiveMetastore metastore, Table table, List<PartitionCondition> conditions)
    {
        PartitionSpec.requirePartitioned(table);
        List<PartitionKey> keys = PartitionKeys.of(table);
        List<String> names = PartitionKeys.names(table);
        Map<String, Domain> domains = new HashMap<>();
        for (PartitionCondition condition : conditions) {
            PartitionSpec.requireKey(table, names, condition.column());
            PartitionKey key = keys.get(names.indexOf(condition.column()));
            domains.merge(condition.column(), domain(table, key, condition), Domain::intersect);
        }
        TupleDomain<String> filter = TupleDomain.withColumnDomains(domains);
        if (filter.isNone()) {
            return List.of();
        }
        return metastore.getPartitionNamesByFilter(table.getDatabaseName(), table.getTableName(), names, filter)
                .orElseThrow(() -> new TableNotFoundException(table.getSchemaTableName()))
                .stream()
                // not every metastore filters by everything
                .filter(name -> matches(domains, keys, PartitionValues.parse(table.getSchemaTableName(), keys, toPartitionValues(name))))
                .toList();
    }

    private static boolean matches(Map<String, Domain> domains, List<PartitionKey> keys, List<NullableValue> values)
    {
        for (int i = 0; i < keys.size(); i++) {
            Domain domain = domains.get(keys.get(i).name());
            if (domain != null && !domain.includesNullableValue(values.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    private static Domain domain(Table table, PartitionKey key, PartitionCondition condition)
    {
        Type type = key.type();
        Object value = PartitionValues.parse(table.getSchemaTableName(), List.of(key), List.of(condition.value())).getFirst().getValue();
        if (value == null) {
            return switch (condition.operator()) {
                case EQUAL -> Domain.onlyNull(type);
                case NOT_EQUAL -> Domain.notNull(type);
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Domain.none(type);
            };
        }
        return switch (condition.operator()) {
            case EQUAL -> Domain.singleValue(type, value);
            case NOT_EQUAL -> Domain.create(ValueSet.of(type, value).complement(), false);
            case LESS -> Domain.create(ValueSet.ofRanges(Range.lessThan(type, value)), false);
            case LESS_OR_EQUAL -> Domain.create(ValueSet.ofRanges(Range.lessThanOrEqual(type, value)), false);
            case GREATER -> Domain.create(ValueSet.ofRanges(Range.greaterThan(type, value)), false);
            case GREATER_OR_EQUAL -> Domain.create(ValueSet.ofRanges(Range.greaterThanOrEqual(type, value)), false);
        };
    }
}
