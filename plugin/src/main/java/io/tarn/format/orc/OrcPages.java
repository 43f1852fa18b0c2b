package io.tarn.format.orc;

import io.tarn.format.PageReader;
import io.trino.orc.OrcRecordReader;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

record OrcPages(OrcRecordReader reader, OrcSource source, ReadCounts counts)
        implements PageReader
{
    OrcPages
    {
        requireNonNull(reader, "reader is null");
        requireNonNull(source, "source is null");
        requireNonNull(counts, "counts is null");
    }

    @Override
    public SourcePage nextPage()
            throws IOException
    {
        return reader.nextPage();
    }

    @Override
    public long readBytes()
    {
        return source.getReadBytes();
    }

    @Override
    public long readTimeNanos()
    {
        return source.getReadTimeNanos();
    }

    @Override
    public Metrics metrics()
    {
        return counts.metrics();
    }

    @Override
    public void close()
            throws IOException
    {
        reader.close();
    }
}
