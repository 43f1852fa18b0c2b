package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is asked of a file system's files.
 */
final class CountingFileSystem
{
    private final TrinoFileSystem fileSystem;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    CountingFileSystem(TrinoFileSystem counted)
    {
        fileSystem = proxy(TrinoFileSystem.class, counted, (result, _, _) ->
                result instanceof TrinoInputFile file ? countedFile(file) : result);
    }

    TrinoFileSystem fileSystem()
    {
        return fileSystem;
    }

    void reset()
    {
        requests.set(0);
        bytes.set(0);
    }

    long requests()
    {
        return requests.get();
    }

    long bytes()
    {
        return bytes.get();
    }

    private TrinoInputFile countedFile(TrinoInputFile file)
    {
        return proxy(TrinoInputFile.class, file, (result, method, _) -> switch (method.getName()) {
            case "newInput" -> countedInput((TrinoInput) result);
            case "newStream" -> {
                count(file.length());
                yield result;
            }
            // each is a request to S3
            case "length", "exists", "lastModified" -> {
                count(0);
                yield result;
            }
            default -> result;
        });
    }

    private TrinoInput countedInput(TrinoInput input)
    {
        return proxy(TrinoInput.class, input, (result, method, arguments) -> {
            switch (method.getName()) {
                case "readFully" -> count((int) arguments[arguments.length - 1]);
                case "readTail" -> count(result instanceof Slice slice ? slice.length() : (int) result);
                default -> {}
            }
            return result;
        });
    }

    private void count(long length)
    {
        requests.incrementAndGet();
        bytes.addAndGet(length);
    }

    private interface Observer
    {
        Object observe(Object result, Method method, Object[] arguments)
                throws Exception;
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, T target, Observer observer)
    {
        return (T) Proxy.newProxyInstance(CountingFileSystem.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            try {
                return observer.observe(method.invoke(target, arguments), method, arguments);
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
