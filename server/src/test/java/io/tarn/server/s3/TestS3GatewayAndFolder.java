package io.tarn.server.s3;

import com.google.common.collect.ImmutableList;
import io.tarn.server.aws.Credentials;
import io.tarn.storage.BucketFolderFileSystemFactory;
import io.tarn.storage.DataFile;
import io.tarn.storage.FileLister;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInput;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The same folder through the gateway, and as the engine reads it.
 */
final class TestS3GatewayAndFolder
{
    private static final Credentials CREDENTIALS = new Credentials("tarn", "secret");
    private static final String BUCKET = "lake";

    @TempDir
    Path directory;

    private Path buckets;
    private S3Gateway gateway;
    private S3Client client;
    private TrinoFileSystem fileSystem;

    @BeforeEach
    void start()
            throws IOException
    {
        buckets = Files.createDirectories(directory.resolve("buckets"));
        gateway = S3Gateway.start(GatewayJars.path(), buckets, "127.0.0.1", 0, CREDENTIALS);
        client = S3Clients.create(gateway.uri(), CREDENTIALS, "us-east-1");
        client.createBucket(builder -> builder.bucket(BUCKET));
        fileSystem = new BucketFolderFileSystemFactory(buckets).create(ConnectorIdentity.ofUser("test"));
    }

    @AfterEach
    void stop()
    {
        client.close();
        gateway.close();
    }

