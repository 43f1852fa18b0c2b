package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A file system that writes down what is read through it.
 */
final class CountedFileSystem
{
    private final TrinoFileSystem fileSystem;
    private final List<Request> requests = new ArrayList<>();

    CountedFileSystem(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    TrinoFileSystem fileSystem()
    {
        return counted(TrinoFileSystem.class, fileSystem);
    }

    /**
     * Requests that a storage would see: reads of bytes, and questions about the file.
     */
    List<Request> requests()
    {
        return requests;
    }

    long bytes()
    {
        return requests.stream().mapToLong(Request::bytes).sum();
    }

    private <T> T counted(Class<T> type, T target)
    {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            try {
                Object result = method.invoke(target, arguments);
                return switch (method.getName()) {
                    case "newInputFile" -> counted(TrinoInputFile.class, (TrinoInputFile) result);
                    case "newInput" -> counted(TrinoInput.class, (TrinoInput) result);
                    case "readFully" -> {
                        long bytes = result instanceof Slice slice ? slice.length() : (int) arguments[3];
                        requests.add(new Request("readFully", (long) arguments[0], bytes));
                        yield result;
                    }
                    case "readTail" -> {
                        requests.add(new Request("readTail", -1, result instanceof Slice slice ? slice.length() : (int) result));
                        yield result;
                    }
                    case "length", "lastModified", "exists", "newStream" -> {
                        requests.add(new Request(method.getName(), -1, 0));
                        yield result;
                    }
                    default -> result;
                };
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    record Request(String name, long position, long bytes) {}
}
