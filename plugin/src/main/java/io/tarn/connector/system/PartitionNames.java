package io.tarn.connector.system;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.Partitions;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.ArrayList;
import java.util.List;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.predicate.TupleDomain.columnWiseUnion;

/**
 * What a condition on the names of partitions says of their keys.
 */
final class PartitionNames
{
    private PartitionNames() {}

    /**
     * A condition on the keys that no partition fails whose name satisfies the domain, so that the catalogue need not
     * name all partitions.
     */
    static TupleDomain<String> keyConstraint(SchemaTableName table, List<PartitionKey> keys, Domain names)
    {
        if (!names.isNullableDiscreteSet() || keys.isEmpty()) {
            return TupleDomain.all();
        }
        List<TupleDomain<String>> partitions = new ArrayList<>();
        for (Object name : names.getNullableDiscreteSet().getNonNullValues()) {
            partitions.add(keyConstraint(table, keys, ((Slice) name).toStringUtf8()));
        }
        return partitions.isEmpty() ? TupleDomain.none() : columnWiseUnion(partitions);
    }

    private static TupleDomain<String> keyConstraint(SchemaTableName table, List<PartitionKey> keys, String name)
    {
        ImmutableMap.Builder<String, NullableValue> constraint = ImmutableMap.builder();
        try {
            List<NullableValue> values = PartitionValues.parse(table, keys, Partitions.toPartitionValues(name));
            for (int i = 0; i < keys.size(); i++) {
                constraint.put(keys.get(i).name(), values.get(i));
            }
        }
        catch (TrinoException | IllegalArgumentException _) {
            // no partition of this table has such a name
            return TupleDomain.none();
        }
        return TupleDomain.fromFixedValues(constraint.buildOrThrow());
    }

    static boolean matches(Domain names, String name)
    {
        return names.includesNullableValue(name.isEmpty() ? null : utf8Slice(name));
    }
}
