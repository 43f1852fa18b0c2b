package io.tarn.server.aws;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.common.io.ByteStreams;
import io.airlift.log.Logger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.tarn.server.aws.AwsRouter.CONTENT_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

/**
 * HTTP on one side, {@link AwsRouter} on the other: limits the body, and gives errors their AWS shape.
 */
final class AwsHandler
        extends Handler.Abstract
{
    // a table definition may hold view texts of 400 kB and parameters of 512 kB each
    static final int MAX_BODY_BYTES = 16 << 20;

    private static final long MAX_DISCARDED_BYTES = 64 << 20;

    private static final Logger log = Logger.get(AwsHandler.class);

    private final AwsRouter router;

    AwsHandler(AwsRouter router)
    {
        this.router = requireNonNull(router, "router is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
    {
        String requestId = UUID.randomUUID().toString();
        response.getHeaders().put("x-amzn-RequestId", requestId);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);

        byte[] body;
        try {
            body = router.answer(read(request));
            response.setStatus(200);
        }
        catch (AwsException e) {
            if (e.status() >= 500) {
                log.error(e, "Request %s failed", requestId);
            }
            body = error(response, e);
        }
        catch (IOException e) {
            // the client went away or stopped sending
            callback.failed(e);
            return true;
        }
        catch (RuntimeException e) {
            log.error(e, "Request %s failed", requestId);
            body = error(response, new AwsException("InternalServiceException", 500, "The request failed inside the endpoint; its log has the cause under request %s".formatted(requestId)));
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static AwsRequest read(Request request)
            throws IOException
    {
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(ENGLISH), _ -> new ArrayList<>()).add(requireNonNullElse(field.getValue(), ""));
        }
        // who does not even claim to have a key gets no memory
        if (!headers.containsKey("authorization")) {
            throw new AwsException("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
        }
        return new AwsRequest(
                request.getMethod(),
                requireNonNullElse(request.getHttpURI().getPath(), ""),
                requireNonNullElse(request.getHttpURI().getQuery(), ""),
                headers,
                body(request));
    }

    private static byte[] body(Request request)
            throws IOException
    {
        try (InputStream input = Request.asInputStream(request)) {
            byte[] body = request.getLength() > MAX_BODY_BYTES ? new byte[0] : input.readNBytes(MAX_BODY_BYTES + 1);
            if (Math.max(request.getLength(), body.length) > MAX_BODY_BYTES) {
                // who is still sending when the connection is closed does not get to read why
                ByteStreams.exhaust(ByteStreams.limit(input, MAX_DISCARDED_BYTES));
                throw new AwsException("RequestEntityTooLargeException", 413, "The request body is larger than %s bytes".formatted(MAX_BODY_BYTES));
            }
            return body;
        }
    }

    private static byte[] error(Response response, AwsException exception)
    {
        response.setStatus(exception.status());
        response.getHeaders().put("x-amzn-ErrorType", exception.type());
        return "{\"__type\":\"%s\",\"Message\":\"%s\"}".formatted(
                exception.type(),
                new String(JsonStringEncoder.getInstance().quoteAsString(exception.getMessage()))).getBytes(UTF_8);
    }
}
