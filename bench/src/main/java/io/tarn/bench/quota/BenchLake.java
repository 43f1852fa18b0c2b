package io.tarn.bench.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The web log as JSON and as Parquet, in a folder, and a Glue endpoint that knows both.
 */
final class BenchLake
        implements AutoCloseable
{
    static final String SCHEMA = "lake";

    private static final String BUCKET = "bench";
    private static final String REGION = "us-east-1";
    private static final Credentials CREDENTIALS = new Credentials("tarn", "a-secret-of-the-bench");
    /**
     * Files of about 60 MB, where the web log has a million rows.
     */
    private static final int PARQUET_COPIES = 3;
    private static final int PARQUET_FILES = 4;
    // so many that a scan takes two to three seconds
    private static final int JSON_COPIES = 5;
    private static final int MANY_PARQUET_FILES = 450;
    private static final int SEVERAL_PARQUET_FILES = 12;
    private static final List<Column> COLUMNS = Stream.of("ip_address string", "username string", "timestamp string", "request string", "http bigint", "bytes bigint")
            .map(column -> column.split(" "))
            .map(words -> Column.builder().name(words[0]).type(words[1]).build())
            .toList();

    private final Path buckets;
    private final GlueStore store;
    private final GlueService service;
    private final AwsEndpoint endpoint;

    BenchLake(Path folder, long rows)
            throws Exception
    {
        requireNonNull(folder, "folder is null");
        buckets = Files.createDirectories(folder.resolve("buckets"));
        List<SampleObject> activity = SampleLake.ofRows(rows).userActivity();
        Path json = Files.createDirectories(folder("many_json"));
        for (SampleObject object : activity) {
            String name = object.key().substring(object.key().lastIndexOf('/') + 1);
            Path first = json.resolve("0-" + name);
            try (OutputStream out = Files.newOutputStream(first)) {
                object.writeTo(out);
            }
            for (int copy = 1; copy < JSON_COPIES; copy++) {
                Files.createLink(json.resolve(copy + "-" + name), first);
            }
        }
        Path parquet = Files.createDirectories(folder("parquet"));
        Path first = parquet.resolve("part-0.parquet");
        ActivityParquet.write(activity, PARQUET_COPIES, first);
        multiply(first, parquet, PARQUET_FILES);
        multiply(first, Files.createDirectories(folder("several_parquet")), SEVERAL_PARQUET_FILES);
        multiply(first, Files.createDirectories(folder("many_parquet")), MANY_PARQUET_FILES);

        store = GlueStore.open(folder.resolve("glue.db"));
        service = new GlueService(store);
        endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(service));
        try (GlueClient glue = GlueClient.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())))
                .build()) {
            glue.createDatabase(request -> request.databaseInput(database -> database.name(SCHEMA)));
            declare(glue, "many_json", "org.apache.hadoop.mapred.TextInputFormat", "org.openx.data.jsonserde.JsonSerDe");
            for (String table : List.of("parquet", "several_parquet", "many_parquet")) {
                declare(glue, table, "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
            }
        }
    }

    /**
     * The same bytes by many names: they are on the disk once.
     */
    private static void multiply(Path file, Path folder, int count)
            throws IOException
    {
        for (int part = 0; part < count; part++) {
            Path name = folder.resolve("part-%s.parquet".formatted(part));
            if (!name.equals(file)) {
                Files.createLink(name, file);
            }
        }
    }

    private static void declare(GlueClient glue, String table, String inputFormat, String serde)
    {
        glue.createTable(request -> request.databaseName(SCHEMA)
                .tableInput(input -> input
                        .name(table)
                        .tableType("EXTERNAL_TABLE")
                        .storageDescriptor(storage -> storage
                                .columns(COLUMNS)
                                .location("s3://%s/%s/".formatted(BUCKET, table))
                                .inputFormat(inputFormat)
                                .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                .serdeInfo(info -> info.serializationLibrary(serde)))));
    }

    /**
     * The properties of a catalogue over this lake.
     */
    Map<String, String> catalog()
    {
        return ImmutableMap.<String, String>builder()
                .put("glue.endpoint-url", endpoint.uri().toString())
                .put("glue.region", REGION)
                .put("glue.aws-access-key", CREDENTIALS.accessKey())
                .put("glue.aws-secret-key", CREDENTIALS.secretKey())
                .put("storage.kind", "local")
                .put("storage.local.root", buckets.toString())
                .buildOrThrow();
    }

    /**
     * Bytes of a table's files.
     */
    long bytes(String table)
            throws IOException
    {
        try (Stream<Path> files = Files.list(folder(table))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Path folder(String table)
    {
        return buckets.resolve(BUCKET).resolve(table);
    }

    @Override
    public void close()
            throws Exception
    {
        try (store; service; endpoint) {
            // in the opposite order of the start
        }
    }
}
