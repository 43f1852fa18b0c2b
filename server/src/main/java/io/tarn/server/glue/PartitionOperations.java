package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionResponse;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdatePartitionResponse;

import java.time.InstantSource;
import java.util.List;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.Names.folded;
import static io.tarn.server.glue.Names.required;
import static java.util.Objects.requireNonNull;

/**
 * Partitions, one by one.
 */
final class PartitionOperations
{
    private final GlueStore store;
    private final InstantSource clock;

    PartitionOperations(GlueStore store, InstantSource clock)
    {
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("CreatePartition", CreatePartitionRequest::builder, this::create),
                operation("GetPartition", GetPartitionRequest::builder, this::find),
                operation("UpdatePartition", UpdatePartitionRequest::builder, this::update),
                operation("DeletePartition", DeletePartitionRequest::builder, this::delete));
    }

    private CreatePartitionResponse create(CreatePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        PartitionInput input = required(request.partitionInput(), "partitionInput");
        store.write(transaction -> {
            new Partitions(transaction, database, table).create(input, clock.millis());
            return null;
        });
        return CreatePartitionResponse.builder().build();
    }

    private GetPartitionResponse find(GetPartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<String> values = required(request.hasPartitionValues() ? request.partitionValues() : null, "partitionValues");
        return GetPartitionResponse.builder()
                .partition(Partitions.partition(store.read(transaction -> new Partitions(transaction, database, table).require(values))))
                .build();
    }

    private UpdatePartitionResponse update(UpdatePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<String> values = required(request.hasPartitionValueList() ? request.partitionValueList() : null, "partitionValueList");
        PartitionInput input = required(request.partitionInput(), "partitionInput");
        store.write(transaction -> {
            new Partitions(transaction, database, table).update(values, input);
            return null;
        });
        return UpdatePartitionResponse.builder().build();
    }

    private DeletePartitionResponse delete(DeletePartitionRequest request)
    {
        String database = folded(request.databaseName(), "databaseName");
        String table = folded(request.tableName(), "tableName");
        List<String> values = required(request.hasPartitionValues() ? request.partitionValues() : null, "partitionValues");
        store.write(transaction -> {
            new Partitions(transaction, database, table).delete(values);
            return null;
        });
        return DeletePartitionResponse.builder().build();
    }
}