    @Test
    void testFilesOfTheFolderHaveEntityTags()
            throws IOException
    {
        Path file = Files.createDirectories(buckets.resolve(BUCKET).resolve("t")).resolve("file");
        Files.writeString(file, "0123456789");
        String tag = client.headObject(request -> request.bucket(BUCKET).key("t/file")).eTag();
        assertThat(tag).matches("\"[0-9a-f]{32}-1\"");
        assertThat(client.listObjectsV2(request -> request.bucket(BUCKET).prefix("t/")).contents()).extracting(S3Object::eTag).containsExactly(tag);
        assertThat(client.listObjectsV2(request -> request.bucket(BUCKET).prefix("t//")).contents()).extracting(S3Object::eTag).containsExactly(tag);
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("t/file")).response().eTag()).isEqualTo(tag);
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("t/file").range("bytes=2-4").ifMatch(tag)).asUtf8String()).isEqualTo("234");
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("t/file").range("bytes=2-4")).response().eTag()).isEqualTo(tag);

        Files.writeString(file, "01234567890");
        assertThat(client.headObject(request -> request.bucket(BUCKET).key("t/file")).eTag()).isNotEqualTo(tag);
        assertThatThrownBy(() -> client.getObjectAsBytes(request -> request.bucket(BUCKET).key("t/file").range("bytes=2-4").ifMatch(tag)))
                .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @Test
    void testWhatIsPutIsWhatTheEngineReads()
            throws IOException
    {
        List<String> keys = List.of("t/a b.txt", "t/day=1/zażółć", "t/x+y%20z", "t/日本語/😀", "t/plain");
        for (String key : keys) {
            client.putObject(builder -> builder.bucket(BUCKET).key(key), RequestBody.fromString("content of " + key));
        }
        List<DataFile> files = listed();
        List<S3Object> objects = client.listObjectsV2(builder -> builder.bucket(BUCKET).prefix("t/")).contents();
        assertThat(files).extracting(file -> file.location().path()).containsExactlyElementsOf(objects.stream().map(S3Object::key).toList());
        assertThat(files).extracting(DataFile::length).containsExactlyElementsOf(objects.stream().map(S3Object::size).toList());
        // S3 tells time in seconds
        assertThat(files).extracting(file -> file.modified().truncatedTo(SECONDS)).containsExactlyElementsOf(objects.stream().map(S3Object::lastModified).toList());
        for (DataFile file : files) {
            try (TrinoInput input = fileSystem.newInputFile(file.location()).newInput()) {
                assertThat(input.readFully(0, (int) file.length()).toStringUtf8()).isEqualTo("content of " + file.location().path());
            }
        }
    }

    @Test
    void testWhatTheEngineWritesIsWhatIsGot()
            throws IOException
    {
        for (String key : List.of("t/a b.txt", "t/day=1/zażółć", "t/日本語/😀")) {
            try (OutputStream output = fileSystem.newOutputFile(location(key)).create()) {
                output.write(key.getBytes(UTF_8));
                assertThat(keys("")).doesNotContain(key).noneMatch(name -> name.contains(".mpus"));
                assertThat(client.listObjectsV2(builder -> builder.bucket(BUCKET).delimiter("/")).commonPrefixes()).extracting(CommonPrefix::prefix).noneMatch(prefix -> prefix.startsWith("."));
            }
            assertThat(client.getObjectAsBytes(builder -> builder.bucket(BUCKET).key(key)).asUtf8String()).isEqualTo(key);
        }
        assertThat(keys("t/")).containsExactlyElementsOf(listed().stream().map(file -> file.location().path()).toList());
        assertThatThrownBy(() -> fileSystem.newOutputFile(location("t/a b.txt")).createExclusive(new byte[1])).isInstanceOf(FileAlreadyExistsException.class);
        fileSystem.deleteDirectory(location("t/"));
        assertThat(keys("")).isEmpty();
    }

    @Test
    void testFolderKeyOutlivesItsFiles()
            throws IOException
    {
        client.putObject(builder -> builder.bucket(BUCKET).key("kept/"), RequestBody.empty());
        fileSystem.newOutputFile(location("kept/below/f")).createOrOverwrite(new byte[1]);
        fileSystem.deleteFile(location("kept/below/f"));
        // only where the file system keeps extended attributes is it told from a folder that had files
        assertThat(Files.exists(buckets.resolve(BUCKET).resolve("kept"))).isEqualTo(keys("").contains("kept/"));
        assertThat(buckets.resolve(BUCKET).resolve("kept/below")).doesNotExist();
    }

    @Test
    void testPutThatIsCutIsNeverSeen()
            throws Exception
    {
        URI uri = client.utilities().getUrl(builder -> builder.bucket(BUCKET).key("t/f.bin")).toURI();
        byte[] half = new byte[3 << 20];
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream output = socket.getOutputStream();
            output.write(Presigned.put(gateway.uri(), CREDENTIALS, BUCKET, "t/f.bin", half.length * 2).getBytes(US_ASCII));
            output.write(half);
            output.flush();
            // the gateway has begun to store it once its hidden file is there
            while (unpublished() == 0) {
                Thread.onSpinWait();
            }
            assertThat(listed()).isEmpty();
            assertThat(keys("")).isEmpty();
        }
        // the connection is gone: what there was of it is removed
        while (unpublished() > 0) {
            Thread.onSpinWait();
        }
        assertThat(listed()).isEmpty();
        assertThat(keys("")).isEmpty();
        assertThat(buckets.resolve(BUCKET)).isEmptyDirectory();
    }

    @Test
    void testBodiesThatAreHeldAreBounded()
            throws IOException
    {
        long limit = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);
        try (Socket first = heldPut(limit); Socket second = heldPut(limit)) {
            // one of them has all of the memory there is, and waits for its body; the other is sent away
            InputStream answer = answering(first, second).getInputStream();
            assertThat(new String(answer.readAllBytes(), UTF_8)).startsWith("HTTP/1.1 503").contains("<Code>SlowDown</Code>");
        }
        // what streams is not concerned
        client.putObject(builder -> builder.bucket(BUCKET).key("streamed"), RequestBody.fromBytes(new byte[1 << 20]));
        assertThat(keys("")).containsExactly("streamed");
    }

    @Test
    void testUnsignedRequestsAreForbidden()
            throws IOException
    {
        Files.createDirectories(buckets.resolve("by-hand"));
        Files.writeString(buckets.resolve("by-hand/f"), "data");
        for (String path : List.of("/", "/by-hand", "/by-hand/f", "/never/f")) {
            HttpURLConnection connection = (HttpURLConnection) gateway.uri().resolve(path).toURL().openConnection();
            assertThat(connection.getResponseCode()).as(path).isEqualTo(403);
            try (InputStream body = connection.getErrorStream()) {
                assertThat(new String(body.readAllBytes(), UTF_8)).contains("<Code>AccessDenied</Code>");
            }
        }
    }

    private Socket heldPut(long length)
            throws IOException
    {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").format(Instant.now().atZone(ZoneOffset.UTC));
        Socket socket = new Socket(gateway.uri().getHost(), gateway.uri().getPort());
        socket.getOutputStream().write(
                """
                PUT /%s/held HTTP/1.1\r
                Host: %s\r
                x-amz-date: %s\r
                x-amz-content-sha256: %s\r
                Authorization: AWS4-HMAC-SHA256 Credential=%s/%s/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=00\r
                Content-Length: %s\r
                \r
                """.formatted(BUCKET, gateway.uri().getAuthority(), time, "0".repeat(64), CREDENTIALS.accessKey(), time.substring(0, 8), length).getBytes(US_ASCII));
        return socket;
    }

    private static Socket answering(Socket... sockets)
            throws IOException
    {
        while (true) {
            for (Socket socket : sockets) {
                if (socket.getInputStream().available() > 0) {
                    return socket;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<DataFile> listed()
    {
        return ImmutableList.copyOf(new FileLister().list(fileSystem, location("t")));
    }

    private List<String> keys(String prefix)
    {
        return client.listObjectsV2(builder -> builder.bucket(BUCKET).prefix(prefix)).contents().stream().map(S3Object::key).toList();
    }

    private long unpublished()
            throws IOException
    {
        try (Stream<Path> files = Files.list(buckets.resolve(BUCKET))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".mpus-")).count();
        }
    }

    private static Location location(String key)
    {
        return Location.of("s3://" + BUCKET + "/" + key);
    }
}
