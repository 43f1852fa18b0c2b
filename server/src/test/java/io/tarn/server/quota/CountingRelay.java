package io.tarn.server.quota;

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
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/**
 * Stands in front of an S3 endpoint and counts the bytes of objects that pass: what a storage provider would meter. The
 * clients' requests pass as they are, signatures included.
 */
final class CountingRelay
        implements Closeable
{
    private final URI target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong objectBytes = new AtomicLong();
    private final AtomicLong objectReads = new AtomicLong();

    private CountingRelay(URI target)
            throws IOException
    {
        this.target = requireNonNull(target, "target is null");
        server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    }

    static CountingRelay start(URI target)
            throws IOException
    {
        CountingRelay relay = new CountingRelay(target);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    URI uri()
    {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /**
     * Bytes of objects, or of ranges of them, that were handed to clients.
     */
    long objectBytes()
    {
        return objectBytes.get();
    }

    long objectReads()
    {
        return objectReads.get();
    }

    void reset()
    {
        objectBytes.set(0);
        objectReads.set(0);
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

    /**
     * @return whether the connection stays open
     */
    private boolean exchange(InputStream fromClient, OutputStream toClient, InputStream fromServer, OutputStream toServer)
            throws IOException
    {
        String request = head(fromClient);
        if (request.isEmpty()) {
            return false;
        }
        toServer.write(request.getBytes(ISO_8859_1));
        copyBody(request, fromClient, toServer, false);
        toServer.flush();

        String response = head(fromServer);
        toClient.write(response.getBytes(ISO_8859_1));
        String path = request.substring(request.indexOf(' ') + 1, request.indexOf(' ', request.indexOf(' ') + 1));
        // a bucket's own path, and one with a query, is a listing
        boolean object = request.startsWith("GET ") && path.indexOf('/', 1) > 0 && path.indexOf('/', 1) < path.length() - 1 && !path.contains("list-type")
                && (response.startsWith("HTTP/1.1 200") || response.startsWith("HTTP/1.1 206"));
        if (object) {
            objectReads.incrementAndGet();
        }
        if (!request.startsWith("HEAD ") && !response.startsWith("HTTP/1.1 304") && !response.startsWith("HTTP/1.1 204")) {
            copyBody(response, fromServer, toClient, object);
        }
        toClient.flush();
        return !"close".equalsIgnoreCase(header(response, "connection"));
    }

    private void copyBody(String head, InputStream from, OutputStream to, boolean object)
            throws IOException
    {
        String length = header(head, "content-length");
        if (length != null) {
            copy(Long.parseLong(length), from, to, object);
            return;
        }
        if (!"chunked".equalsIgnoreCase(header(head, "transfer-encoding"))) {
            return;
        }
        while (true) {
            String line = line(from);
            to.write(line.getBytes(ISO_8859_1));
            long size = Long.parseLong(line.strip().replaceFirst(";.*", ""), 16);
            copy(size, from, to, object);
            to.write(line(from).getBytes(ISO_8859_1));
            if (size == 0) {
                return;
            }
        }
    }

    private void copy(long length, InputStream from, OutputStream to, boolean object)
            throws IOException
    {
        byte[] buffer = new byte[16 * 1024];
        long left = length;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            to.write(buffer, 0, read);
            left -= read;
            if (object) {
                objectBytes.addAndGet(read);
            }
        }
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
