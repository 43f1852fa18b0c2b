package io.tarn.format.line;

import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.util.Objects.requireNonNull;

/**
 * A file system that writes down what is asked of it and of its input files.
 */
final class CountedFileSystem
{
    private final TrinoFileSystem fileSystem;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    CountedFileSystem(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    List<String> calls()
    {
        return calls;
    }

    TrinoFileSystem fileSystem()
    {
        return counted(TrinoFileSystem.class, fileSystem);
    }

    private <T> T counted(Class<T> type, T target)
    {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            calls.add(method.getName());
            try {
                Object result = method.invoke(target, arguments);
                return result instanceof TrinoInputFile file ? counted(TrinoInputFile.class, file) : result;
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
