package io.tarn.connector;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

final class SplitBatches
{
    private SplitBatches() {}

    /**
     * The same future, failing with what was thrown: the engine would show the client the name of the class that a
     * stage wraps it in.
     */
    static <T> CompletableFuture<T> withoutWrapping(CompletableFuture<T> batch)
    {
        CompletableFuture<T> result = new CompletableFuture<>();
        batch.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            }
            else {
                result.completeExceptionally(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
            }
        });
        return result;
    }
}
