package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.ParquetMetadata;
import io.trino.spi.TrinoException;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

import java.io.IOException;
import java.util.Optional;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;

/**
 * Reads the footer with one request where the guessed end of the file holds it, with two otherwise.
 */
final class FooterReader
{
    private static final Slice MAGIC = Slices.utf8Slice("PAR1");
    private static final Slice ENCRYPTED_MAGIC = Slices.utf8Slice("PARE");
    private static final int TRAILER_SIZE = Integer.BYTES + 4;
    private static final int SMALLEST_FILE = 4 + TRAILER_SIZE;

    private FooterReader() {}

    /**
     * @throws TrinoException {@code TARN_CANNOT_OPEN_FILE} where the file is not Parquet, or its footer is broken
     */
    static Footer read(ParquetDataSource source, ParquetReaderOptions options, ParquetErrors errors)
            throws IOException
    {
        Slice footer = readBytes(source, options, errors);
        long dataEnd = source.getEstimatedSize() - TRAILER_SIZE - footer.length();
        try {
            if (CompactThrift.structEnd(footer, 0) < 0) {
                throw errors.cannotOpen("its footer is cut short");
            }
            FileMetaData metadata = Util.readFileMetaData(footer.getInput());
            FooterCheck.check(metadata, dataEnd);
            SiblingNames.distinguish(metadata);
            return new Footer(metadata, new ParquetMetadata(metadata, source.getId(), Optional.empty()), footer.length());
        }
        catch (IOException | IllegalArgumentException e) {
            throw errors.cannotOpen("its footer is broken: " + e.getMessage(), e);
        }
        catch (TrinoException e) {
            throw e;
        }
        catch (RuntimeException e) {
            throw errors.cannotOpen("its footer is broken: " + e, e);
        }
    }

    private static Slice readBytes(ParquetDataSource source, ParquetReaderOptions options, ParquetErrors errors)
            throws IOException
    {
        long fileLength = source.getEstimatedSize();
        if (fileLength == 0) {
            throw errors.otherKind(FileKind.describe(Slices.EMPTY_SLICE));
        }
        Slice tail = readTail(source, min(fileLength, options.getFooterReadSize().toBytes()), errors);
        Slice magic = tail.slice(tail.length() - min(tail.length(), 4), min(tail.length(), 4));
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw errors.unsupported("its footer is encrypted", "Write it without encryption.");
        }
        if (fileLength < SMALLEST_FILE || !magic.equals(MAGIC)) {
            throw errors.otherKind(FileKind.describe(head(source, tail)));
        }
        int footerSize = tail.getInt(tail.length() - TRAILER_SIZE);
        if (footerSize <= 0 || footerSize > fileLength - SMALLEST_FILE) {
            throw errors.cannotOpen("its footer is said to take %s bytes, but the file has %s".formatted(Integer.toUnsignedString(footerSize), fileLength));
        }
        long maxFooterSize = options.getMaxFooterReadSize().toBytes();
        if (footerSize > maxFooterSize) {
            throw errors.limitExceeded("its footer takes %s bytes, more than the %s allowed".formatted(footerSize, maxFooterSize), "parquet.max-footer-read-size");
        }
        if (footerSize + TRAILER_SIZE > tail.length()) {
            tail = extend(source, tail, footerSize + TRAILER_SIZE);
        }
        return tail.slice(tail.length() - TRAILER_SIZE - footerSize, footerSize);
    }

    private static Slice head(ParquetDataSource source, Slice tail)
            throws IOException
    {
        int length = toIntExact(min(source.getEstimatedSize(), FileKind.PROBE_SIZE));
        return tail.length() == source.getEstimatedSize() ? tail.slice(0, length) : source.readFully(0, length);
    }

    /**
     * Fetches what lies before the end that is here already.
     */
    private static Slice extend(ParquetDataSource source, Slice tail, int length)
            throws IOException
    {
        Slice extended = Slices.allocate(length);
        int lacking = length - tail.length();
        extended.setBytes(0, source.readFully(source.getEstimatedSize() - length, lacking));
        extended.setBytes(lacking, tail);
        return extended;
    }

    /**
     * The bytes that {@link #read} fetches for a sound footer of this size.
     */
    static long bytesRead(int footerSize, long fileLength, ParquetReaderOptions options)
    {
        return max(min(fileLength, options.getFooterReadSize().toBytes()), (long) footerSize + TRAILER_SIZE);
    }

    /**
     * The first byte of a footer of this size.
     */
    static long start(int footerSize, long fileLength)
    {
        return fileLength - TRAILER_SIZE - footerSize;
    }

    private static Slice readTail(ParquetDataSource source, long length, ParquetErrors errors)
            throws IOException
    {
        Slice tail = source.readTail(toIntExact(length));
        if (tail.length() < length) {
            throw errors.changed(tail.length());
        }
        return tail;
    }
}
