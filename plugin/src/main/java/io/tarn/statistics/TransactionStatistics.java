package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.airlift.log.Logger;
import io.tarn.partition.SelectedPartition;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.PartitionStatistics;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.statistics.StatisticsSessionProperties.isCatalogStatisticsEnabled;
import static io.tarn.statistics.StatisticsSessionProperties.isFooterStatisticsEnabled;
import static io.tarn.statistics.StatisticsSessionProperties.isStatisticsEnabled;
import static io.tarn.statistics.StatisticsSessionProperties.partitionStatisticsSampleSize;
import static java.util.Objects.requireNonNull;

/**
 * Statistics for the planner of one transaction, which asks for the same many times.
 * <p>
 * Counts of rows are the catalogue's where it has those of all partitions that were asked, and the footers' otherwise. A
 * column's are the catalogue's where they say how many different values it has, those of the partitions before those of
 * the table, and the footers' otherwise.
 */
public final class TransactionStatistics
{
    private static final Logger log = Logger.get(TransactionStatistics.class);

    private final TableStatisticsSource source;
    private final HiveMetastore metastore;
    private final Map<PartKey, Part> parts = new ConcurrentHashMap<>();

    TransactionStatistics(TableStatisticsSource source, HiveMetastore metastore)
    {
        this.source = requireNonNull(source, "source is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
    }

    /**
     * What is known of a table's rows and columns; what is not is left unknown. It does not fail: what goes wrong is
     * logged, and unknown.
     *
     * @param columns by the handles under which they are given back
     */
    public TableStatistics statistics(ConnectorSession session, TablePart part, Map<? extends ColumnHandle, StatisticsColumn> columns)
    {
        if (!isStatisticsEnabled(session)) {
            return TableStatistics.empty();
        }
        try {
            return parts.computeIfAbsent(new PartKey(part.table().getSchemaTableName(), part.constraint()), _ -> new Part(part))
                    .statistics(session, columns);
        }
        catch (RuntimeException e) {
            log.warn(e, "Nothing can be told of the rows of table %s", part.table().getSchemaTableName());
            return TableStatistics.empty();
        }
    }

    private record PartKey(SchemaTableName table, TupleDomain<String> constraint) {}

    private final class Part
    {
        private final TablePart part;
        private List<SelectedPartition> partitions;
        private List<SelectedPartition> sample;
        private Optional<FooterStatistics> footers;

        private Part(TablePart part)
        {
            this.part = part;
        }

        private synchronized TableStatistics statistics(ConnectorSession session, Map<? extends ColumnHandle, StatisticsColumn> columns)
        {
            if (partitions == null) {
                partitions = source.partitions(metastore, part);
                sample = source.definitions(metastore, part.table(), PartitionSample.of(partitions, partitionStatisticsSampleSize(session)));
            }
            if (partitions.isEmpty()) {
                return empty(columns);
            }
            Set<StatisticsColumn> data = columns.values().stream()
                    .filter(column -> !column.isPartitionKey() && !isNested(column.type()))
                    .collect(toImmutableSet());
            CatalogStatistics catalog = isCatalogStatisticsEnabled(session) ? catalog(data) : CatalogStatistics.none();
            Optional<PartitionRows> rows = PartitionRows.of(catalog.partitions(), partitions.size());
            Map<StatisticsColumn, ColumnStatistics> known = new HashMap<>();
            rows.ifPresent(counted -> known.putAll(catalogColumns(data, catalog, counted.total())));
            Set<StatisticsColumn> lacking = data.stream()
                    .filter(column -> !known.containsKey(column) || known.get(column).getDistinctValuesCount().isUnknown())
                    .collect(toImmutableSet());
            // Hive notes zero rows for a table that it declares over files
            boolean counted = rows.isPresent() && rows.get().known().size() == sample.size() && rows.get().total() > 0;
            if (isFooterStatisticsEnabled(session) && (!counted || !lacking.isEmpty()) && footers(session).isPresent()) {
                FooterStatistics asked = footers(session).get();
                asked.read(counted ? lacking : data);
                if (!counted && asked.rows().isPresent()) {
                    double total = asked.rows().getAsDouble();
                    rows = Optional.of(new PartitionRows(ImmutableMap.of(), total / partitions.size(), total));
                    known.putAll(catalogColumns(data, catalog, total));
                }
                if (rows.isPresent()) {
                    asked.columns(rows.get().total(), counted ? lacking : data)
                            .forEach((column, statistics) -> known.merge(column, statistics, (ofCatalog, ofFooters) -> ofCatalog.getDistinctValuesCount().isUnknown() ? ofFooters : ofCatalog));
                }
            }
            return table(columns, rows, known);
        }

        private CatalogStatistics catalog(Set<StatisticsColumn> data)
        {
            try {
                return CatalogStatistics.read(metastore, part.table(), sample, data.stream()
                        .filter(column -> column.path().isEmpty())
                        .map(StatisticsColumn::name)
                        .collect(toImmutableSet()));
            }
            catch (RuntimeException e) {
                log.warn(e, "The catalogue tells no statistics of table %s", part.table().getSchemaTableName());
                return CatalogStatistics.none();
            }
        }

        private Optional<FooterStatistics> footers(ConnectorSession session)
        {
            if (footers == null) {
                footers = source.footers(session, part.table(), sample, partitions.size());
            }
            return footers;
        }

        private TableStatistics table(Map<? extends ColumnHandle, StatisticsColumn> columns, Optional<PartitionRows> rows, Map<StatisticsColumn, ColumnStatistics> data)
        {
            TableStatistics.Builder result = TableStatistics.builder();
            rows.ifPresent(known -> result.setRowCount(Estimate.of(known.total())));
            List<String> keys = part.keys().stream().map(key -> key.name()).collect(toImmutableList());
            columns.forEach((handle, column) -> {
                if (column.isPartitionKey()) {
                    result.setColumnStatistics(handle, PartitionKeyStatistics.of(keys.indexOf(column.name()), column.type(), partitions, rows));
                }
                else if (data.containsKey(column)) {
                    result.setColumnStatistics(handle, data.get(column));
                }
            });
            return result.build();
        }
    }

    private static Map<StatisticsColumn, ColumnStatistics> catalogColumns(Set<StatisticsColumn> columns, CatalogStatistics catalog, double rows)
    {
        ImmutableMap.Builder<StatisticsColumn, ColumnStatistics> result = ImmutableMap.builder();
        for (StatisticsColumn column : columns) {
            if (!column.path().isEmpty()) {
                continue;
            }
            ColumnStatistics statistics = CatalogColumn.of(column.type(), column.name(), rows, catalog.partitions().values());
            HiveColumnStatistics ofTable = catalog.table().get(column.name());
            if (statistics.getDistinctValuesCount().isUnknown() && ofTable != null) {
                PartitionStatistics whole = PartitionStatistics.builder()
                        .setBasicStatistics(new HiveBasicStatistics(OptionalLong.empty(), OptionalLong.of((long) rows), OptionalLong.empty(), OptionalLong.empty()))
                        .setColumnStatistics(ImmutableMap.of(column.name(), ofTable))
                        .build();
                statistics = CatalogColumn.of(column.type(), column.name(), rows, ImmutableSet.of(whole));
            }
            if (!statistics.equals(ColumnStatistics.empty())) {
                result.put(column, statistics);
            }
        }
        return result.buildOrThrow();
    }

    private static TableStatistics empty(Map<? extends ColumnHandle, StatisticsColumn> columns)
    {
        TableStatistics.Builder result = TableStatistics.builder().setRowCount(Estimate.zero());
        columns.forEach((handle, column) -> {
            ColumnStatistics.Builder statistics = ColumnStatistics.builder()
                    .setNullsFraction(Estimate.zero())
                    .setDistinctValuesCount(Estimate.zero());
            if (column.type() instanceof VarcharType || column.type() instanceof CharType) {
                statistics.setDataSize(Estimate.zero());
            }
            result.setColumnStatistics(handle, statistics.build());
        });
        return result.build();
    }

    private static boolean isNested(Type type)
    {
        return type instanceof ArrayType || type instanceof MapType || type instanceof RowType;
    }
}
