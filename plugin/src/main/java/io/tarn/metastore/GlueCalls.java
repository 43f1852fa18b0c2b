package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.spi.TrinoException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.GlueException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.tarn.error.TarnErrorCode.TARN_METASTORE_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * The one way a call is made to Glue: counted and timed, and with its failure told as a {@link TrinoException}.
 * <p>
 * The {@code expected} failures of a call are those that its caller has an answer for: they come out as Glue's own
 * exceptions, all others translated.
 */
final class GlueCalls
{
    private final GlueStats stats;
    private final GlueErrors errors;
    private final BackoffStrategy backoff;
    private final int maxAttempts;

    GlueCalls(GlueStats stats, GlueErrors errors, BackoffStrategy backoff, int maxAttempts)
    {
        this.stats = requireNonNull(stats, "stats is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.backoff = requireNonNull(backoff, "backoff is null");
        this.maxAttempts = maxAttempts;
    }

    GlueStats stats()
    {
        return stats;
    }

    @SafeVarargs
    final <T> T call(GlueOperation operation, String resource, Supplier<T> request, Class<? extends GlueException>... expected)
    {
        long start = System.nanoTime();
        boolean failed = true;
        try {
            T answer = request.get();
            if (answer == null) {
                throw errors.emptyAnswer(operation, resource);
            }
            failed = false;
            return answer;
        }
        catch (SdkException e) {
            for (Class<? extends GlueException> type : expected) {
                if (type.isInstance(e)) {
                    throw e;
                }
            }
            throw errors.translate(operation, resource, e);
        }
        finally {
            stats.operation(operation).record(System.nanoTime() - start, failed);
        }
    }

    /**
     * As {@link #call}, again with back-off where Glue says that somebody else is changing the same thing. Only for
     * requests that are right whatever the other one did.
     */
    @SafeVarargs
    final <T> T callDespiteConflicts(GlueOperation operation, String resource, Supplier<T> request, Class<? extends GlueException>... expected)
    {
        List<Class<? extends GlueException>> types = ImmutableList.<Class<? extends GlueException>>builder()
                .add(expected)
                .add(ConcurrentModificationException.class)
                .build();
        @SuppressWarnings("unchecked")
        Class<? extends GlueException>[] expectedOrConflict = types.toArray(Class[]::new);
        boolean maybeDone = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return call(operation, resource, request, expectedOrConflict);
            }
            catch (SdkException e) {
                if (maybeDone) {
                    LostAnswers.mark(e);
                }
                if (!(e instanceof ConcurrentModificationException)) {
                    throw e;
                }
                maybeDone = LostAnswers.maybeDone(e);
                if (attempt >= maxAttempts) {
                    throw errors.translate(operation, resource, e);
                }
                pause(attempt);
            }
        }
    }

    /**
     * All items of all pages.
     *
     * @param page asks for the page of a token; the first token is null
     */
    @SafeVarargs
    final <P, T> List<T> pages(
            GlueOperation operation,
            String resource,
            Function<String, P> page,
            Function<P, List<T>> items,
            Function<P, String> nextToken,
            Class<? extends GlueException>... expected)
    {
        List<T> all = new ArrayList<>();
        String token = null;
        do {
            String current = token;
            P answer = call(operation, resource, () -> page.apply(current), expected);
            all.addAll(items.apply(answer));
            token = nextToken.apply(answer);
            checkAdvances(operation, resource, current, token);
        }
        while (token != null && !token.isEmpty());
        return all;
    }

    static void checkAdvances(GlueOperation operation, String resource, String token, String nextToken)
    {
        if (nextToken != null && nextToken.equals(token)) {
            throw new TrinoException(TARN_METASTORE_ERROR, "Glue %s for %s gives the same page for ever: its NextToken does not change".formatted(operation.apiName(), resource));
        }
    }

    int maxAttempts()
    {
        return maxAttempts;
    }

    /**
     * Waits as long as before the attempt after the given one.
     */
    void pause(int attempt)
    {
        try {
            Thread.sleep(backoff.computeDelay(attempt));
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrinoException(TARN_METASTORE_ERROR, "Interrupted while waiting to repeat a Glue call", e);
        }
    }
}
