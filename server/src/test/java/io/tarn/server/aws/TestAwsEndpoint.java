package io.tarn.server.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static com.google.common.hash.Hashing.sha256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The protocol over raw HTTP; requests are signed by the SDK's signer and then spoilt.
 */
@TestInstance(PER_CLASS)
final class TestAwsEndpoint
{
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Credentials CREDENTIALS = new Credentials("AKIDTARN", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final String BODY = "{\"Name\":\"raw\"}";

    private AwsEndpoint endpoint;
    private HttpClient http;

    @BeforeAll
    void start()
    {
        endpoint = AwsEndpoint.start("127.0.0.1", 0, CREDENTIALS, List.of(new EchoService()), () -> NOW);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    void stop()
    {
        http.close();
        endpoint.close();
    }

    @Test
    void testAnswer()
            throws Exception
    {
        HttpResponse<String> response = send(signed());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"Database\":{\"Name\":\"raw\"}}");
        assertThat(response.headers().firstValue("content-type")).contains("application/x-amz-json-1.1");
        assertThat(response.headers().firstValue("x-amzn-requestid")).hasValueSatisfying(id -> assertThat(id).hasSize(36));
        assertThat(response.headers().firstValue("server")).isEmpty();
    }

    @Test
    void testSignedValuesAreTrimmedAndFolded()
            throws Exception
    {
        Map<String, String> headers = signed(Map.of("x-amz-meta", "  a   b "), BODY, CREDENTIALS, NOW);
        assertThat(send(headers).statusCode()).isEqualTo(200);
        assertError(send(with(headers, "x-amz-meta", "a c")), 403, "InvalidSignatureException", "does not match");
    }

    @Test
    void testMissingSignature()
            throws Exception
    {
        Map<String, String> headers = signed();
        headers.remove("Authorization");
        assertError(send(headers), 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Basic dGFybjp0YXJu | requires the algorithm AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 abc | a part that is not one key=value",
            "AWS4-HMAC-SHA256 Credential=a/20260102/r/glue/aws4_request, SignedHeaders=host | requires 'Signature' parameter",
            "AWS4-HMAC-SHA256 Credential=a/20260102/r/glue/aws4_request, SignedHeaders=host, Signature=00 | not 64 lower-case hexadecimal digits",
            "AWS4-HMAC-SHA256 Credential=a/glue, SignedHeaders=host, Signature=00 | Credential in the Authorization header is not",
            "AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host, Signature=00 | a part that is not one key=value",
    })
    void testIncompleteSignature(String authorization, String message)
            throws Exception
    {
        assertError(send(with(signed(), "Authorization", authorization)), 403, "IncompleteSignatureException", message);
    }

    @Test
    void testWrongKeys()
            throws Exception
    {
        assertError(
                send(signed(Map.of(), BODY, new Credentials("AKIDOTHER", CREDENTIALS.secretKey()), NOW)),
                403,
                "UnrecognizedClientException",
                "The security token included in the request is invalid");
        assertError(
                send(signed(Map.of(), BODY, new Credentials(CREDENTIALS.accessKey(), "wrong"), NOW)),
                403,
                "InvalidSignatureException",
                "does not match the signature you provided");
        assertError(
                send(signed(Map.of("X-Amz-Security-Token", "abc"), BODY, CREDENTIALS, NOW)),
                403,
                "UnrecognizedClientException",
                "unset AWS_SESSION_TOKEN");
    }

    @Test
    void testSkew()
            throws Exception
    {
        assertThat(send(signed(Map.of(), BODY, CREDENTIALS, NOW.minus(Duration.ofMinutes(15)))).statusCode()).isEqualTo(200);
        assertThat(send(signed(Map.of(), BODY, CREDENTIALS, NOW.plus(Duration.ofMinutes(15)))).statusCode()).isEqualTo(200);
        assertError(send(signed(Map.of(), BODY, CREDENTIALS, NOW.minus(Duration.ofMinutes(15)).minusSeconds(1))), 403, "InvalidSignatureException", "Signature expired: 20260102T024904Z");
        assertError(send(signed(Map.of(), BODY, CREDENTIALS, NOW.plus(Duration.ofMinutes(15)).plusSeconds(1))), 403, "InvalidSignatureException", "Signature not yet current");
        assertError(send(with(signed(), "X-Amz-Date", "yesterday")), 403, "IncompleteSignatureException", "Got 'yesterday'");
        assertError(send(with(signed(), "X-Amz-Date", "20260103T000000Z")), 403, "InvalidSignatureException", "Date in Credential scope does not match");
    }

    @Test
    void testBodyIsSigned()
            throws Exception
    {
        String other = "{\"Name\":\"row\"}";
        assertError(send(signed(), other), 403, "InvalidSignatureException", "is not the SHA-256 of the body");
        assertError(send(with(signed(), "x-amz-content-sha256", "UNSIGNED-PAYLOAD")), 403, "InvalidSignatureException", "is not the SHA-256 of the body");
        assertError(send(with(signed(), "x-amz-content-sha256", sha256().hashString(other, UTF_8).toString()), other), 403, "InvalidSignatureException", "does not match");
    }

    @Test
    void testHeadersThatMustBeSigned()
            throws Exception
    {
        assertError(send(with(signed(), "X-Amz-Extra", "1")), 403, "InvalidSignatureException", "'x-amz-extra' must be a 'SignedHeader'");
        Map<String, String> headers = signed();
        headers.computeIfPresent("Authorization", (_, value) -> value.replace("host;", ""));
        assertError(send(headers), 403, "InvalidSignatureException", "'host' must be a 'SignedHeader'");
        headers.computeIfPresent("Authorization", (_, value) -> value.replace("SignedHeaders=", "SignedHeaders=host;absent;"));
        assertError(send(headers), 403, "InvalidSignatureException", "'absent' is in SignedHeaders but not in the request");
        // another operation under the same signature
        assertError(send(with(signed(), "X-Amz-Target", "AWSGlue.GetDatabases")), 403, "InvalidSignatureException", "does not match");
    }

    @Test
    void testSignatureForAnotherService()
            throws Exception
    {
        Map<String, String> headers = signed();
        headers.computeIfPresent("Authorization", (_, value) -> value.replace("/glue/", "/athena/"));
        assertError(send(headers), 403, "InvalidSignatureException", "Credential should be scoped to correct service: 'glue'");
    }

    @Test
    void testOperations()
            throws Exception
    {
        assertError(send(target("AWSGlue.StartCrawler")), 400, "OperationNotSupportedException", "AWSGlue.StartCrawler is an operation of AWS, but this endpoint does not serve it");
        assertError(send(target("AWSGlue.Nothing")), 400, "UnknownOperationException", "AWSGlue.Nothing is not an operation of AWS");
        assertError(send(target("AmazonAthena.ListWorkGroups")), 400, "UnknownOperationException", "names no service of this endpoint; it has [AWSGlue]");
        assertError(send(target("GetDatabase")), 400, "UnknownOperationException", "names no service");
        assertError(send(target("AWSGlue.Fails")), 500, "InternalServiceException", "its log has the cause under request");
        assertError(send(target("AWSGlue.Refuses")), 400, "EntityNotFoundException", "a \"quoted\" \\ name\n");
    }

    @Test
    void testBodies()
            throws Exception
    {
        assertError(send(signed(Map.of(), "{", CREDENTIALS, NOW), "{"), 400, "SerializationException", "not valid JSON");
        assertError(send(signed(Map.of(), "", CREDENTIALS, NOW), ""), 400, "SerializationException", "not a JSON object");
        assertError(send(signed(Map.of("Content-Type", "text/plain"), BODY, CREDENTIALS, NOW)), 415, "UnsupportedMediaTypeException", "'text/plain'");
        String large = " ".repeat(AwsHandler.MAX_BODY_BYTES + 1);
        for (BodyPublisher body : List.of(BodyPublishers.ofString(large), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8))))) {
            assertError(send(signed(Map.of(), large, CREDENTIALS, NOW), body), 413, "RequestEntityTooLargeException", "larger than 16777216 bytes");
        }
    }

    @Test
    void testOtherRequests()
            throws Exception
    {
        HttpRequest get = HttpRequest.newBuilder(endpoint.uri().resolve("/")).header("Authorization", "x").GET().build();
        assertError(http.send(get, BodyHandlers.ofString()), 400, "UnknownOperationException", "GET / is not part of AWS JSON 1.1");
        HttpRequest path = HttpRequest.newBuilder(endpoint.uri().resolve("/a/../b")).header("Authorization", "x").POST(BodyPublishers.ofString("")).build();
        assertError(http.send(path, BodyHandlers.ofString()), 400, "UnknownOperationException", "is not part of AWS JSON 1.1");
    }

    @Test
    void testTakenPort()
    {
        int port = endpoint.uri().getPort();
        assertThatThrownBy(() -> AwsEndpoint.start("127.0.0.1", port, CREDENTIALS, List.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(BindException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("choose another port");
    }

    private static void assertError(HttpResponse<String> response, int status, String type, String message)
            throws IOException
    {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = new ObjectMapper().readTree(response.body());
        assertThat(error.get("__type").textValue()).isEqualTo(type);
        assertThat(error.get("Message").textValue()).contains(message);
        assertThat(response.headers().firstValue("x-amzn-errortype")).contains(type);
        assertThat(response.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value)
    {
        headers.put(name, value);
        return headers;
    }

    private Map<String, String> target(String target)
    {
        return signed(Map.of("X-Amz-Target", target), BODY, CREDENTIALS, NOW);
    }

    private Map<String, String> signed()
    {
        return signed(Map.of(), BODY, CREDENTIALS, NOW);
    }

    private Map<String, String> signed(Map<String, String> extra, String body, Credentials credentials, Instant time)
    {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.uri().resolve("/"))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "AWSGlue.GetDatabase");
        extra.forEach(request::putHeader);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        AwsV4HttpSigner.create()
                .sign(signing -> signing
                        .identity(AwsCredentialsIdentity.create(credentials.accessKey(), credentials.secretKey()))
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request()
                .headers()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
        return headers;
    }

    private HttpResponse<String> send(Map<String, String> headers)
            throws Exception
    {
        return send(headers, BODY);
    }

    private HttpResponse<String> send(Map<String, String> headers, String body)
            throws Exception
    {
        return send(headers, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(Map<String, String> headers, BodyPublisher body)
            throws Exception
    {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri().resolve("/")).POST(body);
        headers.forEach((name, value) -> {
            // the client sets these two itself
            if (!List.of("host", "content-length").contains(name.toLowerCase(Locale.ENGLISH))) {
                request.header(name, value);
            }
        });
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static final class EchoService
            implements AwsService
    {
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
            return switch (name) {
                case "GetDatabase" -> Optional.of(AwsOperation.operation(name, GetDatabaseRequest::builder, request ->
                        GetDatabaseResponse.builder().database(database -> database.name(request.name())).build()));
                case "Fails" -> Optional.of(AwsOperation.operation(name, GetDatabaseRequest::builder, _ -> {
                    throw new IllegalStateException("this is logged, not sent");
                }));
                case "Refuses" -> Optional.of(AwsOperation.operation(name, GetDatabaseRequest::builder, _ -> {
                    throw new AwsException("EntityNotFoundException", 400, "a \"quoted\" \\ name\n");
                }));
                default -> Optional.empty();
            };
        }

        @Override
        public boolean inModel(String name)
        {
            return name.equals("StartCrawler");
        }
    }
}
