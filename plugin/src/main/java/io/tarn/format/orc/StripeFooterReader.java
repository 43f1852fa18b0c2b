package io.tarn.format.orc;

import io.trino.orc.OrcCorruptionException;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.StreamId;
import io.trino.orc.metadata.ColumnEncoding;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.ExceptionWrappingMetadataReader;
import io.trino.orc.metadata.Footer;
import io.trino.orc.metadata.Metadata;
import io.trino.orc.metadata.MetadataReader;
import io.trino.orc.metadata.OrcColumnId;
import io.trino.orc.metadata.OrcMetadataReader;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.PostScript;
import io.trino.orc.metadata.PostScript.HiveWriterVersion;
import io.trino.orc.metadata.RowGroupIndex;
import io.trino.orc.metadata.Stream;
import io.trino.orc.metadata.StripeFooter;
import io.trino.orc.metadata.statistics.BloomFilter;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.tarn.format.orc.ValueStream.WITHOUT_END;
import static io.trino.orc.metadata.ColumnEncoding.ColumnEncodingKind.DICTIONARY;
import static io.trino.orc.metadata.ColumnEncoding.ColumnEncodingKind.DICTIONARY_V2;
import static io.trino.orc.metadata.Stream.StreamKind.DICTIONARY_DATA;
import static java.util.Objects.requireNonNull;

/**
 * Checks what a stripe's footer says before the reader makes room for it, and where its indexes point.
 */
final class StripeFooterReader
        implements MetadataReader
{
    /**
     * Values of a dictionary differ, so no codec makes more than about that many of a byte.
     */
    private static final int MAX_COMPRESSION_RATIO = 1100;

    private final OrcDataSourceId id;
    private final MetadataReader delegate;

    StripeFooterReader(OrcDataSourceId id)
    {
        this.id = requireNonNull(id, "id is null");
        delegate = new ExceptionWrappingMetadataReader(id, new OrcMetadataReader(new OrcReaderOptions()));
    }

    @Override
    public StripeFooter readStripeFooter(ColumnMetadata<OrcType> types, InputStream input, ZoneId legacyFileTimeZone)
            throws IOException
    {
        StripeFooter footer = delegate.readStripeFooter(types, input, legacyFileTimeZone);
        ColumnMetadata<ColumnEncoding> encodings = footer.getColumnEncodings();
        if (encodings.size() != types.size()) {
            throw new OrcCorruptionException(id, "A stripe has %s encodings for %s types", encodings.size(), types.size());
        }
        Map<StreamId, Long> lengths = new HashMap<>();
        for (Stream stream : footer.getStreams()) {
            if (stream.getLength() < 0 || stream.getColumnId().getId() >= types.size()) {
                throw new OrcCorruptionException(id, "A stripe has a stream %s that cannot be", stream);
            }
            lengths.put(new StreamId(stream), (long) stream.getLength());
        }
        for (int column = 0; column < types.size(); column++) {
            OrcColumnId columnId = new OrcColumnId(column);
            if (isDictionary(encodings.get(columnId))) {
                checkDictionary(encodings.get(columnId), lengths.getOrDefault(new StreamId(columnId, DICTIONARY_DATA), 0L));
            }
        }
        return footer;
    }

    private static boolean isDictionary(ColumnEncoding encoding)
    {
        return encoding.getColumnEncodingKind() == DICTIONARY || encoding.getColumnEncodingKind() == DICTIONARY_V2;
    }

    private void checkDictionary(ColumnEncoding encoding, long bytes)
            throws OrcCorruptionException
    {
        // one of the values may be empty
        if (encoding.getDictionarySize() < 0 || encoding.getDictionarySize() > bytes * MAX_COMPRESSION_RATIO + 1) {
            throw new OrcCorruptionException(id, "A dictionary of %s bytes is said to have %s values", bytes, encoding.getDictionarySize());
        }
    }

    @Override
    public PostScript readPostScript(InputStream input)
            throws IOException
    {
        return delegate.readPostScript(input);
    }

    @Override
    public Metadata readMetadata(HiveWriterVersion writerVersion, InputStream input)
            throws IOException
    {
        return delegate.readMetadata(writerVersion, input);
    }

    @Override
    public Footer readFooter(HiveWriterVersion writerVersion, InputStream input)
            throws IOException
    {
        return delegate.readFooter(writerVersion, input);
    }

    @Override
    public List<RowGroupIndex> readRowIndexes(HiveWriterVersion writerVersion, InputStream input)
            throws IOException
    {
        List<RowGroupIndex> indexes = delegate.readRowIndexes(writerVersion, input);
        for (RowGroupIndex index : indexes) {
            if (index.getPositions().contains(WITHOUT_END)) {
                throw new OrcCorruptionException(id, "An index points to %s, where no stream has a byte", WITHOUT_END);
            }
        }
        return indexes;
    }

    @Override
    public List<BloomFilter> readBloomFilterIndexes(InputStream input)
            throws IOException
    {
        return delegate.readBloomFilterIndexes(input);
    }
}
