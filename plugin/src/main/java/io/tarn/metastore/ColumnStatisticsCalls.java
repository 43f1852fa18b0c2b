package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import io.airlift.log.Logger;
import io.trino.metastore.Column;
import io.trino.metastore.HiveColumnStatistics;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsError;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.metastore.GlueOperation.DELETE_COLUMN_STATISTICS_FOR_PARTITION;
import static io.tarn.metastore.GlueOperation.DELETE_COLUMN_STATISTICS_FOR_TABLE;
import static io.tarn.metastore.GlueOperation.GET_COLUMN_STATISTICS_FOR_PARTITION;
import static io.tarn.metastore.GlueOperation.GET_COLUMN_STATISTICS_FOR_TABLE;
import static io.tarn.metastore.GlueOperation.UPDATE_COLUMN_STATISTICS_FOR_PARTITION;
import static io.tarn.metastore.GlueOperation.UPDATE_COLUMN_STATISTICS_FOR_TABLE;
import static java.util.Objects.requireNonNull;

/**
 * Glue's calls on the statistics of columns, alike for a table and for a partition.
 */
final class ColumnStatisticsCalls
{
    private static final Logger log = Logger.get(ColumnStatisticsCalls.class);

    // the most columns that one call takes
    private static final int READ_BATCH = 100;
    private static final int WRITE_BATCH = 25;

    private final GlueClient client;
    private final GlueCalls calls;

    ColumnStatisticsCalls(GlueClient client, GlueCalls calls)
    {
        this.client = requireNonNull(client, "client is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    Owner ofTable(String databaseName, String tableName)
    {
        String resource = TableStore.resource(databaseName, tableName);
        return new Owner()
        {
            @Override
            List<ColumnStatistics> readBatch(List<String> columnNames)
            {
                return calls.call(
                        GET_COLUMN_STATISTICS_FOR_TABLE,
                        resource,
                        () -> client.getColumnStatisticsForTable(request -> request.databaseName(databaseName).tableName(tableName).columnNames(columnNames)),
                        EntityNotFoundException.class).columnStatisticsList();
            }

            @Override
            void writeBatch(List<ColumnStatistics> statistics)
            {
                warn(resource, calls.callDespiteConflicts(
                        UPDATE_COLUMN_STATISTICS_FOR_TABLE,
                        resource,
                        () -> client.updateColumnStatisticsForTable(request -> request.databaseName(databaseName).tableName(tableName).columnStatisticsList(statistics))).errors());
            }

            @Override
            void deleteOne(String columnName)
            {
                calls.callDespiteConflicts(
                        DELETE_COLUMN_STATISTICS_FOR_TABLE,
                        resource,
                        () -> client.deleteColumnStatisticsForTable(request -> request.databaseName(databaseName).tableName(tableName).columnName(columnName)),
                        EntityNotFoundException.class);
            }
        };
    }

    Owner ofPartition(String databaseName, String tableName, List<String> values)
    {
        String resource = PartitionStore.resource(databaseName, tableName, values);
        return new Owner()
        {
            @Override
            List<ColumnStatistics> readBatch(List<String> columnNames)
            {
                return calls.call(
                        GET_COLUMN_STATISTICS_FOR_PARTITION,
                        resource,
                        () -> client.getColumnStatisticsForPartition(request -> request.databaseName(databaseName).tableName(tableName).partitionValues(values).columnNames(columnNames)),
                        EntityNotFoundException.class).columnStatisticsList();
            }

            @Override
            void writeBatch(List<ColumnStatistics> statistics)
            {
                warn(resource, calls.callDespiteConflicts(
                        UPDATE_COLUMN_STATISTICS_FOR_PARTITION,
                        resource,
                        () -> client.updateColumnStatisticsForPartition(request -> request.databaseName(databaseName).tableName(tableName).partitionValues(values).columnStatisticsList(statistics))).errors());
            }

            @Override
            void deleteOne(String columnName)
            {
                calls.callDespiteConflicts(
                        DELETE_COLUMN_STATISTICS_FOR_PARTITION,
                        resource,
                        () -> client.deleteColumnStatisticsForPartition(request -> request.databaseName(databaseName).tableName(tableName).partitionValues(values).columnName(columnName)),
                        EntityNotFoundException.class);
            }
        };
    }

    /**
     * The data is in place when its statistics are written, and is right without them.
     */
    private static void warn(String resource, List<ColumnStatisticsError> errors)
    {
        for (ColumnStatisticsError error : errors) {
            log.warn("Glue did not take the statistics of column %s of %s: %s", error.columnStatistics() == null ? "?" : error.columnStatistics().columnName(), resource, error.error());
        }
    }

    /**
     * The table or partition whose columns the statistics are of.
     */
    abstract static class Owner
    {
        abstract List<ColumnStatistics> readBatch(List<String> columnNames);

        abstract void writeBatch(List<ColumnStatistics> statistics);

        abstract void deleteOne(String columnName);

        /**
         * @throws EntityNotFoundException where there is no such table or partition
         */
        final Map<String, HiveColumnStatistics> read(Collection<String> columnNames)
        {
            ImmutableMap.Builder<String, HiveColumnStatistics> result = ImmutableMap.builder();
            for (List<String> batch : Lists.partition(List.copyOf(columnNames), READ_BATCH)) {
                result.putAll(GlueStatistics.toColumnStatistics(readBatch(batch)));
            }
            return result.buildKeepingLast();
        }

        final List<ColumnStatistics> readGlue(Collection<String> columnNames)
        {
            return Lists.partition(List.copyOf(columnNames), READ_BATCH).stream()
                    .map(this::readBatch)
                    .flatMap(List::stream)
                    .collect(toImmutableList());
        }

        /**
         * Those of the statistics whose column is among the columns, and which Glue has a form for.
         *
         * @return the names of the columns whose statistics were written
         */
        final Set<String> write(List<Column> columns, Map<String, HiveColumnStatistics> statistics)
        {
            Instant now = Instant.now();
            Map<String, ColumnStatistics> written = new LinkedHashMap<>();
            for (Column column : columns) {
                Optional.ofNullable(statistics.get(column.getName()))
                        .flatMap(known -> GlueStatistics.toGlueStatistics(column, known, now))
                        .ifPresent(known -> written.put(column.getName(), known));
            }
            writeGlue(List.copyOf(written.values()));
            return written.keySet();
        }

        final void writeGlue(List<ColumnStatistics> statistics)
        {
            Lists.partition(statistics, WRITE_BATCH).forEach(this::writeBatch);
        }

        /**
         * Asks first which there are: a call to delete takes one column only, and most have none.
         */
        final void delete(List<String> columnNames)
        {
            for (String column : read(columnNames).keySet()) {
                try {
                    deleteOne(column);
                }
                catch (EntityNotFoundException _) {
                    // gone is what was asked for
                }
            }
        }
    }
}
