package io.tarn.s3proxy;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.IntSupplier;

import static java.lang.Math.min;

/**
 * S3Proxy over a folder of buckets, running from construction to {@link #close}. What the engine calls of it, across
 * the class loaders, are types of the Java platform only.
 */
public final class FolderS3
        implements IntSupplier, AutoCloseable
{
    /**
     * A body whose digest is signed is held in memory until its digest is made: this bounds all of them together, and
     * so one. A larger one is answered {@code MaxMessageLengthExceeded}; clients send such in chunks or parts.
     */
    private static final long MAX_HELD_BYTES = 256L << 20;
    private static final long STOP_TIMEOUT_MILLIS = 5_000;

    private final S3Proxy proxy;

    /**
     * @param port 0 for a free one
     * @throws java.io.IOException caused by a {@code BindException}, where the port is taken
     */
    public FolderS3(Path buckets, String host, int port, String accessKey, String secretKey)
            throws Exception
    {
        PublishingBlobStore.removeAbandoned(buckets);
        long heldBytes = min(MAX_HELD_BYTES, Runtime.getRuntime().maxMemory() / 8);
        proxy = S3Proxy.builder()
                .blobStore(new PublishingBlobStore(new FilesystemNio2BlobStore(buckets.toString()), buckets))
                .endpoint(new URI("http", null, host, port, null, null, null))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .v4MaxNonChunkedRequestSize(heldBytes)
                .stopTimeout(STOP_TIMEOUT_MILLIS)
                // what newer clients add is no reason to refuse them
                .ignoreUnknownHeaders(true)
                .build();
        ProxyServer server = new ProxyServer(proxy);
        server.acceptDoubledSlashes();
        server.limitHeldBodies(heldBytes);
        try {
            proxy.start();
        }
        catch (Exception e) {
            proxy.stop();
            throw e;
        }
    }

    /**
     * The port it listens on.
     */
    @Override
    public int getAsInt()
    {
        return proxy.getPort();
    }

    @Override
    public void close()
            throws Exception
    {
        proxy.stop();
    }
}
