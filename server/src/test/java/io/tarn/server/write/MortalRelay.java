package io.tarn.server.write;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/**
 * Stands between an engine and a service. To the service the engine looks dead from the moment that its {@link Life}
 * ends: nothing of it arrives any more.
 */
final class MortalRelay
        implements Closeable
{
    private final URI target;
    private final Life life;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private MortalRelay(URI target, Life life)
            throws IOException
    {
        this.target = requireNonNull(target, "target is null");
        this.life = requireNonNull(life, "life is null");
        server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    }

    static MortalRelay start(URI target, Life life)
            throws IOException
    {
        MortalRelay relay = new MortalRelay(target, life);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    URI uri()
    {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept()
    {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
            catch (IOException e) {
                if (!server.isClosed()) {
                    throw new IllegalStateException("The relay cannot accept connections", e);
                }
            }
        }
    }

    private void serve(Socket client)
    {
        sockets.add(client);
        try (client; Socket upstream = new Socket(target.getHost(), target.getPort())) {
            InputStream fromClient = new BufferedInputStream(client.getInputStream());
            InputStream fromServer = new BufferedInputStream(upstream.getInputStream());
            boolean open = true;
            while (open) {
                open = exchange(fromClient, client.getOutputStream(), fromServer, upstream.getOutputStream());
            }
        }
        catch (IOException | RuntimeException _) {
            // either side has gone; the other sees its connection end
        }
        finally {
            sockets.remove(client);
        }
    }

    private boolean exchange(InputStream fromClient, OutputStream toClient, InputStream fromServer, OutputStream toServer)
            throws IOException
    {
        String request = head(fromClient);
        if (request.isEmpty()) {
            return false;
        }
        if ("100-continue".equalsIgnoreCase(header(request, "expect"))) {
            toClient.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            toClient.flush();
        }
        byte[] body = body(request, fromClient);
        Life.Verdict verdict = life.judge(changes(request));
        if (verdict == Life.Verdict.LOST) {
            return false;
        }
        toServer.write(request.replaceFirst("(?i)expect: 100-continue\r\n", "").getBytes(ISO_8859_1));
        toServer.write(body);
        toServer.flush();
        String response = head(fromServer);
        boolean bodiless = request.startsWith("HEAD ") || response.startsWith("HTTP/1.1 304") || response.startsWith("HTTP/1.1 204");
        byte[] answer = bodiless ? new byte[0] : body(response, fromServer);
        if (verdict == Life.Verdict.UNANSWERED) {
            return false;
        }
        toClient.write(response.getBytes(ISO_8859_1));
        toClient.write(answer);
        toClient.flush();
        return !"close".equalsIgnoreCase(header(response, "connection"));
    }

    /**
     * Whether a request changes what is stored.
     */
    private static boolean changes(String request)
    {
        String target = header(request, "x-amz-target");
        if (target == null) {
            return !request.startsWith("GET ") && !request.startsWith("HEAD ");
        }
        return !target.contains(".Get") && !target.contains(".BatchGet");
    }

    private static byte[] body(String head, InputStream from)
            throws IOException
    {
        String length = header(head, "content-length");
        if (length != null) {
            return exactly(Integer.parseInt(length), from);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equalsIgnoreCase(header(head, "transfer-encoding"))) {
            int size;
            do {
                String line = line(from);
                body.write(line.getBytes(ISO_8859_1));
                size = Integer.parseInt(line.strip().replaceFirst(";.*", ""), 16);
                body.write(exactly(size, from));
                body.write(line(from).getBytes(ISO_8859_1));
            }
            while (size > 0);
        }
        return body.toByteArray();
    }

    private static byte[] exactly(int length, InputStream from)
            throws IOException
    {
        byte[] bytes = from.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String head(InputStream in)
            throws IOException
    {
        StringBuilder head = new StringBuilder();
        while (true) {
            String line = line(in);
            head.append(line);
            if (line.equals("\r\n") || line.isEmpty()) {
                return head.toString();
            }
        }
    }

    private static String line(InputStream in)
            throws IOException
    {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = in.read(); value >= 0; value = in.read()) {
            line.write(value);
            if (value == '\n') {
                break;
            }
        }
        return line.toString(ISO_8859_1);
    }

    private static String header(String head, String name)
    {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close()
            throws IOException
    {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
