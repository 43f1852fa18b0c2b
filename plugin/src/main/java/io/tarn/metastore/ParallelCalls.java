package io.tarn.metastore;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static io.trino.plugin.base.util.ExecutorUtil.processWithAdditionalThreads;
import static java.util.Collections.singletonList;
import static java.util.Objects.requireNonNull;

/**
 * Runs calls on a bounded pool and on the calling thread, which keeps progress where the pool is busy.
 */
public final class ParallelCalls
{
    private final Executor executor;

    public ParallelCalls(Executor executor)
    {
        this.executor = requireNonNull(executor, "executor is null");
    }

    /**
     * @return the results in the order of the tasks
     * @throws RuntimeException what the first failed task has thrown; tasks not yet done are cancelled
     */
    public <T> List<T> run(Collection<Callable<T>> tasks)
    {
        try {
            if (tasks.size() == 1) {
                return singletonList(tasks.iterator().next().call());
            }
            return processWithAdditionalThreads(tasks, executor);
        }
        catch (ExecutionException e) {
            throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e.getCause());
        }
        catch (Exception e) {
            throwIfUnchecked(e);
            throw new IllegalStateException(e);
        }
    }
}
