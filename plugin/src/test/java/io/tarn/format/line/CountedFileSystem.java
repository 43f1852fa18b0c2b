package io.tarn.format.line;

import io.trino.filesystem.TrinoFileSystem;
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
 * A file system that writes down what is asked of it and of its input files.
 */
final class CountedFileSystem
{
    private final TrinoFileSystem fileSystem;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    CountedFileSystem(TrinoFileSystem fileSystem)
    {
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
    }

    List<String> calls()
    {
        return calls;
    }

    /**
     * Bytes that were read from input streams.
     */
    long bytes()
    {
        return bytes.get();
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
                return switch (result) {
                    case TrinoInputFile file -> counted(TrinoInputFile.class, file);
                    case TrinoInputStream stream -> new CountedStream(stream);
                    case null, default -> result;
                };
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private final class CountedStream
            extends TrinoInputStream
    {
        private final TrinoInputStream stream;

        private CountedStream(TrinoInputStream stream)
        {
            this.stream = stream;
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

        @Override
        public long getPosition()
                throws IOException
        {
            return stream.getPosition();
        }

        @Override
        public void seek(long position)
                throws IOException
        {
            stream.seek(position);
        }

        @Override
        public void close()
                throws IOException
        {
            stream.close();
        }
    }
}
