package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.tarn.format.DerivedPageSource;
import io.tarn.format.FileErrors;
import io.tarn.format.FilePageSource;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.tarn.format.RowCountPageSource;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.NameBasedFieldMapper;
import io.trino.orc.OrcDecompressor;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.OrcRecordReader;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;

import java.io.IOException;
import java.util.Collections;
import java.util.Optional;

import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;
import static io.trino.orc.OrcDecompressor.createOrcDecompressor;
import static io.trino.orc.OrcReader.INITIAL_BATCH_SIZE;
import static io.trino.orc.OrcReader.fullyProjectedLayout;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The way from a request to a page source: tail, columns, filter, stripes, reader.
 */
final class OrcOpening
{
    private final FileRead read;
    private final OrcReadOptions options;
    private final FileErrors errors;
    private final AggregatedMemoryContext memoryContext;

    OrcOpening(FileRead read, OrcReadOptions options, FileErrors errors)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.errors = requireNonNull(errors, "errors is null");
        memoryContext = newAggregatedMemoryContext(read.memoryContext());
    }

    /**
     * Where no values are asked for, the tail alone is fetched.
     */
    static boolean isFetchedWhole(FileRead read, OrcReadOptions options)
    {
        return !read.columns().isEmpty() && read.slice().fileLength() <= options.smallFileThreshold().toBytes();
    }

    ConnectorPageSource open()
    {
        FileSlice slice = read.slice();
        if (slice.fileLength() == 0) {
            return new EmptyPageSource();
        }
        OrcSource source = new OrcSource(read.fileSystem().newInputFile(slice.location(), slice.fileLength(), slice.modified()), slice.fileLength(), options.ranges(), errors);
        try {
            return open(source);
        }
        catch (IOException | RuntimeException e) {
            closeAllSuppress(e, source);
            memoryContext.close();
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ConnectorPageSource open(OrcSource source)
            throws IOException
    {
        if (isFetchedWhole(read, options)) {
            memoryContext.newLocalMemoryContext(OrcSource.class.getSimpleName()).setBytes(read.slice().fileLength());
            source.readTail(toIntExact(read.slice().fileLength()));
        }
        OrcTail tail = TailReader.read(source, options.maxFooterSize().toBytes(), errors);
        memoryContext.newLocalMemoryContext(OrcTail.class.getSimpleName()).setBytes(tail.retainedSize());
        OrcPlan plan = OrcPlan.create(read, tail, options, errors);
        ReadCounts counts = new ReadCounts(plan.stripes().size(), plan.pruned());
        if (plan.needsNoValues()) {
            source.close();
            memoryContext.close();
            ConnectorPageSource rows = new RowCountPageSource(min(plan.rows(), read.maxRows()), source.getReadBytes(), source.getReadTimeNanos(), counts.metrics());
            return new DerivedPageSource(rows, plan.projection().sources());
        }
        return new DerivedPageSource(
                new FilePageSource(new OrcPages(reader(source, tail, plan), source, counts), memoryContext, errors, read.maxRows()),
                plan.projection().sources());
    }

    private OrcRecordReader reader(OrcSource source, OrcTail tail, OrcPlan plan)
            throws IOException
    {
        int columns = plan.projection().read().size();
        Optional<OrcDecompressor> decompressor = createOrcDecompressor(source.getId(), tail.compression(), tail.bufferSize()).map(this::refusingEmptyChunks);
        if (decompressor.isPresent()) {
            source.expectChunks();
        }
        // the stripes have been chosen: what the reader itself would choose them by is left out
        return new OrcRecordReader(
                plan.projection().read(),
                plan.projection().types(),
                Collections.nCopies(columns, fullyProjectedLayout()),
                false,
                plan.filter(),
                plan.rows(),
                plan.stripes().stream().map(OrcStripe::information).toList(),
                Optional.empty(),
                ImmutableList.of(),
                source,
                0,
                read.slice().fileLength(),
                tail.types(),
                decompressor,
                tail.rowsInRowGroup(),
                options.timeZone(),
                tail.writerVersion(),
                new StripeFooterReader(source.getId()),
                new OrcReaderOptions()
                        .withMaxReadBlockSize(options.maxReadBlockSize())
                        // the source itself fetches small files whole, and whole stripes never
                        .withTinyStripeThreshold(DataSize.ofBytes(0)),
                ImmutableMap.of(),
                memoryContext,
                Optional.empty(),
                INITIAL_BATCH_SIZE,
                failure -> errors.reading(Optional.empty(), failure),
                NameBasedFieldMapper::create);
    }

    /**
     * A chunk is compressed only where that makes it smaller, which it cannot make one without content; the library
     * calls itself for each of those.
     */
    private OrcDecompressor refusingEmptyChunks(OrcDecompressor decompressor)
    {
        return (input, offset, length, output) -> {
            int size = decompressor.decompress(input, offset, length, output);
            if (size == 0) {
                throw errors.badData("a compressed chunk has no content");
            }
            return size;
        };
    }
}
