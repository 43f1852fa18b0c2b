package io.tarn.server.s3;

import com.google.common.collect.ImmutableList;
import io.tarn.server.aws.Credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import static com.google.common.base.Throwables.getCausalChain;
import static java.util.Objects.requireNonNull;

/**
 * A folder of buckets, served as S3 (path-style, signatures V2 and V4) by S3Proxy, whose jars are in a class loader of
 * their own: its versions are not the engine's.
 * <p>
 * An object appears under its key when it is whole, not before; while it is sent it is a file whose name starts with
 * {@code .mpus-} in the bucket's folder, which no listing shows. What S3 can hold and a folder cannot is refused: the
 * keys {@code a/b} and {@code a/b/c} at once (409 {@code KeyConflict}), keys that start with a slash or have a segment
 * {@code .} or {@code ..} (400 {@code InvalidArgument}). {@code a//b} is {@code a/b}.
 * <p>
 * A put that is not chunked, whose digest is signed, is held in memory until the digest is made. All that are held
 * at a time are at most 256 MiB and an eighth of the heap (and twice that for a moment, as buffers are joined): a
 * larger one is answered 400 {@code MaxMessageLengthExceeded}, one too many 503 {@code SlowDown}, which clients try
 * again. What is chunked or unsigned, as the AWS SDK for Java and Trino send it, streams.
 */
public final class S3Gateway
        implements AutoCloseable
{
    // held on to, as the logging of the platform forgets the level of a logger that nobody does
    private static final Logger LOGGER = quietLogger();

    private final URLClassLoader classLoader;
    private final AutoCloseable proxy;
    private final URI uri;

    private S3Gateway(URLClassLoader classLoader, AutoCloseable proxy, URI uri)
    {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.proxy = requireNonNull(proxy, "proxy is null");
        this.uri = requireNonNull(uri, "uri is null");
    }

    /**
     * @param jars the folder that has S3Proxy's jars
     * @param buckets the folder in which a bucket is a folder; created when missing
     * @param host the address to listen on, {@code 127.0.0.1} unless others are to come in
     * @param port 0 for a free one
     * @throws UncheckedIOException of a {@link BindException} that names the port, where it is taken; of another
     *         {@link IOException} where a folder cannot be used
     */
    public static S3Gateway start(Path jars, Path buckets, String host, int port, Credentials credentials)
    {
        URLClassLoader classLoader = new URLClassLoader("s3proxy", urls(jars), ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        try {
            Files.createDirectories(buckets);
            // S3Proxy finds its XML parser through the context class loader
            thread.setContextClassLoader(classLoader);
            Object proxy = classLoader.loadClass("io.tarn.s3proxy.FolderS3")
                    .getConstructor(Path.class, String.class, int.class, String.class, String.class)
                    .newInstance(buckets.toRealPath(), host, port, credentials.accessKey(), credentials.secretKey());
            return new S3Gateway(classLoader, (AutoCloseable) proxy, uri(host, ((IntSupplier) proxy).getAsInt()));
        }
        catch (InvocationTargetException e) {
            closeQuietly(classLoader, e);
            throw startFailure(host, port, e.getCause());
        }
        catch (ReflectiveOperationException e) {
            closeQuietly(classLoader, e);
            throw new UncheckedIOException(new IOException("The folder does not have the jars of the S3 gateway: %s; build the project again".formatted(jars), e));
        }
        catch (IOException e) {
            closeQuietly(classLoader, e);
            throw new UncheckedIOException(e);
        }
        finally {
            thread.setContextClassLoader(previous);
        }
    }

    /**
     * Where clients of the same machine reach it, as {@code http://127.0.0.1:9000}.
     */
    public URI uri()
    {
        return uri;
    }

    /**
     * Lets requests under way finish for a few seconds, then cuts them; a put that is cut leaves nothing.
     */
    @Override
    public void close()
    {
        try (classLoader) {
            proxy.close();
        }
        catch (Exception e) {
            LOGGER.log(Level.WARNING, "The S3 gateway did not stop cleanly", e);
        }
    }

    private static RuntimeException startFailure(String host, int port, Throwable failure)
    {
        if (getCausalChain(failure).stream().anyMatch(BindException.class::isInstance)) {
            BindException taken = new BindException("Port %s of %s cannot be listened on for S3: it is taken, or not this machine's; name another, or 0 for a free one".formatted(port, host));
            taken.initCause(failure);
            return new UncheckedIOException(taken);
        }
        return new UncheckedIOException(new IOException("The S3 gateway did not start: " + failure.getMessage(), failure));
    }

    private static URI uri(String host, int port)
            throws IOException
    {
        InetAddress address = InetAddress.getByName(host);
        String reachable = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress().getHostAddress() : host;
        try {
            return new URI("http", null, reachable, port, null, null, null);
        }
        catch (URISyntaxException e) {
            throw new IOException("Not the address of a host: " + host, e);
        }
    }

    private static URL[] urls(Path jars)
    {
        ImmutableList.Builder<URL> urls = ImmutableList.builder();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : stream) {
                urls.add(jar.toUri().toURL());
            }
        }
        catch (NotDirectoryException e) {
            throw new UncheckedIOException(new IOException("Not a folder of jars: " + jars, e));
        }
        catch (IOException e) {
            throw new UncheckedIOException("The jars of the S3 gateway cannot be listed: " + jars, e);
        }
        return urls.build().toArray(URL[]::new);
    }

    private static Logger quietLogger()
    {
        Logger logger = Logger.getLogger("org.gaul");
        logger.setLevel(Level.WARNING);
        return logger;
    }

    private static void closeQuietly(URLClassLoader classLoader, Throwable failure)
    {
        try {
            classLoader.close();
        }
        catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
