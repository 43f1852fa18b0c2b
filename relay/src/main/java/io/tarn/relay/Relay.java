package io.tarn.relay;

import io.tarn.relay.Witness.Verdict;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static io.tarn.relay.HttpMessages.copyBody;
import static io.tarn.relay.HttpMessages.head;
import static io.tarn.relay.HttpMessages.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/**
 * Stands between a client and a service that it reaches over HTTP. Requests pass as they are, signatures included, as
 * far as a {@link Witness} lets them.
 */
public final class Relay
        implements Closeable
{
    private final URI target;
    private final Witness witness;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private Relay(URI target, Witness witness)
            throws IOException
    {
        this.target = requireNonNull(target, "target is null");
        this.witness = requireNonNull(witness, "witness is null");
        server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    }

    public static Relay start(URI target, Witness witness)
            throws IOException
    {
        Relay relay = new Relay(target, witness);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    public URI uri()
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

    /**
     * @return whether the connection stays open
     */
    private boolean exchange(InputStream fromClient, OutputStream toClient, InputStream fromServer, OutputStream toServer)
            throws IOException
    {
        String head = head(fromClient);
        if (head.isEmpty()) {
            return false;
        }
        if (header(head, "expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            toClient.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            toClient.flush();
        }
        // all of it, so that half a request never arrives
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        copyBody(head, fromClient, body, _ -> {});
        RelayedRequest request = new RelayedRequest(head);
        Verdict verdict = witness.judge(request);
        if (verdict == Verdict.LOST) {
            return false;
        }
        if (verdict == Verdict.REFUSED) {
            toClient.write(witness.refusal(request).getBytes(ISO_8859_1));
            toClient.flush();
            return true;
        }
        toServer.write(head.replaceFirst("(?i)expect: 100-continue\r\n", "").getBytes(ISO_8859_1));
        body.writeTo(toServer);
        toServer.flush();

        String response = head(fromServer);
        int status = Integer.parseInt(response.substring(9, 12));
        boolean bodiless = request.method().equals("HEAD") || status == 204 || status == 304;
        if (verdict == Verdict.UNANSWERED || verdict == Verdict.CUT) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            if (!bodiless) {
                copyBody(response, fromServer, answer, _ -> {});
            }
            witness.answered(request, status);
            if (verdict == Verdict.CUT && answer.size() > 0) {
                toClient.write(response.getBytes(ISO_8859_1));
                toClient.write(answer.toByteArray(), 0, answer.size() / 2);
                toClient.flush();
            }
            return false;
        }
        witness.answered(request, status);
        toClient.write(response.getBytes(ISO_8859_1));
        if (!bodiless) {
            copyBody(response, fromServer, toClient, bytes -> witness.passed(request, status, bytes));
        }
        toClient.flush();
        return header(response, "connection").filter("close"::equalsIgnoreCase).isEmpty();
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
