package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.tarn.format.FileErrors;
import io.trino.orc.OrcDecompressor;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.ExceptionWrappingMetadataReader;
import io.trino.orc.metadata.Footer;
import io.trino.orc.metadata.Metadata;
import io.trino.orc.metadata.MetadataReader;
import io.trino.orc.metadata.OrcMetadataReader;
import io.trino.orc.metadata.PostScript;
import io.trino.orc.metadata.StripeInformation;
import io.trino.orc.metadata.statistics.ColumnStatistics;
import io.trino.orc.metadata.statistics.StripeStatistics;
import io.trino.orc.stream.OrcChunkLoader;
import io.trino.orc.stream.OrcInputStream;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static io.trino.orc.OrcDecompressor.createOrcDecompressor;
import static io.trino.orc.metadata.PostScript.MAGIC;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

/**
 * Reads the end of a file: its last byte is the length of a postscript, which tells how long the footer and the
 * statistics of the stripes before it are.
 */
final class TailReader
{
    /**
     * What is fetched in the hope that it holds all of it.
     */
    static final int EXPECTED_SIZE = 16 * 1024;

    private final OrcSource source;
    private final long maxSize;
    private final FileErrors errors;
    private final MetadataReader metadataReader;

    private TailReader(OrcSource source, long maxSize, FileErrors errors)
    {
        this.source = requireNonNull(source, "source is null");
        this.maxSize = maxSize;
        this.errors = requireNonNull(errors, "errors is null");
        metadataReader = new ExceptionWrappingMetadataReader(source.getId(), new OrcMetadataReader(new OrcReaderOptions()));
    }

    /**
     * @param maxSize bytes that the end of the file may take, decompressed
     * @throws TrinoException {@code TARN_CANNOT_OPEN_FILE}
     */
    static OrcTail read(OrcSource source, long maxSize, FileErrors errors)
    {
        try {
            return new TailReader(source, maxSize, errors).read();
        }
        catch (TrinoException e) {
            throw e;
        }
        catch (IOException | RuntimeException e) {
            throw errors.cannotOpen("its footer is broken: " + e.getMessage(), e);
        }
    }

    private OrcTail read()
            throws IOException
    {
        long fileLength = source.getEstimatedSize();
        Slice tail = source.readTail(toIntExact(min(fileLength, EXPECTED_SIZE)));
        int postScriptSize = tail.length() <= MAGIC.length() ? 0 : tail.getUnsignedByte(tail.length() - 1);
        if (postScriptSize == 0 || postScriptSize >= tail.length()) {
            throw errors.otherKind("ends without a postscript");
        }
        Slice postScriptBytes = tail.slice(tail.length() - 1 - postScriptSize, postScriptSize);
        if (!endsWithMagic(postScriptBytes) && !source.readFully(0, MAGIC.length()).equals(MAGIC)) {
            throw errors.otherKind("has the mark of ORC neither at its end nor at its beginning");
        }
        PostScript postScript = metadataReader.readPostScript(postScriptBytes.getInput());
        int bufferSize = toIntExact(postScript.getCompressionBlockSize());
        Optional<OrcDecompressor> decompressor = createOrcDecompressor(source.getId(), postScript.getCompression(), bufferSize);

        long footerSize = postScript.getFooterLength();
        long metadataSize = postScript.getMetadataLength();
        if (footerSize <= 0 || metadataSize < 0 || footerSize > fileLength || metadataSize > fileLength - footerSize - postScriptSize - 1) {
            throw errors.cannotOpen("its footer is said to take %s bytes, after %s of statistics, but the file has %s".formatted(footerSize, metadataSize, fileLength));
        }
        if (footerSize + metadataSize > maxSize) {
            throw tooLarge(footerSize + metadataSize);
        }
        int size = toIntExact(footerSize + metadataSize + postScriptSize + 1);
        Slice bytes = source.readTail(size);
        Slice footerBytes = bytes.slice(toIntExact(metadataSize), toIntExact(footerSize));
        Slice metadataBytes = bytes.slice(0, toIntExact(metadataSize));
        checkDecompressedSize(footerBytes, decompressor.isPresent(), bufferSize);
        checkDecompressedSize(metadataBytes, decompressor.isPresent(), bufferSize);
        Footer footer;
        try (OrcInputStream input = input(footerBytes, decompressor)) {
            footer = metadataReader.readFooter(postScript.getHiveWriterVersion(), input);
        }
        TailCheck.check(footer, fileLength, maxSize, errors);
        Metadata metadata;
        try (OrcInputStream input = input(metadataBytes, decompressor)) {
            metadata = metadataReader.readMetadata(postScript.getHiveWriterVersion(), input);
        }
        return new OrcTail(
                postScript.getCompression(),
                bufferSize,
                postScript.getHiveWriterVersion(),
                footer.getTypes(),
                footer.getNumberOfRows(),
                footer.getFileStats().filter(statistics -> statistics.size() == footer.getTypes().size()),
                stripes(footer, metadata),
                footer.getRowsInRowGroup(),
                fileLength - source.tailStart(),
                source.getReadBytes());
    }

    private static boolean endsWithMagic(Slice postScript)
    {
        return postScript.length() >= MAGIC.length() && postScript.slice(postScript.length() - MAGIC.length(), MAGIC.length()).equals(MAGIC);
    }

    private OrcInputStream input(Slice bytes, Optional<OrcDecompressor> decompressor)
    {
        return new OrcInputStream(OrcChunkLoader.create(source.getId(), bytes, decompressor, newSimpleAggregatedMemoryContext()));
    }

    /**
     * Few bytes can decompress to very many.
     */
    private void checkDecompressedSize(Slice bytes, boolean compressed, int bufferSize)
    {
        if (!compressed) {
            return;
        }
        long decompressed = 0;
        int position = 0;
        while (position + 3 <= bytes.length()) {
            int header = bytes.getUnsignedByte(position) | bytes.getUnsignedByte(position + 1) << 8 | bytes.getUnsignedByte(position + 2) << 16;
            boolean original = (header & 1) == 1;
            int length = header >>> 1;
            decompressed += original ? length : bufferSize;
            position += 3 + length;
        }
        // the last chunk is rarely full
        if (decompressed - bufferSize > maxSize) {
            throw tooLarge(decompressed);
        }
    }

    private TrinoException tooLarge(long size)
    {
        return errors.limitExceeded("its footer and statistics take %s bytes, more than the %s allowed".formatted(size, maxSize), "orc.max-footer-read-size");
    }

    private static List<OrcStripe> stripes(Footer footer, Metadata metadata)
    {
        List<StripeInformation> stripes = footer.getStripes();
        List<Optional<StripeStatistics>> statistics = metadata.getStripeStatsList();
        List<OrcStripe> result = new ArrayList<>();
        for (int i = 0; i < stripes.size(); i++) {
            if (stripes.get(i).getNumberOfRows() == 0) {
                continue;
            }
            Optional<ColumnMetadata<ColumnStatistics>> ofStripe = statistics.size() == stripes.size()
                    ? statistics.get(i).map(StripeStatistics::getColumnStatistics).filter(columns -> columns.size() == footer.getTypes().size())
                    : Optional.empty();
            result.add(new OrcStripe(stripes.get(i), ofStripe));
        }
        result.sort(comparingLong(OrcStripe::offset));
        return ImmutableList.copyOf(result);
    }
}
