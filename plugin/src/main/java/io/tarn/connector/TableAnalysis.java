package io.tarn.connector;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.tarn.connector.TarnColumnHandle.Kind;
import io.tarn.metastore.BasicStatistics;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.tarn.statistics.StatisticsCollection;
import io.tarn.statistics.StatisticsUpdates;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Partitions;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatisticsMetadata;
import io.trino.spi.type.Type;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.metastore.StatisticsUpdateMode.OVERWRITE_SOME_COLUMNS;
import static io.trino.spi.StandardErrorCode.INVALID_ANALYZE_PROPERTY;
import static java.util.Objects.requireNonNull;

/**
 * {@code ANALYZE}: what of a table is read for it, and where the result is kept.
 */
final class TableAnalysis
{
    private static final String PARTITIONED_BY = "partitioned_by";

    private final HiveMetastore metastore;

    TableAnalysis(HiveMetastore metastore)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
    }

    /**
     * What is to be counted while a table is written; its metadata names the partition keys among the properties.
     */
    static TableStatisticsMetadata forWrite(ConnectorSession session, ConnectorTableMetadata table)
    {
        List<?> partitionedBy = (List<?>) table.getProperties().getOrDefault(PARTITIONED_BY, List.of());
        return StatisticsCollection.forWrite(session, table.getColumns(), partitionedBy.stream().map(String.class::cast).toList());
    }

    /**
     * @throws TrinoException {@code INVALID_ANALYZE_PROPERTY} where a partition or a column is none of the table's
     */
    ConnectorAnalyzeMetadata begin(Table table, TarnTableHandle handle, Map<String, Object> properties)
    {
        List<ColumnMetadata> columns = TableColumns.metadata(table);
        Optional<Set<String>> chosen = AnalyzeProperties.columns(properties);
        chosen.ifPresent(names -> {
            Set<String> unknown = Sets.difference(names, columns.stream().filter(column -> !column.isHidden()).map(ColumnMetadata::getName).collect(toImmutableSet()));
            if (!unknown.isEmpty()) {
                throw invalid("Table %s has no columns %s. Name columns of the table.".formatted(handle.name(), unknown));
            }
        });
        TarnTableHandle analyzed = AnalyzeProperties.partitions(properties)
                .map(partitions -> withPartitions(handle, partitions))
                .orElse(handle);
        return new ConnectorAnalyzeMetadata(
                analyzed,
                StatisticsCollection.forAnalyze(
                        columns.stream().filter(column -> chosen.isEmpty() || chosen.get().contains(column.getName())).toList(),
                        handle.partitionKeys().stream().map(TarnColumnHandle::name).toList()));
    }

    private TarnTableHandle withPartitions(TarnTableHandle handle, List<List<String>> partitions)
    {
        List<TarnColumnHandle> keys = handle.partitionKeys();
        if (keys.isEmpty()) {
            throw invalid("Table %s has no partitions. Leave the property '%s' out.".formatted(handle.name(), AnalyzeProperties.PARTITIONS));
        }
        Set<List<NullableValue>> wanted = partitions.stream()
                .map(texts -> values(handle, texts))
                .collect(toImmutableSet());
        Map<List<NullableValue>, List<String>> existing = names(handle, constraint(keys, wanted)).stream()
                .map(Partitions::toPartitionValues)
                .collect(toImmutableMap(texts -> PartitionValues.parse(handle.name(), TableColumns.keys(keys), texts), texts -> texts, (first, _) -> first));
        for (List<String> texts : partitions) {
            if (!existing.containsKey(values(handle, texts))) {
                throw invalid("Table %s has no partition with the values %s for its keys %s. Name partitions of the table.".formatted(handle.name(), texts, keys.stream().map(TarnColumnHandle::name).toList()));
            }
        }
        return handle.withPartitions(constraint(keys, wanted), wanted.stream().map(existing::get).toList());
    }

    private static List<NullableValue> values(TarnTableHandle handle, List<String> texts)
    {
        try {
            return PartitionValues.parse(handle.name(), TableColumns.keys(handle.partitionKeys()), texts);
        }
        catch (TrinoException e) {
            throw new TrinoException(INVALID_ANALYZE_PROPERTY, "Partition %s does not fit the keys %s of table %s. Give one value for each key, in their order.".formatted(texts, handle.partitionKeys(), handle.name()), e);
        }
    }

    private static TupleDomain<TarnColumnHandle> constraint(List<TarnColumnHandle> keys, Set<List<NullableValue>> partitions)
    {
        if (partitions.isEmpty()) {
            return TupleDomain.none();
        }
        Map<TarnColumnHandle, Domain> domains = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            int key = i;
            domains.put(keys.get(i), Domain.union(partitions.stream()
                    .map(values -> values.get(key).isNull() ? Domain.onlyNull(keys.get(key).type()) : Domain.singleValue(keys.get(key).type(), values.get(key).getValue()))
                    .distinct()
                    .toList()));
        }
        return TupleDomain.withColumnDomains(domains);
    }

    /**
     * Keeps the result in the catalogue. Columns that were not analysed keep what they had.
     */
    void finish(TarnTableHandle handle, Collection<ComputedStatistics> computed)
    {
        SchemaTableName name = handle.name();
        Table table = metastore.getTable(name.getSchemaName(), name.getTableName()).orElseThrow(() -> new TableNotFoundException(name));
        List<PartitionKey> keys = TableColumns.keys(handle.partitionKeys());
        Map<String, Type> columns = TableColumns.all(table).stream()
                .filter(column -> column.kind() == Kind.DATA)
                .collect(toImmutableMap(TarnColumnHandle::name, TarnColumnHandle::type));
        StatisticsUpdates updates = new StatisticsUpdates(name, keys, columns, computed);
        if (keys.isEmpty()) {
            updates.analyzed(ImmutableMap.of("", BasicStatistics.fromParameters(table.getParameters())))
                    .forEach((_, statistics) -> metastore.updateTableStatistics(name.getSchemaName(), name.getTableName(), OptionalLong.empty(), OVERWRITE_SOME_COLUMNS, statistics));
            return;
        }
        // those that the scan saw, as this transaction sees them
        List<String> scanned = names(handle, handle.partitionConstraint()).stream()
                .filter(partition -> handle.partitions().map(only -> only.contains(Partitions.toPartitionValues(partition))).orElse(true))
                .collect(toImmutableList());
        ImmutableMap.Builder<String, HiveBasicStatistics> known = ImmutableMap.builder();
        metastore.getPartitionsByNames(table, scanned).forEach((partition, definition) ->
                definition.ifPresent(existing -> known.put(partition, BasicStatistics.fromParameters(existing.getParameters()))));
        metastore.updatePartitionStatistics(table, OVERWRITE_SOME_COLUMNS, updates.analyzed(known.buildOrThrow()));
    }

    private List<String> names(TarnTableHandle handle, TupleDomain<TarnColumnHandle> constraint)
    {
        if (constraint.isNone()) {
            return List.of();
        }
        return metastore.getPartitionNamesByFilter(
                        handle.name().getSchemaName(),
                        handle.name().getTableName(),
                        handle.partitionKeys().stream().map(TarnColumnHandle::name).toList(),
                        constraint.transformKeys(TarnColumnHandle::name))
                .orElseThrow(() -> new TableNotFoundException(handle.name()));
    }

    private static TrinoException invalid(String message)
    {
        return new TrinoException(INVALID_ANALYZE_PROPERTY, message);
    }
}
