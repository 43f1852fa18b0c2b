package io.tarn.metastore;

import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.GlueResponse;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static java.util.Objects.requireNonNull;

/**
 * Asks Glue with consideration for it and for its other users: so many requests at a time, throttled ones again until
 * patience is over, and of equal ones that read at the same time only one. What is asked after a change made here has
 * ended never has its answer from a request that was sent before.
 */
final class ConsiderateGlue
        implements InvocationHandler
{
    /**
     * Of a request whose answer must not be older than the request.
     */
    static final ExecutionAttribute<Boolean> LIVE = new ExecutionAttribute<>("TarnLiveRead");

    private final GlueClient client;
    private final GlueStats stats;
    private final Semaphore permits;
    private final boolean joinReads;
    private final Duration patience;
    private final BackoffStrategy backoff;
    private final int attemptsOfClient;
    private final AtomicLong changes = new AtomicLong();
    private final Map<Read, CompletableFuture<Object>> reads = new ConcurrentHashMap<>();

    private ConsiderateGlue(GlueClient client, GlueMetastoreConfig config, GlueStats stats)
    {
        this.client = requireNonNull(client, "client is null");
        this.stats = requireNonNull(stats, "stats is null");
        this.permits = new Semaphore(config.getMaxConnections(), true);
        this.joinReads = config.isJoinReads();
        this.patience = config.getThrottlingPatience().toJavaTime();
        this.backoff = GlueConnection.backoff(config);
        this.attemptsOfClient = config.getMaxAttempts();
    }

    static GlueClient over(GlueClient client, GlueMetastoreConfig config, GlueStats stats)
    {
        return (GlueClient) Proxy.newProxyInstance(GlueClient.class.getClassLoader(), new Class<?>[] {GlueClient.class}, new ConsiderateGlue(client, config, stats));
    }

    /**
     * A request as it is read between two changes.
     */
    private record Read(long change, GlueRequest request) {}

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments)
            throws Throwable
    {
        if (arguments != null && arguments.length == 1) {
            if (arguments[0] instanceof GlueRequest request && GlueResponse.class.isAssignableFrom(method.getReturnType())) {
                return answer(method, request);
            }
            if (arguments[0] instanceof Consumer<?>) {
                // makes a request of it, and comes back
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
        }
        return invokeClient(method, arguments);
    }

    private Object answer(Method method, GlueRequest request)
    {
        if (!isRead(method)) {
            try {
                return askPatiently(method, request);
            }
            finally {
                changes.incrementAndGet();
            }
        }
        return joinReads && !isLive(request) ? join(method, request) : askPatiently(method, request);
    }

    private static boolean isRead(Method method)
    {
        return method.getName().startsWith("get") || method.getName().startsWith("batchGet") || method.getName().startsWith("search");
    }

    private static boolean isLive(GlueRequest request)
    {
        return request.overrideConfiguration()
                .map(configuration -> configuration.executionAttributes().getAttribute(LIVE))
                .orElse(false);
    }

    private Object join(Method method, GlueRequest request)
    {
        while (true) {
            Read read = new Read(changes.get(), request);
            CompletableFuture<Object> own = new CompletableFuture<>();
            CompletableFuture<Object> other = reads.putIfAbsent(read, own);
            if (other == null) {
                return lead(method, read, own);
            }
            stats.getJoinedReads().update(1);
            try {
                return other.get();
            }
            catch (CancellationException _) {
                // who asked was interrupted, which says nothing to the others
            }
            catch (ExecutionException e) {
                throwIfUnchecked(e.getCause());
                throw new IllegalStateException(e.getCause());
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            }
        }
    }

    private Object lead(Method method, Read read, CompletableFuture<Object> own)
    {
        try {
            Object answer = askPatiently(method, read.request());
            // before the others have it, so that nobody joins what is answered
            reads.remove(read, own);
            own.complete(answer);
            return answer;
        }
        catch (AbortedException e) {
            reads.remove(read, own);
            own.cancel(false);
            throw e;
        }
        catch (RuntimeException | Error e) {
            reads.remove(read, own);
            own.completeExceptionally(e);
            throw e;
        }
    }

    private Object askPatiently(Method method, GlueRequest request)
    {
        long start = System.nanoTime();
        GlueRequest asked = request;
        for (int attempt = attemptsOfClient; ; attempt++) {
            try {
                return ask(method, asked);
            }
            catch (SdkServiceException e) {
                if (!GlueErrors.isThrottling(e)) {
                    throw e;
                }
                stats.getThrottledCalls().update(1);
                // what is throttled was not carried out, so it can be asked again whatever it is
                if (System.nanoTime() - start >= patience.toNanos()) {
                    throw e;
                }
                asked = LostAnswers.again(asked, e);
            }
            pause(attempt);
        }
    }

    private Object ask(Method method, GlueRequest request)
    {
        try {
            permits.acquire();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
        try {
            return invokeClient(method, request);
        }
        finally {
            permits.release();
        }
    }

    private Object invokeClient(Method method, Object... arguments)
    {
        try {
            return method.invoke(client, arguments);
        }
        catch (InvocationTargetException e) {
            throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e.getCause());
        }
        catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pause(int attempt)
    {
        try {
            Thread.sleep(backoff.computeDelay(attempt));
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static AbortedException interrupted(InterruptedException cause)
    {
        return AbortedException.create("Interrupted before Glue had answered", cause);
    }
}
