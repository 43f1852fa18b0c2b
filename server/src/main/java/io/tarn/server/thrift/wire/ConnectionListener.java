package io.tarn.server.thrift.wire;

import io.airlift.stats.CounterStat;
import org.weakref.jmx.Managed;
import org.weakref.jmx.Nested;

import javax.net.ServerSocketFactory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.Sets.newConcurrentHashSet;
import static java.util.Objects.requireNonNull;

/**
 * Takes connections at a port, and gives each a virtual thread. When there are as many as are allowed, a new one takes
 * the place of the one that has been idle longest, if that is more than a few seconds; else it is closed at once. A
 * Hive client whose connection was closed opens another with its next call.
 */
public final class ConnectionListener
        implements Closeable
{
    private static final int BACKLOG = 1024;
    private static final long EVICTABLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final ServerSocket serverSocket;
    private final AddressList allowed;
    private final WireLimits limits;
    private final MessageBudget budget;
    private final MessageHandler handler;
    private final Set<Connection> connections = newConcurrentHashSet();
    private final RefusalLog refusals = new RefusalLog();
    private final CounterStat accepted = new CounterStat();
    private final CounterStat refused = new CounterStat();
    private final CounterStat evicted = new CounterStat();

    private ConnectionListener(ServerSocket serverSocket, AddressList allowed, WireLimits limits, MessageHandler handler)
    {
        this.serverSocket = requireNonNull(serverSocket, "serverSocket is null");
        this.allowed = requireNonNull(allowed, "allowed is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.budget = new MessageBudget(limits.messageMemory());
        this.handler = requireNonNull(handler, "handler is null");
    }

    /**
     * @param port 0 for a free one
     * @param sockets makes the socket that listens: a plain one, or one for TLS
     * @throws UncheckedIOException where the port is taken or the host not of this machine: its cause is a {@link BindException}
     */
    public static ConnectionListener start(String host, int port, ServerSocketFactory sockets, AddressList allowed, WireLimits limits, MessageHandler handler)
    {
        try {
            ServerSocket serverSocket = sockets.createServerSocket();
            try {
                serverSocket.setReuseAddress(true);
                serverSocket.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            }
            catch (IOException e) {
                serverSocket.close();
                throw e;
            }
            ConnectionListener listener = new ConnectionListener(serverSocket, allowed, limits, handler);
            Thread.ofPlatform().name("metastore-accept").daemon().start(listener::accept);
            return listener;
        }
        catch (BindException e) {
            throw new UncheckedIOException("The metastore cannot listen at %s:%s: the port is taken or the address is not this machine's; choose another port, or 0 for a free one".formatted(host, port), e);
        }
        catch (IOException e) {
            throw new UncheckedIOException("The metastore cannot listen at %s:%s: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    public int port()
    {
        return serverSocket.getLocalPort();
    }

    @Managed
    public int getOpenConnections()
    {
        return connections.size();
    }

    @Managed
    @Nested
    public CounterStat getAccepted()
    {
        return accepted;
    }

    /**
     * Closed at once: the address is not allowed, or all places are taken by clients that are not idle.
     */
    @Managed
    @Nested
    public CounterStat getRefused()
    {
        return refused;
    }

    /**
     * Closed for what their clients sent: another protocol, TLS on one side only, a frame that is too large.
     */
    @Managed
    @Nested
    public CounterStat getMisunderstood()
    {
        return refusals.misunderstood();
    }

    @Managed
    @Nested
    public CounterStat getEvicted()
    {
        return evicted;
    }

    private void accept()
    {
        while (!serverSocket.isClosed()) {
            try {
                welcome(serverSocket.accept());
            }
            catch (IOException | RuntimeException e) {
                if (!serverSocket.isClosed()) {
                    refusals.tell("A connection could not be taken: %s", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void welcome(Socket socket)
            throws IOException
    {
        if (!allowed.allows(socket.getInetAddress())) {
            refuse(socket, "its address is not in metastore.allowed-addresses");
            return;
        }
        if (connections.size() >= limits.maxConnections() && !evictIdlest()) {
            refuse(socket, "all %s connections that metastore.max-connections allows are in use".formatted(limits.maxConnections()));
            return;
        }
        Connection connection = new Connection(socket, limits, budget, handler, refusals);
        connections.add(connection);
        accepted.update(1);
        Thread.ofVirtual().name("metastore-" + socket.getPort()).start(() -> {
            try {
                connection.run();
            }
            finally {
                connections.remove(connection);
            }
        });
    }

    private boolean evictIdlest()
            throws IOException
    {
        long now = System.nanoTime();
        Optional<Connection> idlest = connections.stream()
                .filter(connection -> connection.idleNanos(now) > EVICTABLE_NANOS)
                .max(Comparator.comparingLong(connection -> connection.idleNanos(now)));
        if (idlest.isEmpty()) {
            return false;
        }
        connections.remove(idlest.get());
        idlest.get().close();
        evicted.update(1);
        return true;
    }

    private void refuse(Socket socket, String reason)
            throws IOException
    {
        refused.update(1);
        refusals.tell("The connection of %s is refused: %s", socket.getRemoteSocketAddress(), reason);
        socket.close();
    }

    /**
     * The process may be out of file descriptors, which no haste gives back.
     */
    private static void pause()
    {
        try {
            Thread.sleep(100);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops listening, and cuts all connections.
     */
    @Override
    public void close()
            throws IOException
    {
        serverSocket.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
