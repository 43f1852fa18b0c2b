package io.tarn.server.glue;

import io.tarn.server.aws.AwsException;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.SdkJsonReader;
import io.tarn.server.aws.SdkJsonWriter;
import io.tarn.server.glue.StatisticsRows.StatisticsOwner;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnError;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsError;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static io.tarn.server.glue.TableOperations.errorDetail;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Column statistics of tables and of partitions.
 */
final class StatisticsOperations
{
    private final GlueStore store;

    StatisticsOperations(GlueStore store)
    {
        this.store = requireNonNull(store, "store is null");
    }

    /**
     * @param partitionValues null for the table's own statistics
     */
    private record Target(String database, String table, List<String> partitionValues)
    {
        static Target of(String database, String table)
        {
            return new Target(folded(database, "databaseName"), folded(table, "tableName"), null);
        }

        static Target of(String database, String table, boolean hasValues, List<String> values)
        {
            return new Target(folded(database, "databaseName"), folded(table, "tableName"), required(hasValues ? values : null, "partitionValues"));
        }
    }

    private record Found(List<ColumnStatistics> statistics, List<ColumnError> errors) {}

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("GetColumnStatisticsForTable", GetColumnStatisticsForTableRequest::builder, request -> {
                    Found found = find(Target.of(request.databaseName(), request.tableName()), request.hasColumnNames() ? request.columnNames() : null);
                    return GetColumnStatisticsForTableResponse.builder().columnStatisticsList(found.statistics()).errors(found.errors()).build();
                }),
                operation("GetColumnStatisticsForPartition", GetColumnStatisticsForPartitionRequest::builder, request -> {
                    Found found = find(
                            Target.of(request.databaseName(), request.tableName(), request.hasPartitionValues(), request.partitionValues()),
                            request.hasColumnNames() ? request.columnNames() : null);
                    return GetColumnStatisticsForPartitionResponse.builder().columnStatisticsList(found.statistics()).errors(found.errors()).build();
                }),
                operation("UpdateColumnStatisticsForTable", UpdateColumnStatisticsForTableRequest::builder, request -> UpdateColumnStatisticsForTableResponse.builder()
                        .errors(update(
                                Target.of(request.databaseName(), request.tableName()),
                                request.hasColumnStatisticsList() ? request.columnStatisticsList() : null))
                        .build()),
                operation("UpdateColumnStatisticsForPartition", UpdateColumnStatisticsForPartitionRequest::builder, request -> UpdateColumnStatisticsForPartitionResponse.builder()
                        .errors(update(
                                Target.of(request.databaseName(), request.tableName(), request.hasPartitionValues(), request.partitionValues()),
                                request.hasColumnStatisticsList() ? request.columnStatisticsList() : null))
                        .build()),
                operation("DeleteColumnStatisticsForTable", DeleteColumnStatisticsForTableRequest::builder, request -> {
                    delete(Target.of(request.databaseName(), request.tableName()), request.columnName());
                    return DeleteColumnStatisticsForTableResponse.builder().build();
                }),
                operation("DeleteColumnStatisticsForPartition", DeleteColumnStatisticsForPartitionRequest::builder, request -> {
                    delete(Target.of(request.databaseName(), request.tableName(), request.hasPartitionValues(), request.partitionValues()), request.columnName());
                    return DeleteColumnStatisticsForPartitionResponse.builder().build();
                }));
    }

    private Found find(Target target, List<String> columns)
    {
        required(columns, "columnNames");
        return store.read(transaction -> {
            StatisticsOwner owner = owner(transaction, target);
            Found found = new Found(new ArrayList<>(), new ArrayList<>());
            for (String column : columns) {
                transaction.statistics().find(owner, column.toLowerCase(ENGLISH)).ifPresentOrElse(
                        definition -> found.statistics().add(SdkJsonReader.read(definition, ColumnStatistics.builder()).build()),
                        () -> found.errors().add(ColumnError.builder()
                                .columnName(column)
                                .error(errorDetail(notFound(column, target)))
                                .build()));
            }
            return found;
        });
    }

    private List<ColumnStatisticsError> update(Target target, List<ColumnStatistics> statistics)
    {
        required(statistics, "columnStatisticsList");
        return store.write(transaction -> {
            StatisticsOwner owner = owner(transaction, target);
            Set<String> columns = columns(Tables.table(transaction.tables().require(target.database(), target.table())));
            List<ColumnStatisticsError> errors = new ArrayList<>();
            for (ColumnStatistics column : statistics) {
                try {
                    check(column, columns, target);
                    transaction.statistics().put(owner, column.columnName().toLowerCase(ENGLISH), SdkJsonWriter.writeText(column));
                }
                catch (AwsException e) {
                    errors.add(ColumnStatisticsError.builder()
                            .columnStatistics(column)
                            .error(errorDetail(e))
                            .build());
                }
            }
            return errors;
        });
    }

    /**
     * Statistics that are not there are no error: Trino deletes those of every column it has none for, and AWS lets it.
     */
    private void delete(Target target, String columnName)
    {
        String column = folded(columnName, "columnName");
        store.write(transaction -> transaction.statistics().delete(owner(transaction, target), column));
    }

    private static StatisticsOwner owner(GlueTransaction transaction, Target target)
    {
        if (target.partitionValues() == null) {
            transaction.tables().require(target.database(), target.table());
            return new StatisticsOwner(target.database(), target.table(), Optional.empty());
        }
        String key = new Partitions(transaction, target.database(), target.table()).require(target.partitionValues()).key();
        return new StatisticsOwner(target.database(), target.table(), Optional.of(key));
    }

    private static Set<String> columns(Table table)
    {
        return Tables.columns(table).stream()
                .map(Column::name)
                .map(name -> name.toLowerCase(ENGLISH))
                .collect(toImmutableSet());
    }

    private static void check(ColumnStatistics statistics, Set<String> columns, Target target)
    {
        String column = folded(statistics.columnName(), "columnStatisticsList.columnName");
        required(statistics.columnType(), "columnStatisticsList.columnType");
        required(statistics.analyzedTime(), "columnStatisticsList.analyzedTime");
        ColumnStatisticsData data = required(statistics.statisticsData(), "columnStatisticsList.statisticsData");
        required(data.typeAsString(), "columnStatisticsList.statisticsData.type");
        if (!columns.contains(column)) {
            throw entityNotFound("Column %s of %s.%s not found.".formatted(column, target.database(), target.table()));
        }
        Object values = switch (data.type()) {
            case BOOLEAN -> data.booleanColumnStatisticsData();
            case DATE -> data.dateColumnStatisticsData();
            case DECIMAL -> data.decimalColumnStatisticsData();
            case DOUBLE -> data.doubleColumnStatisticsData();
            case LONG -> data.longColumnStatisticsData();
            case STRING -> data.stringColumnStatisticsData();
            case BINARY -> data.binaryColumnStatisticsData();
            case UNKNOWN_TO_SDK_VERSION -> throw invalidInput("Statistics of column %s are of the unknown type %s".formatted(column, data.typeAsString()));
        };
        if (values == null) {
            throw invalidInput("Statistics of column %s are of type %s, but have no data of that type".formatted(column, data.typeAsString()));
        }
    }

    private static AwsException notFound(String column, Target target)
    {
        return entityNotFound("Statistics of column %s of %s.%s%s not found.".formatted(
                column,
                target.database(),
                target.table(),
                target.partitionValues() == null ? "" : " " + target.partitionValues()));
    }
}
