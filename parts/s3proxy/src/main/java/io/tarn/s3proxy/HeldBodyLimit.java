package io.tarn.s3proxy;

import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

import static java.lang.Math.toIntExact;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * S3Proxy holds a body in memory whose digest is signed, until it has made the digest: one of many at a time would be
 * the heap of the engine beside it. Beyond a limit on all of them together a request is answered 503
 * {@code SlowDown}, on which S3 clients wait and try again.
 */
final class HeldBodyLimit
        extends Handler.Wrapper
{
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    /**
     * Rounds up, so that small bodies count as well and a count fits in an integer.
     */
    private static final int UNIT_BYTES = 1024;
    private static final String ANSWER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Message>Too many bodies are being taken in at a time; try again, or send them in chunks or parts</Message></Error>";

    private final Semaphore units;
    private final int allUnits;

    HeldBodyLimit(Handler handler, long bytes)
    {
        super(handler);
        allUnits = toIntExact(bytes / UNIT_BYTES);
        units = new Semaphore(allUnits);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws Exception
    {
        int held = heldUnits(request);
        if (!units.tryAcquire(held)) {
            response.setStatus(503);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml;charset=utf-8");
            // the body is not read, so that nothing can follow it
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.write(true, ByteBuffer.wrap(ANSWER.getBytes(UTF_8)), callback);
            return true;
        }
        Request.addCompletionListener(request, _ -> units.release(held));
        return super.handle(request, response, callback);
    }

    private int heldUnits(Request request)
    {
        String digest = request.getHeaders().get("x-amz-content-sha256");
        if (digest == null || !DIGEST.matcher(digest).matches()) {
            return 0;
        }
        // its length is not known: it may be all that S3Proxy takes
        if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return allUnits;
        }
        long bytes = Math.max(0, request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH));
        return (int) Math.min(allUnits, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }
}
