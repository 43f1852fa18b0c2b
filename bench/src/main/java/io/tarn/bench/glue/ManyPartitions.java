package io.tarn.bench.glue;

import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.PartitionInput;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

import static java.lang.String.format;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * One table, partitioned by day, page and shop, each thousand partitions a day: what AWS's own client waits for.
 */
final class ManyPartitions
{
    private static final int PAGES = 100;
    private static final int SHOPS = 10;
    private static final int BATCH = 100;
    private static final LocalDate FIRST_DAY = LocalDate.of(2018, 1, 1);
    private static final double MEGABYTE = 1 << 20;

    private final String database;
    private final GlueStore store;
    private final int days;
    private final int rounds;

    ManyPartitions(String database, GlueStore store, int days, int rounds)
    {
        this.database = requireNonNull(database, "database is null");
        this.store = requireNonNull(store, "store is null");
        this.days = days;
        this.rounds = rounds;
    }

    TextTable measure()
            throws InterruptedException
    {
        TextTable table = new TextTable(
                format(Locale.ROOT, "A table with %,d partitions, %s", days * PAGES * SHOPS, database),
                "what",
                "median, ms",
                "p99, ms",
                "in all");
        Credentials credentials = new Credentials("tarn", "secret");
        try (GlueStore _ = store;
                GlueService service = new GlueService(store);
                AwsEndpoint endpoint = AwsEndpoint.start("127.0.0.1", 0, credentials, List.of(service));
                GlueClient client = GlueClient.builder()
                        .endpointOverride(endpoint.uri())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofMinutes(5)))
                        .build()) {
            add(table, "BatchCreatePartition of 100", create(client));
            add(table, "first page, page and shop given, no index", firstPages(client, Math.min(rounds, 5), ManyPartitions::pageAndShop));
            long start = System.nanoTime();
            client.createPartitionIndex(request -> request.databaseName("bench").tableName("t").partitionIndex(index -> index.indexName("by_page").keys("page", "shop", "day")));
            await(client);
            table.add("index over page, shop, day", "", "", format(Locale.ROOT, "%.1f s", seconds(start)));
            add(table, "first page, page and shop given", firstPages(client, rounds, ManyPartitions::pageAndShop));
            add(table, "first page, page, shop and days given", firstPages(client, rounds, i -> pageAndShop(i) + " AND day BETWEEN '2018-02-01' AND '2018-02-07'"));
            add(table, "first page, five pages given, one shop", firstPages(client, rounds, i -> format(Locale.ROOT, "page IN ('p%d', 'p7', 'p11', 'p13', 'none') AND shop = 3", i % PAGES)));
            listAll(client, table);
        }
        return table;
    }

    private static String pageAndShop(int i)
    {
        return format(Locale.ROOT, "page = 'p%d' AND shop = %d", i % PAGES, i % SHOPS);
    }

    private Samples create(GlueClient client)
    {
        client.createDatabase(request -> request.databaseInput(input -> input.name("bench")));
        client.createTable(request -> request.databaseName("bench").tableInput(input -> input
                .name("t")
                .storageDescriptor(storage -> storage.columns(column("username", "string"), column("bytes", "bigint")))
                .partitionKeys(column("day", "date"), column("page", "string"), column("shop", "int"))));
        List<Double> millis = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            List<PartitionInput> inputs = new ArrayList<>();
            for (int i = 0; i < PAGES * SHOPS; i++) {
                List<String> values = List.of(FIRST_DAY.plusDays(day).toString(), "p" + i / SHOPS, Integer.toString(i % SHOPS));
                inputs.add(PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(storage -> storage
                                .columns(column("username", "string"), column("bytes", "bigint"))
                                .location("s3://lake/t/day=%s/page=%s/shop=%s".formatted(values.toArray()))
                                .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                                .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                                .serdeInfo(serde -> serde.serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")))
                        .build());
            }
            for (int start = 0; start < inputs.size(); start += BATCH) {
                List<PartitionInput> batch = inputs.subList(start, start + BATCH);
                millis.add(millis(() -> client.batchCreatePartition(request -> request.databaseName("bench").tableName("t").partitionInputList(batch))));
            }
        }
        return samples(millis);
    }

    private static Column column(String name, String type)
    {
        return Column.builder().name(name).type(type).build();
    }

    private static Samples firstPages(GlueClient client, int rounds, IntFunction<String> expression)
    {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            String text = expression.apply(i);
            millis.add(millis(() -> client.getPartitions(request -> request.databaseName("bench").tableName("t").expression(text).excludeColumnSchema(true).maxResults(100))));
        }
        return samples(millis);
    }

    private static void await(GlueClient client)
            throws InterruptedException
    {
        while (client.getPartitionIndexes(request -> request.databaseName("bench").tableName("t")).partitionIndexDescriptorList().getFirst().indexStatus() != PartitionIndexStatus.ACTIVE) {
            // the endpoint says when it is done only to those who ask
            MILLISECONDS.sleep(50);
        }
    }

    private void listAll(GlueClient client, TextTable table)
    {
        List<Double> millis = new ArrayList<>();
        GetPartitionsRequest request = GetPartitionsRequest.builder().databaseName("bench").tableName("t").build();
        long count = 0;
        double firstHeap = 0;
        double largestHeap = 0;
        while (true) {
            GetPartitionsRequest next = request;
            GetPartitionsResponse[] page = new GetPartitionsResponse[1];
            millis.add(millis(() -> page[0] = client.getPartitions(next)));
            count += page[0].partitions().size();
            String token = page[0].nextToken();
            if (token == null) {
                break;
            }
            request = request.toBuilder().nextToken(token).build();
            if (millis.size() % 100 == 1) {
                double heap = heapMegabytes();
                firstHeap = firstHeap == 0 ? heap : firstHeap;
                largestHeap = Math.max(largestHeap, heap);
            }
        }
        add(table, format(Locale.ROOT, "all %,d partitions, page by page", count), samples(millis));
        table.add("heap that is live meanwhile, first and largest", "", "", format(Locale.ROOT, "%.0f and %.0f MB", firstHeap, largestHeap));
    }

    private static double heapMegabytes()
    {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private static double millis(Runnable call)
    {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / (double) MILLISECONDS.toNanos(1);
    }

    private static double seconds(long start)
    {
        return (System.nanoTime() - start) / (double) SECONDS.toNanos(1);
    }

    private static Samples samples(List<Double> millis)
    {
        return new Samples(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void add(TextTable table, String what, Samples millis)
    {
        table.add(
                what,
                format(Locale.ROOT, "%.1f", millis.median()),
                format(Locale.ROOT, "%.1f", millis.percentile(99)),
                format(Locale.ROOT, "%.1f s", millis.sum() / SECONDS.toMillis(1)));
    }
}
