package io.tarn.format;

import io.airlift.slice.Slice;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import static java.util.Objects.requireNonNull;

/**
 * A file system that writes down what is asked of it and of its input files, and what is read through it.
 */
public final class CountedFileSystem
{
    private final TrinoFileSystem fileSystem;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    public CountedFileSystem(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    public TrinoFileSystem fileSystem()
    {
        return counted(TrinoFileSystem.class, fileSystem);
    }

    /**
     * Names of the methods that were called on the file system and its input files.
     */
    public List<String> calls()
    {
        return calls;
    }

    /**
     * Requests that a storage would see: reads of ranges, streams that were opened, and questions about the file.
     */
    public List<Request> requests()
    {
        return requests;
    }

    /**
     * Bytes that were read, of ranges and from streams.
     */
    public long bytes()
    {
        return bytes.get();
    }

    private <T> T counted(Class<T> type, T target)
    {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            if (type != TrinoInput.class) {
                calls.add(method.getName());
            }
            try {
                Object result = method.invoke(target, arguments);
                return switch (method.getName()) {
                    case "newInputFile" -> counted(TrinoInputFile.class, (TrinoInputFile) result);
                    case "newInput" -> counted(TrinoInput.class, (TrinoInput) result);
                    case "newStream" -> {
                        add("newStream", -1, 0);
                        yield new CountedStream((TrinoInputStream) result);
                    }
                    case "readFully" -> {
                        add("readFully", (long) arguments[0], result instanceof Slice slice ? slice.length() : (int) arguments[3]);
                        yield result;
                    }
                    case "readTail" -> {
                        add("readTail", -1, result instanceof Slice slice ? slice.length() : (int) result);
                        yield result;
                    }
                    case "length", "lastModified", "exists" -> {
                        add(method.getName(), -1, 0);
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

    private void add(String name, long position, long length)
    {
        requests.add(new Request(name, position, length));
        bytes.addAndGet(length);
    }

    /**
     * @param position -1 where the request names none
     */
    public record Request(String name, long position, long bytes) {}

    private final class CountedStream
            extends ForwardingInputStream
    {
        private CountedStream(TrinoInputStream stream)
        {
            super(stream);
        }

        @Override
        public int read()
                throws IOException
        {
            int value = stream.read();
            bytes.addAndGet(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length)
                throws IOException
        {
            int count = stream.read(buffer, offset, length);
            bytes.addAndGet(Math.max(0, count));
            return count;
        }

        @Override
        public long skip(long count)
                throws IOException
        {
            return stream.skip(count);
        }
    }
}
