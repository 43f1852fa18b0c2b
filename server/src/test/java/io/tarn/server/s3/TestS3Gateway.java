package io.tarn.server.s3;

import io.tarn.server.aws.Credentials;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
final class TestS3Gateway
{
    private static final Credentials CREDENTIALS = new Credentials("tarn", "a secret/with+signs=");

    private Path buckets;
    private S3Gateway gateway;
    private S3Client client;
    private String bucket;

    @BeforeAll
    void start(@TempDir Path directory)
    {
        buckets = directory.resolve("buckets");
        gateway = S3Gateway.start(GatewayJars.path(), buckets, "127.0.0.1", 0, CREDENTIALS);
        client = S3Clients.create(gateway.uri(), CREDENTIALS, "us-east-1");
    }

    @AfterAll
    void stop()
    {
        client.close();
        gateway.close();
    }

    @BeforeEach
    void createBucket()
    {
        bucket = "b-" + UUID.randomUUID();
        client.createBucket(builder -> builder.bucket(bucket));
    }

    @Test
    void testBucketsAreFolders()
            throws IOException
    {
        assertThat(buckets.resolve(bucket)).isDirectory();
        Files.createDirectory(buckets.resolve("made-by-hand"));
        Files.createDirectory(buckets.resolve(".hidden"));
        Files.writeString(buckets.resolve("a-file"), "x");
        assertThat(client.listBuckets().buckets()).extracting("name").contains(bucket, "made-by-hand").doesNotContain(".hidden", "a-file");
        put("k", "data");
        assertThatThrownBy(() -> client.deleteBucket(builder -> builder.bucket(bucket))).isInstanceOf(S3Exception.class).hasMessageContaining("not empty");
        client.deleteObject(builder -> builder.bucket(bucket).key("k"));
        client.deleteBucket(builder -> builder.bucket(bucket));
        assertThat(buckets.resolve(bucket)).doesNotExist();
        assertThatThrownBy(() -> list("")).isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void testObjectsAreFiles()
            throws IOException
    {
        put("t/day=1/f.txt", "hello");
        assertThat(buckets.resolve(bucket).resolve("t/day=1/f.txt")).hasContent("hello");
        Files.createDirectories(buckets.resolve(bucket).resolve("t/day=2"));
        Files.writeString(buckets.resolve(bucket).resolve("t/day=2/by hand.txt"), "hand");
        assertThat(get("t/day=2/by hand.txt")).isEqualTo("hand");
        assertThat(list("t/")).containsExactly("t/day=1/f.txt", "t/day=2/by hand.txt");
        client.deleteObject(builder -> builder.bucket(bucket).key("t/day=2/by hand.txt"));
        assertThat(buckets.resolve(bucket).resolve("t/day=2")).doesNotExist();
        assertThatThrownBy(() -> get("t/day=2/by hand.txt")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void testMetadata()
    {
        client.putObject(builder -> builder.bucket(bucket).key("m").contentType("text/csv").contentEncoding("gzip").metadata(Map.of("origin", "test")), RequestBody.fromString("x"));
        client.copyObject(builder -> builder.sourceBucket(bucket).sourceKey("m").destinationBucket(bucket).destinationKey("copies/m"));
        for (String key : List.of("m", "copies/m")) {
            HeadObjectResponse head = client.headObject(builder -> builder.bucket(bucket).key(key));
            assertThat(head.contentType()).isEqualTo("text/csv");
            assertThat(head.contentEncoding()).isEqualTo("gzip");
            assertThat(head.metadata()).containsEntry("origin", "test");
            assertThat(head.eTag()).isEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
        }
        assertThat(list("")).containsExactly("copies/m", "m");
    }

    @Test
    void testKeysOfAllSorts()
    {
        List<String> keys = List.of("a b", "a+b", "a%20b", "k=v/x=1 2/f", "zażółć/日本語 😀", "q?x=1&y#z", "quote'\"", "back\\slash", ";,:@!$*()[]{}~");
        for (String key : keys) {
            put(key, key);
        }
        assertThat(list("")).containsExactlyInAnyOrderElementsOf(keys);
        for (String key : keys) {
            assertThat(get(key)).isEqualTo(key);
            client.copyObject(builder -> builder.sourceBucket(bucket).sourceKey(key).destinationBucket(bucket).destinationKey("copy/" + key));
            assertThat(get("copy/" + key)).isEqualTo(key);
            client.deleteObject(builder -> builder.bucket(bucket).key("copy/" + key));
        }
        assertThat(list("")).hasSameSizeAs(keys);
    }

    @Test
    void testDoubledSlashIsOne()
    {
        put("a//b", "data");
        put("a//c", "data");
        assertThat(list("a/")).containsExactly("a/b", "a/c");
        assertThat(list("a//")).containsExactly("a//b", "a//c");
        assertThat(client.listObjectsV2Paginator(builder -> builder.bucket(bucket).prefix("a//").maxKeys(1)).contents().stream().map(S3Object::key)).containsExactly("a//b", "a//c");
        assertThat(get("a//b")).isEqualTo("data");
        assertThat(get("a/b")).isEqualTo("data");
    }

    @Test
    void testKeysThatAFolderCannotHold()
    {
        put("a/b", "data");
        for (String key : List.of("a/b/c", "a/b/c/d", "a/b/", "a")) {
            assertError(() -> put(key, "other"), 409, "KeyConflict");
            assertError(() -> client.copyObject(builder -> builder.sourceBucket(bucket).sourceKey("a/b").destinationBucket(bucket).destinationKey(key)), 409, "KeyConflict");
            assertError(() -> client.createMultipartUpload(builder -> builder.bucket(bucket).key(key)), 409, "KeyConflict");
        }
        for (String key : List.of("x/.mpus-y", ".mpus-y")) {
            assertError(() -> put(key, "other"), 400, "InvalidArgument");
        }
        assertThat(list("")).containsExactly("a/b");
        assertThat(get("a/b")).isEqualTo("data");
        assertThat(client.headObject(builder -> builder.bucket(bucket).key("a/b")).eTag()).isEqualTo("\"8d777f385d3dfec8815d20f7496026dc\"");
        assertThatThrownBy(() -> get("a/b/c")).isInstanceOf(NoSuchKeyException.class);
        client.deleteObject(builder -> builder.bucket(bucket).key("a/b/c"));
        assertThat(get("a/b")).isEqualTo("data");
    }

    @Test
    void testFolderKeys()
    {
        put("empty/folder/", "");
        assertThat(list("")).containsExactly("empty/folder/");
        put("empty/folder/f", "data");
        client.deleteObject(builder -> builder.bucket(bucket).key("empty/folder/f"));
        assertThat(list("empty/")).containsExactly("empty/folder/");
        client.deleteObject(builder -> builder.bucket(bucket).key("empty/folder/"));
        assertThat(list("")).isEmpty();
        put("empty", "now a file");
        assertThat(get("empty")).isEqualTo("now a file");
    }

    @Test
    void testListsByPagesPrefixesAndDelimiter()
            throws IOException
    {
        Path folder = Files.createDirectories(buckets.resolve(bucket).resolve("many/x"));
        for (int i = 0; i < 2_345; i++) {
            Files.writeString(folder.resolve("%04d".formatted(i)), "x");
        }
        put("many-more", "x");
        put("many/y/1", "x");
        put("many/a", "x");
        List<ListObjectsV2Response> pages = client.listObjectsV2Paginator(builder -> builder.bucket(bucket).prefix("many/x/")).stream().toList();
        assertThat(pages).extracting(page -> page.contents().size()).containsExactly(1000, 1000, 345);
        assertThat(pages.stream().flatMap(page -> page.contents().stream()).map(S3Object::key)).hasSize(2_345).isSorted().doesNotHaveDuplicates();

        ListObjectsV2Response delimited = client.listObjectsV2(builder -> builder.bucket(bucket).prefix("many/").delimiter("/"));
        assertThat(delimited.contents()).extracting(S3Object::key).containsExactly("many/a");
        assertThat(delimited.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("many/x/", "many/y/");
        assertThat(client.listObjectsV2(builder -> builder.bucket(bucket).prefix("man").delimiter("/")).commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("many/");
        assertThat(client.listObjectsV2(builder -> builder.bucket(bucket).prefix("many/x/2344")).contents()).hasSize(1);
        assertThat(client.listObjectsV2(builder -> builder.bucket(bucket).startAfter("many/x/2343").maxKeys(1)).contents()).extracting(S3Object::key).containsExactly("many/x/2344");
    }

    @Test
    void testReadsRanges()
    {
        put("r", "0123456789");
        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-2")).isEqualTo("89");
        assertThat(range("bytes=8-99")).isEqualTo("89");
        assertError(() -> range("bytes=10-"), 416, "InvalidRange");
    }

    @Test
    void testDeletesManyAtOnce()
    {
        List<ObjectIdentifier> objects = IntStream.range(0, 20).mapToObj(i -> ObjectIdentifier.builder().key("d/%s &<>".formatted(i)).build()).toList();
        objects.forEach(object -> put(object.key(), "x"));
        DeleteObjectsResponse response = client.deleteObjects(builder -> builder.bucket(bucket).delete(delete -> delete.objects(objects)));
        assertThat(response.deleted()).hasSize(20);
        assertThat(response.errors()).isEmpty();
        assertThat(list("")).isEmpty();
        assertThat(buckets.resolve(bucket)).isEmptyDirectory();
    }

    @Test
    void testOneOfManyCreatesAKey()
            throws Exception
    {
        int writers = 16;
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            List<Future<String>> results = executor.invokeAll(IntStream.range(0, writers).<Callable<String>>mapToObj(i -> () -> {
                try {
                    client.putObject(builder -> builder.bucket(bucket).key("race/once").ifNoneMatch("*"), RequestBody.fromString("writer " + i));
                    return "writer " + i;
                }
                catch (S3Exception e) {
                    return e.awsErrorDetails().errorCode();
                }
            }).toList());
            List<String> winners = new ArrayList<>();
            for (Future<String> result : results) {
                if (!result.get().equals("PreconditionFailed")) {
                    winners.add(result.get());
                }
            }
            assertThat(winners).containsExactly(get("race/once"));
        }
    }

    @Test
    void testPutsAndDeletesOfOneFolderDoNotDisturbEachOther()
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Future<Void>> results = executor.invokeAll(IntStream.range(0, 8).<Callable<Void>>mapToObj(i -> () -> {
                for (int round = 0; round < 40; round++) {
                    put("shared/folder/" + i, "x");
                    client.deleteObject(builder -> builder.bucket(bucket).key("shared/folder/" + i));
                }
                return null;
            }).toList());
            for (Future<Void> result : results) {
                result.get();
            }
        }
        assertThat(list("")).isEmpty();
    }

    @Test
    void testMultipartUpload()
    {
        byte[] first = new byte[5 << 20];
        byte[] second = new byte[1 << 20];
        new Random(7).nextBytes(first);
        new Random(8).nextBytes(second);
        String upload = client.createMultipartUpload(builder -> builder.bucket(bucket).key("mp/big.bin").contentType("application/x-test")).uploadId();
        String firstTag = client.uploadPart(builder -> builder.bucket(bucket).key("mp/big.bin").uploadId(upload).partNumber(1), RequestBody.fromBytes(first)).eTag();
        String secondTag = client.uploadPart(builder -> builder.bucket(bucket).key("mp/big.bin").uploadId(upload).partNumber(2), RequestBody.fromBytes(second)).eTag();
        assertThat(list("")).isEmpty();
        assertThat(client.listParts(builder -> builder.bucket(bucket).key("mp/big.bin").uploadId(upload)).parts()).hasSize(2);
        assertThat(client.listMultipartUploads(builder -> builder.bucket(bucket)).uploads()).extracting("key").containsExactly("mp/big.bin");
        String eTag = client.completeMultipartUpload(builder -> builder.bucket(bucket).key("mp/big.bin").uploadId(upload).multipartUpload(parts -> parts.parts(
                CompletedPart.builder().partNumber(1).eTag(firstTag).build(),
                CompletedPart.builder().partNumber(2).eTag(secondTag).build()))).eTag();
        assertThat(eTag).endsWith("-2\"");
        HeadObjectResponse head = client.headObject(builder -> builder.bucket(bucket).key("mp/big.bin"));
        assertThat(head.eTag()).isEqualTo(eTag);
        assertThat(head.contentType()).isEqualTo("application/x-test");
        byte[] whole = client.getObjectAsBytes(builder -> builder.bucket(bucket).key("mp/big.bin")).asByteArray();
        assertThat(whole).hasSize(first.length + second.length).startsWith(first).endsWith(second);
        assertThat(buckets.resolve(bucket).toFile().list()).containsExactly("mp");

        String abandoned = client.createMultipartUpload(builder -> builder.bucket(bucket).key("mp/other")).uploadId();
        client.uploadPart(builder -> builder.bucket(bucket).key("mp/other").uploadId(abandoned).partNumber(1), RequestBody.fromBytes(second));
        client.abortMultipartUpload(builder -> builder.bucket(bucket).key("mp/other").uploadId(abandoned));
        assertThat(buckets.resolve(bucket).toFile().list()).containsExactly("mp");
    }

    @Test
    void testWrongSignatureIsForbidden()
    {
        put("k", "data");
        try (S3Client wrongSecret = S3Clients.create(gateway.uri(), new Credentials("tarn", "wrong"), "us-east-1");
                S3Client wrongKey = S3Clients.create(gateway.uri(), new Credentials("nobody", "a secret/with+signs="), "us-east-1")) {
            assertError(() -> wrongSecret.getObjectAsBytes(builder -> builder.bucket(bucket).key("k")), 403, "SignatureDoesNotMatch");
            assertError(() -> wrongSecret.putObject(builder -> builder.bucket(bucket).key("n"), RequestBody.fromString("x")), 403, "SignatureDoesNotMatch");
            assertError(() -> wrongKey.listBuckets(), 403, "InvalidAccessKeyId");
        }
        assertThat(list("")).containsExactly("k");
    }

    @Test
    void testTakenPortIsNamed(@TempDir Path other)
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> S3Gateway.start(GatewayJars.path(), other, "127.0.0.1", port, CREDENTIALS))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining("Port " + port);
        }
        assertThatThrownBy(() -> S3Gateway.start(other, other, "127.0.0.1", 0, CREDENTIALS)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("jars");
    }

