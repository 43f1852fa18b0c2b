package io.tarn.format.line;

import io.tarn.format.ForwardingInputStream;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;

import java.io.IOException;
import java.lang.reflect.Proxy;

import static java.lang.Math.min;

/**
 * A file system that stops answering after some bytes of a file.
 */
final class BrokenFileSystem
{
    private BrokenFileSystem() {}

    static TrinoFileSystem failAfter(TrinoFileSystem fileSystem, int bytes)
    {
        return (TrinoFileSystem) Proxy.newProxyInstance(BrokenFileSystem.class.getClassLoader(), new Class<?>[] {TrinoFileSystem.class}, (_, method, arguments) -> {
            TrinoInputFile file = (TrinoInputFile) method.invoke(fileSystem, arguments);
            return Proxy.newProxyInstance(BrokenFileSystem.class.getClassLoader(), new Class<?>[] {TrinoInputFile.class}, (_, _, _) -> new BrokenStream(file.newStream(), bytes));
        });
    }

    private static final class BrokenStream
            extends ForwardingInputStream
    {
        private final int bytes;

        private BrokenStream(TrinoInputStream stream, int bytes)
        {
            super(stream);
            this.bytes = bytes;
        }

        @Override
        public int read()
                throws IOException
        {
            failWhereBroken();
            return stream.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length)
                throws IOException
        {
            failWhereBroken();
            return stream.read(buffer, offset, (int) min(length, bytes - stream.getPosition()));
        }

        private void failWhereBroken()
                throws IOException
        {
            if (stream.getPosition() >= bytes) {
                throw new IOException("connection reset");
            }
        }
    }
}
