package io.tarn.server.glue;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.aws.AwsOperation;
import io.tarn.server.aws.AwsService;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static io.tarn.server.glue.GlueErrors.invalidInput;
import static java.util.Objects.requireNonNull;

/**
 * AWS Glue's Data Catalog: databases and their tags, tables and their versions, partitions and their indexes, column
 * statistics, functions.
 */
public final class GlueService
        implements AwsService, AutoCloseable
{
    /**
     * The one catalogue, under the account number that local stand-ins for AWS use.
     */
    public static final String CATALOG_ID = "000000000000";
    static final String CREATED_BY = "arn:aws:iam::" + CATALOG_ID + ":root";

    private final IndexBuilder indexBuilder;
    private final Map<String, AwsOperation<?>> operations;

    public GlueService(GlueStore store)
    {
        this(store, InstantSource.system());
    }

    GlueService(GlueStore store, InstantSource clock)
    {
        requireNonNull(store, "store is null");
        requireNonNull(clock, "clock is null");
        this.indexBuilder = new IndexBuilder(store);
        ImmutableMap.Builder<String, AwsOperation<?>> operations = ImmutableMap.builder();
        Stream.of(
                        new DatabaseOperations(store, clock).operations(),
                        new TableOperations(store, clock).operations(),
                        new TableListing(store).operations(),
                        new TableSearch(store).operations(),
                        new TableVersionOperations(store).operations(),
                        new PartitionOperations(store, clock).operations(),
                        new PartitionBatches(store, clock).operations(),
                        new PartitionListing(store).operations(),
                        new IndexOperations(store, indexBuilder).operations(),
                        new StatisticsOperations(store).operations(),
                        new FunctionOperations(store, clock).operations(),
                        new TagOperations(store).operations(),
                        new CatalogSettings().operations())
                .flatMap(List::stream)
                .forEach(operation -> operations.put(operation.name(), checked(operation)));
        this.operations = operations.buildOrThrow();
        // what an earlier process left unfinished
        indexBuilder.wake();
    }

    /**
     * Ends what runs in the background; the store may be closed after it.
     */
    @Override
    public void close()
    {
        indexBuilder.close();
    }

    @Override
    public String targetPrefix()
    {
        return "AWSGlue";
    }

    @Override
    public String signingName()
    {
        return "glue";
    }

    @Override
    public Optional<AwsOperation<?>> operation(String name)
    {
        return Optional.ofNullable(operations.get(name));
    }

    @Override
    public boolean inModel(String name)
    {
        return Arrays.stream(GlueClient.class.getMethods())
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .filter(GlueRequest.class::isAssignableFrom)
                // the SDK writes abbreviations as words: CancelMlTaskRunRequest for CancelMLTaskRun
                .anyMatch(request -> request.getSimpleName().equalsIgnoreCase(name + "Request"));
    }

    private static <I> AwsOperation<I> checked(AwsOperation<I> operation)
    {
        return new AwsOperation<>(operation.name(), operation.build(), operation.builder(), request -> {
            check((SdkPojo) request);
            return operation.handler().apply(request);
        });
    }

    private static void check(SdkPojo request)
    {
        ModelConstraints.check(request);
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            if (value == null) {
                continue;
            }
            switch (field.memberName()) {
                case "CatalogId" -> {
                    if (!value.equals(CATALOG_ID)) {
                        throw entityNotFound("Catalog %s not found: this endpoint has the one catalogue %s, which needs no CatalogId".formatted(value, CATALOG_ID));
                    }
                }
                case "TransactionId", "QueryAsOfTime" -> throw invalidInput("%s asks for a governed table, which this endpoint does not have".formatted(field.memberName()));
                default -> {}
            }
        }
    }
}
