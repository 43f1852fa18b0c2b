package io.tarn.server.thrift.wire;

import io.airlift.log.Logger;
import org.apache.thrift.TException;

import javax.net.ssl.SSLException;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * One client. Whether it frames its messages shows in their first bytes, for a message of the binary protocol begins
 * with 0x80, and the length of a frame does not; so both are served at one port. What is neither is not answered.
 */
final class Connection
        implements Runnable, Closeable
{
    private static final Logger log = Logger.get(Connection.class);

    private static final int MESSAGE_MARK = 0x80;
    // idle connections are many, and so their buffers are small
    private static final int INPUT_BUFFER = 2 * 1024;
    private static final int OUTPUT_BUFFER = 16 * 1024;

    private final Socket socket;
    private final WireLimits limits;
    private final MessageBudget budget;
    private final MessageHandler handler;
    private final RefusalLog refusals;
    private volatile long idleSince = System.nanoTime();
    private volatile boolean busy;

    Connection(Socket socket, WireLimits limits, MessageBudget budget, MessageHandler handler, RefusalLog refusals)
    {
        this.socket = requireNonNull(socket, "socket is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.budget = requireNonNull(budget, "budget is null");
        this.handler = requireNonNull(handler, "handler is null");
        this.refusals = requireNonNull(refusals, "refusals is null");
    }

    /**
     * For how long the client has not been asking anything; zero while it is.
     */
    long idleNanos(long now)
    {
        return busy ? 0 : now - idleSince;
    }

    @Override
    public void run()
    {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            PushbackInputStream input = new PushbackInputStream(new BufferedInputStream(socket.getInputStream(), INPUT_BUFFER), 8);
            while (serveOne(input)) {
                // until the client goes, or sends what is no message
            }
        }
        catch (SocketTimeoutException e) {
            log.debug("Client %s was idle for too long, or stopped in the middle of a message", socket.getRemoteSocketAddress());
        }
        catch (SSLException e) {
            refusals.tellMisunderstood(
                    "The connection of %s was closed, as no TLS was agreed on with it: %s. This metastore speaks nothing else: set it at the client, too (hive.metastore.use.SSL=true, and a trust store that knows the certificate)",
                    socket.getRemoteSocketAddress(),
                    e.getMessage());
        }
        catch (TException | IOException e) {
            log.debug(e, "The connection of %s was closed", socket.getRemoteSocketAddress());
        }
        catch (RuntimeException | StackOverflowError e) {
            log.debug(e, "The connection of %s was closed", socket.getRemoteSocketAddress());
            refusals.tellMisunderstood("The connection of %s was closed for a message that could not be dealt with: %s", socket.getRemoteSocketAddress(), e);
        }
    }

    private boolean serveOne(PushbackInputStream input)
            throws IOException, TException
    {
        socket.setSoTimeout(toIntExact(limits.idleTimeout().toMillis()));
        int first = input.read();
        if (first < 0) {
            return false;
        }
        busy = true;
        try {
            socket.setSoTimeout(toIntExact(limits.readTimeout().toMillis()));
            input.unread(first);
            return first == MESSAGE_MARK ? serveUnframed(input) : serveFramed(input);
        }
        finally {
            idleSince = System.nanoTime();
            busy = false;
        }
    }

    private boolean serveUnframed(PushbackInputStream input)
            throws IOException, TException
    {
        OutputStream output = new BufferedOutputStream(socket.getOutputStream(), OUTPUT_BUFFER);
        try {
            serve(input, output, limits.maxMessageSize());
        }
        finally {
            // where the message could not be read, the answer says why
            output.flush();
        }
        return true;
    }

    private boolean serveFramed(PushbackInputStream input)
            throws IOException, TException
    {
        int size = readInt(input);
        int mark = input.read();
        if (mark != MESSAGE_MARK) {
            refusals.tellMisunderstood(
                    "The connection of %s was closed: it speaks another protocol than Thrift's binary one. Kerberos and SASL are not served: set hive.metastore.sasl.enabled=false; and where TLS is set on one side only, set it on both",
                    socket.getRemoteSocketAddress());
            return false;
        }
        if (size <= 0 || size > limits.maxMessageSize()) {
            refusals.tellMisunderstood("The connection of %s was closed: its frame of %s bytes is larger than metastore.max-message-size allows (%s)", socket.getRemoteSocketAddress(), size, limits.maxMessageSize());
            return false;
        }
        input.unread(mark);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(OUTPUT_BUFFER);
        try {
            // a frame longer than its message says that the client and this side disagree about where messages begin
            return serve(input, answer, size) == 0;
        }
        finally {
            if (answer.size() > 0) {
                DataOutputStream output = new DataOutputStream(socket.getOutputStream());
                output.writeInt(answer.size());
                answer.writeTo(output);
                output.flush();
            }
        }
    }

    private long serve(PushbackInputStream input, OutputStream output, int size)
            throws TException
    {
        MessageTransport transport = new MessageTransport(input, output, budget, limits.maxMessageSize());
        transport.beginMessage(size);
        BoundedProtocol protocol = new BoundedProtocol(transport);
        try {
            handler.handle(protocol, protocol);
            return transport.unread();
        }
        finally {
            transport.endMessage();
        }
    }

    private static int readInt(PushbackInputStream input)
            throws IOException
    {
        return new DataInputStream(input).readInt();
    }

    @Override
    public void close()
            throws IOException
    {
        socket.close();
    }
}
