package io.tarn.server.engine;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One of the addresses that a running engine is reached at.
 */
public record Door(String name, URI uri)
{
    private static final int TIMEOUT_MILLIS = 2_000;

    public Door
    {
        requireNonNull(name, "name is null");
        requireNonNull(uri, "uri is null");
    }

    public static List<Door> of(Endpoints endpoints)
    {
        return List.of(
                new Door("trino", endpoints.trino()),
                new Door("aws", endpoints.aws()),
                new Door("s3", endpoints.s3()),
                new Door("metastore", endpoints.metastore()));
    }

    /**
     * Whether somebody is behind the door: where HTTP is spoken, a request without a signature that is refused is an
     * answer, too; of Thrift the connection is one.
     */
    public boolean answers()
    {
        return uri.getScheme().equals("thrift") ? accepts() : answersHttp();
    }

    private boolean accepts()
    {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
            return true;
        }
        catch (IOException e) {
            return false;
        }
    }

    private boolean answersHttp()
    {
        try {
            // the light one of the JDK's two clients: the other one takes longer to load than the answer does
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() > 0;
            }
            finally {
                connection.disconnect();
            }
        }
        catch (IOException e) {
            return false;
        }
    }
}
