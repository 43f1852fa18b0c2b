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
import software.amazon.awssdk.services.glue.model.Column;
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
                long bytes = lander.land("lake", lake.objects(), Demo.RAW_FOLDERS);
                List<S3Object> landed = s3.listObjectsV2Paginator(request -> request.bucket("lake").prefix("raw/user")).contents().stream().toList();
                assertThat(landed).extracting(S3Object::key).containsExactlyInAnyOrderElementsOf(
                        lake.objects().stream().map(SampleObject::key).filter(key -> key.startsWith("raw/user")).toList());
                assertThat(bytes).isEqualTo(lake.objects().stream().mapToLong(object -> object.bytes().length).sum());
                for (SampleObject object : lake.objects()) {
                    assertThat(s3.getObjectAsBytes(request -> request.bucket("lake").key(object.key())).asByteArray()).isEqualTo(object.bytes());
                }
            }
            assertThat(s3.listObjectsV2(request -> request.bucket("lake").prefix("raw/other/")).keyCount()).isEqualTo(1);
            assertThat(new LakeSizes(s3, "lake").below("raw/other/")).containsExactly(1L);
            assertThat(lander.clear("lake", List.of("raw/other/", "raw/nothing/"))).isEqualTo(1);
            assertThat(new LakeSizes(s3, "lake").below("raw/other/")).isEmpty();
            assertThat(new LakeSizes(s3, "lake").below("raw/userprofile/")).hasSize(1);
        }
    }

    @Test
    void testViewDeclaredTwice()
    {
        try (GlueStore store = GlueStore.open(folder.resolve("glue.db"));
                GlueService service = new GlueService(store);
                AwsEndpoint endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(service));
                GlueClient glue = DemoClients.glue(new Endpoints(endpoint.uri(), endpoint.uri(), endpoint.uri(), endpoint.uri(), CREDENTIALS.accessKey(), CREDENTIALS.secretKey(), 1))) {
            glue.createDatabase(request -> request.databaseInput(database -> database.name(Demo.DATABASE)));
            for (int time = 0; time < 2; time++) {
                LakeView.declare(glue);
            }
            Table view = glue.getTable(request -> request.databaseName(Demo.DATABASE).name(LakeView.NAME)).table();
            assertThat(view.viewOriginalText()).startsWith("/* Presto View: ");
            assertThat(view.storageDescriptor().columns()).extracting(Column::name).containsExactly("page", "requests");
        }
    }
}
