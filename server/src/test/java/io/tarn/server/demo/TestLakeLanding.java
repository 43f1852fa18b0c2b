package io.tarn.server.demo;

import com.google.common.base.Ticker;
import io.tarn.server.aws.AwsEndpoint;
import io.tarn.server.aws.Credentials;
import io.tarn.server.engine.Endpoints;
import io.tarn.server.glue.GlueService;
import io.tarn.server.glue.GlueStore;
import io.tarn.server.s3.S3Gateway;
import io.tarn.testdata.SampleLake;
import io.tarn.testdata.SampleObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TestLakeLanding
{
    private static final Credentials CREDENTIALS = new Credentials("tarn", "secret-of-the-test");

    @TempDir
    private Path folder;

    @Test
    void testLandedTwice()
            throws Exception
    {
        Path jars = Path.of(System.getProperty("tarn.root")).resolve("parts/s3proxy/target/part");
        try (S3Gateway gateway = S3Gateway.start(jars, folder.resolve("buckets"), "127.0.0.1", 0, CREDENTIALS);
                S3Client s3 = DemoClients.s3(new Endpoints(gateway.uri(), gateway.uri(), gateway.uri(), gateway.uri(), CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), 1))) {
            LakeLander lander = new LakeLander(s3, new Progress(new PrintWriter(new StringWriter()), Ticker.systemTicker()), 4);
            s3.createBucket(request -> request.bucket("lake"));
            s3.putObject(request -> request.bucket("lake").key("raw/other/kept"), RequestBody.fromString("x"));
            for (SampleLake lake : List.of(SampleLake.ofRows(200_000), SampleLake.ofRows(1000))) {
                long bytes = lander.land("lake", lake.objects(), Demo.FOLDERS);
                List<S3Object> landed = s3.listObjectsV2Paginator(request -> request.bucket("lake").prefix("raw/user")).contents().stream().toList();
                assertThat(landed).extracting(S3Object::key).containsExactlyInAnyOrderElementsOf(
                        lake.objects().stream().map(SampleObject::key).filter(key -> key.startsWith("raw/user")).toList());
                assertThat(bytes).isEqualTo(lake.objects().stream().mapToLong(object -> object.bytes().length).sum());
                for (SampleObject object : lake.objects()) {
                    assertThat(s3.getObjectAsBytes(request -> request.bucket("lake").key(object.key())).asByteArray()).isEqualTo(object.bytes());
                }
            }
            assertThat(s3.listObjectsV2(request -> request.bucket("lake").prefix("raw/other/")).keyCount()).isEqualTo(1);
        }
    }

    @Test
    void testDeclaredTwice()
    {
        try (GlueStore store = GlueStore.open(folder.resolve("glue.db"));
                GlueService service = new GlueService(store);
                AwsEndpoint endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(service));
                GlueClient glue = DemoClients.glue(new Endpoints(endpoint.uri(), endpoint.uri(), endpoint.uri(), endpoint.uri(), CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), 1))) {
            TableDeclarer declarer = new TableDeclarer(glue);
            for (String bucket : List.of("other", "lake")) {
                declarer.declareDatabase(LakeTables.DATABASE, "s3://lake/tables/workshop");
                new LakeTables(bucket).all().forEach(table -> declarer.declare(LakeTables.DATABASE, table));
            }
            List<Table> tables = glue.getTablesPaginator(request -> request.databaseName(LakeTables.DATABASE)).stream().flatMap(page -> page.tableList().stream()).toList();
            assertThat(tables).extracting(Table::name).containsExactlyInAnyOrder("useractivity", "userprofile", "zipcodes", "activity_by_page");
            assertThat(tables).filteredOn(table -> table.tableType().equals("EXTERNAL_TABLE"))
                    .allMatch(table -> table.storageDescriptor().location().startsWith("s3://lake/raw/"));
            assertThat(glue.getTable(request -> request.databaseName(LakeTables.DATABASE).name("activity_by_page")).table().viewOriginalText()).startsWith("/* Presto View: ");
        }
    }
}
