package io.tarn.server.aws;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

import static com.google.common.base.Throwables.getCausalChain;
import static java.util.Objects.requireNonNull;

/**
 * The local door for AWS clients: one HTTP port, AWS JSON 1.1, signed with Signature Version 4.
 */
public final class AwsEndpoint
        implements AutoCloseable
{
    private final Server server;
    private final URI uri;

    private AwsEndpoint(Server server, URI uri)
    {
        this.server = requireNonNull(server, "server is null");
        this.uri = requireNonNull(uri, "uri is null");
    }

    /**
     * Starts listening.
     *
     * @param host the address to listen at, as {@code 127.0.0.1}
     * @param port 0 for a free one
     * @param credentials the one key pair that requests may be signed with
     * @param services what answers, each under its own target prefix; they are not closed with the endpoint
     * @throws UncheckedIOException where the port is taken (its cause is a {@link BindException}) or the host is not of this machine
     */
    public static AwsEndpoint start(String host, int port, Credentials credentials, List<AwsService> services)
    {
        return start(host, port, credentials, services, InstantSource.system());
    }

    static AwsEndpoint start(String host, int port, Credentials credentials, List<AwsService> services, InstantSource clock)
    {
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("aws-endpoint");
        threads.setDaemon(true);
        Server server = new Server(threads);

        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new AwsHandler(new AwsRouter(new SignatureVerifier(credentials, clock), services)));

        try {
            server.start();
        }
        catch (Exception e) {
            stop(server);
            boolean taken = getCausalChain(e).stream().anyMatch(BindException.class::isInstance);
            throw new UncheckedIOException(
                    taken
                            ? "The AWS endpoint cannot listen at %s:%s: the port is taken or the address is not this machine's; choose another port, or 0 for a free one".formatted(host, port)
                            : "The AWS endpoint cannot start at %s:%s".formatted(host, port),
                    getCausalChain(e).stream()
                            .filter(BindException.class::isInstance)
                            .map(IOException.class::cast)
                            .findFirst()
                            .orElseGet(() -> new IOException(e)));
        }
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return new AwsEndpoint(server, URI.create("http://%s:%s".formatted(authority, connector.getLocalPort())));
    }

    /**
     * Where clients reach the endpoint, without a path.
     */
    public URI uri()
    {
        return uri;
    }

    /**
     * Stops listening; requests that are being answered are cut off.
     */
    @Override
    public void close()
    {
        stop(server);
    }

    private static void stop(Server server)
    {
        try {
            server.stop();
        }
        catch (Exception e) {
            throw new IllegalStateException("The AWS endpoint did not stop", e);
        }
    }
}
