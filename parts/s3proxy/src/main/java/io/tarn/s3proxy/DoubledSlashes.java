package io.tarn.s3proxy;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.http.HttpURI;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

import java.lang.reflect.Field;

/**
 * The AWS SDK for Java signs the key {@code a//b} as it is, and sends {@code a/%2Fb}, as its HTTP client would make
 * one slash of two; S3 takes both for the same, S3Proxy's check of signatures does not.
 */
final class DoubledSlashes
{
    private DoubledSlashes() {}

    /** To be called before the proxy is started; it has no other way in to its server. */
    static void accept(S3Proxy proxy)
            throws ReflectiveOperationException
    {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        for (Connector connector : ((Server) field.get(proxy)).getConnectors()) {
            connector.getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .addCustomizer((request, headers) -> restore(request));
        }
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
