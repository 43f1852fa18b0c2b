package io.tarn.format;

import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoOutputFile;
import io.trino.memory.context.AggregatedMemoryContext;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;

/**
 * A file system that takes some bytes of a file and no more.
 */
public final class FailingFileSystem
{
    private FailingFileSystem() {}

    /**
     * @param bytes what is taken; the file cannot be completed either
     */
    public static TrinoFileSystem failAfter(TrinoFileSystem fileSystem, int bytes)
    {
        return (TrinoFileSystem) Proxy.newProxyInstance(FailingFileSystem.class.getClassLoader(), new Class<?>[] {TrinoFileSystem.class}, (_, method, arguments) -> {
            Object result = method.invoke(fileSystem, arguments);
            if (!(result instanceof TrinoOutputFile file)) {
                return result;
            }
            return Proxy.newProxyInstance(FailingFileSystem.class.getClassLoader(), new Class<?>[] {TrinoOutputFile.class}, (_, _, context) ->
                    new FailingStream(file.create((AggregatedMemoryContext) context[0]), bytes));
        });
    }

    private static final class FailingStream
            extends FilterOutputStream
    {
        private int remaining;

        private FailingStream(OutputStream output, int bytes)
        {
            super(output);
            this.remaining = bytes;
        }

        @Override
        public void write(byte[] buffer, int offset, int length)
                throws IOException
        {
            remaining -= length;
            if (remaining < 0) {
                throw new IOException("no space left");
            }
            out.write(buffer, offset, length);
        }

        @Override
        public void close()
                throws IOException
        {
            throw new IOException("connection reset");
        }
    }
}
