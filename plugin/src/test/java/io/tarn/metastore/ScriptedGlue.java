package io.tarn.metastore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import static com.google.common.base.Preconditions.checkState;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An HTTP server that answers Glue's calls from a script, well or badly, and keeps what it was asked.
 */
final class ScriptedGlue
        implements AutoCloseable
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Deque<Function<JsonNode, Answer>>> scripts = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    ScriptedGlue()
    {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    URI uri()
    {
        return URI.create("http://%s:%s".formatted(server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
    }

    /**
     * The next answers to an operation; the last one is given for ever.
     */
    synchronized ScriptedGlue on(String operation, Answer... answers)
    {
        for (Answer answer : answers) {
            scripts.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(_ -> answer);
        }
        return this;
    }

    synchronized ScriptedGlue on(String operation, Function<JsonNode, Answer> answer)
    {
        scripts.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    synchronized List<JsonNode> calls(String operation)
    {
        return calls.stream()
                .filter(call -> call.operation().equals(operation))
                .map(Call::request)
                .toList();
    }

    synchronized int callCount()
    {
        return calls.size();
    }

    private void handle(HttpExchange exchange)
            throws IOException
    {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target.substring(target.indexOf('.') + 1);
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        Function<JsonNode, Answer> script;
        synchronized (this) {
            calls.add(new Call(operation, request));
            Deque<Function<JsonNode, Answer>> remaining = scripts.get(operation);
            checkState(remaining != null, "No script for %s", operation);
            script = remaining.size() > 1 ? remaining.poll() : remaining.peek();
        }
        Answer answer = script.apply(request);
        try (exchange) {
            if (answer.silent()) {
                closed.await();
                return;
            }
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.getResponseHeaders().add("x-amzn-RequestId", "request-1");
            exchange.sendResponseHeaders(answer.status(), body.length + answer.missingBytes());
            exchange.getResponseBody().write(body);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close()
    {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private record Call(String operation, JsonNode request) {}

    /**
     * @param missingBytes how many more are announced than sent
     */
    record Answer(int status, String body, int missingBytes, boolean silent)
    {
        static final Answer THROTTLED = error(400, "ThrottlingException", "Rate exceeded");

        /**
         * JSON with single quotes, for it is written in Java strings.
         */
        static Answer ok(String json)
        {
            return new Answer(200, json.replace('\'', '"'), 0, false);
        }

        static Answer error(int status, String code, String message)
        {
            return ok("{'__type': '%s', 'message': '%s'}".formatted(code, message)).withStatus(status);
        }

        static Answer raw(int status, String body)
        {
            return new Answer(status, body, 0, false);
        }

        static Answer truncated(String body)
        {
            return new Answer(200, body, 100, false);
        }

        static Answer silence()
        {
            return new Answer(0, "", 0, true);
        }

        private Answer withStatus(int status)
        {
            return new Answer(status, body, missingBytes, silent);
        }
    }
}
