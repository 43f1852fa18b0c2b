package io.tarn.s3proxy;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.http.HttpURI;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

import java.lang.reflect.Field;

/**
 * What S3Proxy does not let its builder say about its HTTP server. To be said before it is started.
 */
final class ProxyServer
{
    private final Server server;

    ProxyServer(S3Proxy proxy)
            throws ReflectiveOperationException
    {
        // it has no other way in to its server
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        server = (Server) field.get(proxy);
    }

    /**
     * The AWS SDK for Java signs the key {@code a//b} as it is, and sends {@code a/%2Fb}, as its HTTP client would
     * make one slash of two; S3 takes both for the same, S3Proxy's check of signatures does not.
     */
    void acceptDoubledSlashes()
    {
        for (Connector connector : server.getConnectors()) {
            connector.getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .addCustomizer((request, _) -> restore(request));
        }
    }

    /**
     * Bounds the memory for bodies that S3Proxy holds whole.
     */
    void limitHeldBodies(long bytes)
    {
        server.setHandler(new HeldBodyLimit(server.getHandler(), bytes));
    }

    private static Request restore(Request request)
    {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        if (path == null || !path.contains("/%2F")) {
            return request;
        }
        return Request.serveAs(request, HttpURI.build(uri).path(path.replace("/%2F", "//")).asImmutable());
    }
}