    @Test
    void testStateSurvivesARestartAndAbandonedPutsDoNot(@TempDir Path other)
            throws IOException
    {
        Files.createDirectories(other.resolve("lake"));
        Files.writeString(other.resolve("lake/.mpus-put-1234"), "half");
        Files.writeString(other.resolve("lake/kept"), "whole");
        for (int round = 0; round < 2; round++) {
            try (S3Gateway restarted = S3Gateway.start(GatewayJars.path(), other, "127.0.0.1", 0, CREDENTIALS);
                    S3Client restartedClient = S3Clients.create(restarted.uri(), CREDENTIALS, "eu-west-1")) {
                assertThat(restartedClient.listObjectsV2(builder -> builder.bucket("lake")).contents()).extracting(S3Object::key).containsExactly("kept");
            }
        }
        assertThat(other.resolve("lake").toFile().list()).containsExactly("kept");
    }

    private void put(String key, String content)
    {
        client.putObject(builder -> builder.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private String get(String key)
    {
        return client.getObjectAsBytes(builder -> builder.bucket(bucket).key(key)).asUtf8String();
    }

    private String range(String range)
    {
        ResponseBytes<GetObjectResponse> bytes = client.getObjectAsBytes(builder -> builder.bucket(bucket).key("r").range(range));
        return new String(bytes.asByteArray(), UTF_8);
    }

    private List<String> list(String prefix)
    {
        return client.listObjectsV2Paginator(builder -> builder.bucket(bucket).prefix(prefix)).contents().stream().map(S3Object::key).toList();
    }

    private static void assertError(Runnable action, int status, String code)
    {
        assertThatThrownBy(action::run)
                .isInstanceOf(S3Exception.class)
                .satisfies(e -> assertThat(((S3Exception) e).statusCode()).isEqualTo(status))
                .satisfies(e -> assertThat(((S3Exception) e).awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
