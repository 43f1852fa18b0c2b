package io.tarn.server.thrift.wire;

import io.trino.plugin.base.ssl.SslUtils;

import javax.net.ServerSocketFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Makes the sockets that listen.
 */
public final class ServerSockets
{
    private ServerSockets() {}

    public static ServerSocketFactory plain()
    {
        return ServerSocketFactory.getDefault();
    }

    /**
     * @throws UncheckedIOException where the key store cannot be used, with its path
     */
    public static ServerSocketFactory tls(Path keyStore, Optional<String> password)
    {
        try {
            return SslUtils.createSSLContext(Optional.of(keyStore.toFile()), password, Optional.empty(), Optional.empty()).getServerSocketFactory();
        }
        catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException("The key store %s cannot be used: %s".formatted(keyStore, e.getMessage()), e));
        }
        catch (IOException e) {
            throw new UncheckedIOException("The key store %s cannot be read: %s".formatted(keyStore, e.getMessage()), e);
        }
    }
}
