package io.tarn.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.airlift.http.server.HttpServerInfo;
import jakarta.annotation.PreDestroy;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static jakarta.ws.rs.core.Response.Status.SERVICE_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Runs the statements that come before the last one, where one of Athena's is several of Trino's: as queries of the
 * same client, with its own headers, so that they are allowed, counted and logged as if it had sent them.
 */
final class EarlierStatements
{
    // the client's own, which are about this one connection
    private static final Set<String> NOT_COPIED = ImmutableSet.of("host", "content-length", "connection", "content-type", "accept-encoding", "expect", "upgrade", "transfer-encoding");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final HttpServerInfo server;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper mapper = new ObjectMapper();

    @Inject
    EarlierStatements(HttpServerInfo server)
    {
        this.server = requireNonNull(server, "server is null");
    }

    @PreDestroy
    void close()
    {
        client.close();
    }

    /**
     * Returns when the last of them is finished.
     *
     * @throws FailedStatementException with what Trino answered to the first that failed
     */
    void run(List<String> statements, ContainerRequestContext request)
    {
        URI target = server.getHttpUri() == null ? request.getUriInfo().getBaseUri() : server.getHttpUri();
        try {
            for (String statement : statements) {
                run(statement, target.resolve("/v1/statement"), request);
            }
        }
        catch (IOException e) {
            // no code that clients try again at
            throw new FailedStatementException(Response.serverError()
                    .entity("The statement is several of Trino's, of which the first ones are sent to %s, which fails (with HTTPS alone the server must trust its own certificate): %s".formatted(target, e))
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .build());
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedStatementException(Response.status(SERVICE_UNAVAILABLE).build());
        }
    }

    private void run(String statement, URI target, ContainerRequestContext request)
            throws IOException, InterruptedException
    {
        HttpRequest.Builder post = builder(target, request)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(statement, UTF_8));
        HttpResponse<String> response = client.send(post.build(), BodyHandlers.ofString(UTF_8));
        while (true) {
            if (response.statusCode() != Response.Status.OK.getStatusCode()) {
                throw new FailedStatementException(Response.status(response.statusCode()).entity(response.body()).type(MediaType.TEXT_PLAIN_TYPE).build());
            }
            JsonNode results = mapper.readTree(response.body());
            if (results.hasNonNull("error")) {
                throw new FailedStatementException(Response.ok(results.toString()).type(MediaType.APPLICATION_JSON_TYPE).build());
            }
            if (!results.hasNonNull("nextUri")) {
                return;
            }
            response = client.send(builder(URI.create(results.path("nextUri").asText()), request).GET().build(), BodyHandlers.ofString(UTF_8));
        }
    }

    private static HttpRequest.Builder builder(URI target, ContainerRequestContext request)
    {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).timeout(TIMEOUT);
        request.getHeaders().forEach((name, values) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(Locale.ENGLISH))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder;
    }
}
