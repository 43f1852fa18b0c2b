package io.tarn.server.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.server.lake.LakeServices;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.tarn.server.lake.LakeServices.BUCKET;

/**
 * A partitioned table at some time, with its objects and statistics, that can be made again: cheaper than by the
 * statements that made it first.
 */
record TableSnapshot(TableInput table, List<PartitionInput> partitions, Map<List<String>, List<ColumnStatistics>> statistics, Map<String, byte[]> objects)
{
    TableSnapshot
    {
        partitions = ImmutableList.copyOf(partitions);
        statistics = ImmutableMap.copyOf(statistics);
        objects = ImmutableMap.copyOf(objects);
    }

    static TableSnapshot of(LakeServices services, String database, String name)
    {
        GlueClient glue = services.glue();
        Table table = glue.getTable(request -> request.databaseName(database).name(name)).table();
        List<Partition> partitions = glue.getPartitionsPaginator(request -> request.databaseName(database).tableName(name)).stream()
                .flatMap(page -> page.partitions().stream())
                .collect(toImmutableList());
        List<String> columns = table.storageDescriptor().columns().stream().map(column -> column.name()).toList();
        return new TableSnapshot(
                TableInput.builder()
                        .name(table.name())
                        .description(table.description())
                        .owner(table.owner())
                        .retention(table.retention())
                        .tableType(table.tableType())
                        .parameters(table.parameters())
                        .partitionKeys(table.partitionKeys())
                        .storageDescriptor(table.storageDescriptor())
                        .build(),
                partitions.stream()
                        .map(partition -> PartitionInput.builder()
                                .values(partition.values())
                                .parameters(partition.parameters())
                                .storageDescriptor(partition.storageDescriptor())
                                .build())
                        .collect(toImmutableList()),
                partitions.stream()
                        .map(Partition::values)
                        .collect(toImmutableMap(values -> values, values -> glue.getColumnStatisticsForPartition(request -> request
                                .databaseName(database)
                                .tableName(name)
                                .partitionValues(values)
                                .columnNames(columns)).columnStatisticsList())),
                keys(services.s3(), table).stream()
                        .collect(toImmutableMap(key -> key, key -> services.s3().getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asByteArray())));
    }

    /**
     * Makes the table again, which is not there any more.
     */
    void restore(LakeServices services, String database)
    {
        GlueClient glue = services.glue();
        objects.forEach((key, bytes) -> services.s3().putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes)));
        glue.createTable(request -> request.databaseName(database).tableInput(table));
        glue.batchCreatePartition(request -> request.databaseName(database).tableName(table.name()).partitionInputList(partitions));
        statistics.forEach((values, columns) -> glue.updateColumnStatisticsForPartition(request -> request
                .databaseName(database)
                .tableName(table.name())
                .partitionValues(values)
                .columnStatisticsList(columns)));
    }

    private static List<String> keys(S3Client s3, Table table)
    {
        String prefix = table.storageDescriptor().location().replaceFirst("^s3://[^/]+/", "").replaceFirst("/*$", "/");
        return s3.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
