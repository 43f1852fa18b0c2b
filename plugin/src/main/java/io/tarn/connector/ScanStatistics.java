package io.tarn.connector;

import io.tarn.connector.TarnColumnHandle.Kind;
import io.tarn.statistics.StatisticsColumn;
import io.tarn.statistics.TablePart;
import io.tarn.statistics.TransactionStatistics;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.statistics.TableStatistics;

import java.util.Collection;
import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * Tells the statistics of a table as it is scanned.
 */
final class ScanStatistics
{
    private ScanStatistics() {}

    static TableStatistics of(TransactionStatistics statistics, ConnectorSession session, Table table, TarnTableHandle handle)
    {
        Collection<TarnColumnHandle> columns = handle.projected().isEmpty() ? TableColumns.all(table) : handle.projected();
        Map<TarnColumnHandle, StatisticsColumn> wanted = columns.stream()
                .filter(column -> column.kind() != Kind.HIDDEN)
                .collect(toImmutableMap(identity(), column -> new StatisticsColumn(column.name(), column.ordinal(), column.path(), column.type())));
        TablePart part = new TablePart(table, TableColumns.keys(handle.partitionKeys()), handle.partitionConstraint().transformKeys(TarnColumnHandle::name));
        return statistics.statistics(session, part, wanted);
    }
}
