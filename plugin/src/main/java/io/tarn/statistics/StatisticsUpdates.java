package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.Partitions;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.statistics.ColumnStatisticMetadata;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkArgument;
import static io.trino.spi.statistics.TableStatisticType.ROW_COUNT;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TypeUtils.readNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * What the engine counted while it wrote or analysed a table, as the metastore keeps it, by partition.
 */
public final class StatisticsUpdates
{
    private final SchemaTableName table;
    private final List<PartitionKey> keys;
    private final Map<String, Type> columns;
    private final Map<List<NullableValue>, ComputedStatistics> computed = new HashMap<>();

    /**
     * @param keys the partition keys, in declared order
     * @param columns the types of the data columns
     * @param computed as the engine hands it to {@code finishInsert}, {@code finishCreateTable} or
     *         {@code finishStatisticsCollection}; of what {@link StatisticsCollection} asked for
     */
    public StatisticsUpdates(SchemaTableName table, List<PartitionKey> keys, Map<String, Type> columns, Collection<ComputedStatistics> computed)
    {
        this.table = requireNonNull(table, "table is null");
        this.keys = ImmutableList.copyOf(keys);
        this.columns = ImmutableMap.copyOf(columns);
        for (ComputedStatistics statistics : computed) {
            this.computed.put(values(statistics), statistics);
        }
    }

    private List<NullableValue> values(ComputedStatistics statistics)
    {
        checkArgument(statistics.getGroupingColumns().equals(keys.stream().map(PartitionKey::name).toList()), "Statistics are grouped by %s, but table %s is partitioned by %s", statistics.getGroupingColumns(), table, keys);
        List<NullableValue> values = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Type type = keys.get(i).type();
            values.add(new NullableValue(type, readNativeValue(type, statistics.getGroupingValues().get(i), 0)));
        }
        return values;
    }

    /**
     * The statistics of what was written, to be merged with those that are there, or put in their place.
     *
     * @param written by the partition's name, {@code key=value/…}; by the empty name for a table without partitions
     * @return for each of these names: counts and sizes, and columns where the engine counted them
     * @throws io.trino.spi.TrinoException {@code TARN_INVALID_METADATA} where a name is none of the table's
     */
    public Map<String, PartitionStatistics> written(Map<String, WrittenData> written)
    {
        ImmutableMap.Builder<String, PartitionStatistics> statistics = ImmutableMap.builder();
        written.forEach((name, data) -> {
            HiveBasicStatistics basic = new HiveBasicStatistics(OptionalLong.of(data.files()), OptionalLong.of(data.rows()), OptionalLong.empty(), OptionalLong.of(data.bytes()));
            statistics.put(name, new PartitionStatistics(basic, find(name).map(counted -> columns(counted, data.rows())).orElse(ImmutableMap.of())));
        });
        return statistics.buildOrThrow();
    }

    /**
     * The statistics of what {@code ANALYZE} read, to be put in the place of those that are there.
     *
     * @param known counts and sizes that the metastore has, by partition as for {@link #written}; the sizes are kept
     * @return for each of these names; one of which the engine read no row has none
     */
    public Map<String, PartitionStatistics> analyzed(Map<String, HiveBasicStatistics> known)
    {
        ImmutableMap.Builder<String, PartitionStatistics> statistics = ImmutableMap.builder();
        known.forEach((name, basic) -> {
            Optional<ComputedStatistics> counted = find(name);
            long rows = counted.map(StatisticsUpdates::rows).orElse(0L);
            statistics.put(name, new PartitionStatistics(
                    new HiveBasicStatistics(basic.getFileCount(), OptionalLong.of(rows), basic.getInMemoryDataSizeInBytes(), basic.getOnDiskDataSizeInBytes()),
                    counted.map(read -> columns(read, rows)).orElse(ImmutableMap.of())));
        });
        return statistics.buildOrThrow();
    }

    private Optional<ComputedStatistics> find(String partitionName)
    {
        List<String> texts = partitionName.isEmpty() ? ImmutableList.of() : Partitions.toPartitionValues(partitionName);
        return Optional.ofNullable(computed.get(PartitionValues.parse(table, keys, texts)));
    }

    private static long rows(ComputedStatistics statistics)
    {
        return BIGINT.getLong(statistics.getTableStatistics().get(ROW_COUNT), 0);
    }

    private Map<String, HiveColumnStatistics> columns(ComputedStatistics statistics, long rows)
    {
        Map<String, Map<ColumnAggregate, Block>> counted = new HashMap<>();
        statistics.getColumnStatistics().forEach((ColumnStatisticMetadata metadata, Block value) ->
                counted.computeIfAbsent(metadata.getColumnName(), _ -> new EnumMap<>(ColumnAggregate.class)).put(ColumnAggregate.of(metadata), value));
        ImmutableMap.Builder<String, HiveColumnStatistics> result = ImmutableMap.builder();
        counted.forEach((column, values) -> {
            if (columns.containsKey(column)) {
                result.put(column, new ComputedColumn(columns.get(column), values, rows).statistics());
            }
        });
        return result.buildOrThrow();
    }
}
