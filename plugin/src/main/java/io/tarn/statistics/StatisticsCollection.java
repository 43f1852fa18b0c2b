package io.tarn.statistics;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.statistics.ColumnStatisticMetadata;
import io.trino.spi.statistics.TableStatisticsMetadata;

import java.util.Collection;
import java.util.List;

import static io.tarn.statistics.StatisticsSessionProperties.isCollectColumnStatisticsOnWrite;
import static io.tarn.statistics.StatisticsSessionProperties.isStatisticsEnabled;
import static io.trino.spi.statistics.TableStatisticType.ROW_COUNT;

/**
 * What the engine is to count while it reads a table for {@code ANALYZE}, or while it writes one.
 */
public final class StatisticsCollection
{
    private StatisticsCollection() {}

    /**
     * @param columns those to analyse; hidden ones and partition keys are left out
     * @param partitionedBy names of the partition keys, in declared order
     */
    public static TableStatisticsMetadata forAnalyze(Collection<ColumnMetadata> columns, List<String> partitionedBy)
    {
        return new TableStatisticsMetadata(columnStatistics(columns, partitionedBy), ImmutableSet.of(ROW_COUNT), partitionedBy);
    }

    /**
     * Rows are counted by who writes them. Nothing where the session does not want statistics collected.
     */
    public static TableStatisticsMetadata forWrite(ConnectorSession session, Collection<ColumnMetadata> columns, List<String> partitionedBy)
    {
        if (!isStatisticsEnabled(session) || !isCollectColumnStatisticsOnWrite(session)) {
            return TableStatisticsMetadata.empty();
        }
        return new TableStatisticsMetadata(columnStatistics(columns, partitionedBy), ImmutableSet.of(), partitionedBy);
    }

    private static ImmutableSet<ColumnStatisticMetadata> columnStatistics(Collection<ColumnMetadata> columns, List<String> partitionedBy)
    {
        ImmutableSet.Builder<ColumnStatisticMetadata> statistics = ImmutableSet.builder();
        for (ColumnMetadata column : columns) {
            if (!column.isHidden() && !partitionedBy.contains(column.getName())) {
                ColumnAggregate.of(column.getType()).forEach(aggregate -> statistics.add(aggregate.of(column.getName())));
            }
        }
        return statistics.build();
    }
}
