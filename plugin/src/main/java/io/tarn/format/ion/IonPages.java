package io.tarn.format.ion;

import com.amazon.ion.IonBufferConfiguration;
import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.system.IonReaderBuilder;
import io.tarn.format.PageReader;
import io.tarn.format.ion.RecordBoundStream.TooLargeException;
import io.tarn.format.line.source.WholeFile;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The rows of a file, of which each value is one, whether it is in Ion's binary or text form.
 */
final class IonPages
        implements PageReader
{
    private static final int MAX_PAGE_ROWS = 8192;
    private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};

    private final WholeFile file;
    private final RecordBoundStream stream;
    private final IonReader reader;
    private final IonRow row;
    private final long fileLength;
    private final boolean ignoresMalformed;
    private final PageBuilder pageBuilder;
    private final LocalMemoryContext memoryUsage;
    private long values;
    private boolean finished;

    /**
     * @param types of the row's columns
     * @param maxValueBytes the most that a value may have
     * @param ignoresMalformed whether the file ends where it is malformed
     */
    IonPages(WholeFile file, long fileLength, int maxValueBytes, IonRow row, List<Type> types, boolean ignoresMalformed, LocalMemoryContext memoryUsage)
            throws IOException
    {
        this.file = requireNonNull(file, "file is null");
        this.fileLength = fileLength;
        this.row = requireNonNull(row, "row is null");
        this.ignoresMalformed = ignoresMalformed;
        this.pageBuilder = new PageBuilder(types);
        this.memoryUsage = requireNonNull(memoryUsage, "memoryUsage is null");
        this.stream = new RecordBoundStream(uncompressed(file.stream()), maxValueBytes);
        // a length that a damaged file claims must not be made room for
        this.reader = IonReaderBuilder.standard()
                .withBufferConfiguration(IonBufferConfiguration.Builder.standard()
                        .withMaximumBufferSize(maxValueBytes)
                        .onOversizedValue(IonPages::refuseTooLarge)
                        .onOversizedSymbolTable(IonPages::refuseTooLarge)
                        .build())
                .build(stream);
    }

    /**
     * Ion's reader decompresses by itself what looks like gzip, and nothing would bound what comes out.
     */
    private static InputStream uncompressed(InputStream content)
            throws IOException
    {
        PushbackInputStream stream = new PushbackInputStream(content, GZIP_MAGIC.length);
        byte[] start = stream.readNBytes(GZIP_MAGIC.length);
        if (Arrays.equals(start, GZIP_MAGIC)) {
            throw new IOException("it is compressed with gzip, and its name has no extension .gz that says so");
        }
        stream.unread(start);
        return stream;
    }

    private static void refuseTooLarge()
    {
        throw new UncheckedIOException(new TooLargeException());
    }

    /**
     * The number of the value that is being read.
     */
    long valueNumber()
    {
        return values + 1;
    }

    @Override
    public SourcePage nextPage()
            throws IOException
    {
        while (!finished && !pageBuilder.isFull() && pageBuilder.getPositionCount() < MAX_PAGE_ROWS) {
            if (!readValue()) {
                finished = true;
            }
        }
        memoryUsage.setBytes(file.retainedBytes() + pageBuilder.getRetainedSizeInBytes());
        if (pageBuilder.isEmpty()) {
            return null;
        }
        Page page = pageBuilder.build();
        pageBuilder.reset();
        return SourcePage.create(page);
    }

    private boolean readValue()
            throws IOException
    {
        stream.beginValue();
        try {
            if (reader.next() == null) {
                requireWholeFile();
                return false;
            }
            row.decode(reader, pageBuilder);
        }
        catch (IonException e) {
            if (!ignoresMalformed || IonErrors.isOfStream(e)) {
                throw e;
            }
            for (int channel = 0; channel < row.channelCount(); channel++) {
                pageBuilder.getBlockBuilder(channel).resetTo(pageBuilder.getPositionCount());
            }
            return false;
        }
        catch (StackOverflowError e) {
            throw new IOException("nested too deeply", e);
        }
        values++;
        return true;
    }

    /**
     * A file that was replaced by a shorter one may end between two of its values.
     */
    private void requireWholeFile()
            throws IOException
    {
        if (!file.isCompressed() && file.bytesRead() != fileLength) {
            throw new ChangedFileException(file.bytesRead());
        }
    }

    @Override
    public long readBytes()
    {
        return file.bytesRead();
    }

    @Override
    public long readTimeNanos()
    {
        return file.readNanos();
    }

    @Override
    public void close()
            throws IOException
    {
        try (file) {
            reader.close();
        }
    }

    /**
     * A file that has not the bytes that it was listed with.
     */
    static final class ChangedFileException
            extends IOException
    {
        private final long found;

        ChangedFileException(long found)
        {
            super("the file changed");
            this.found = found;
        }

        long found()
        {
            return found;
        }
    }
}
