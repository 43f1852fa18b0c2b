package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileColumn;
import io.tarn.format.ReadLimit;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.trino.hive.formats.line.LineDeserializer.EMPTY_LINE_DESERIALIZER;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

final class LinePageSource
        implements ConnectorPageSource
{
    private static final int INSTANCE_SIZE = instanceSize(LinePageSource.class);
    /**
     * Pages without columns would never be full, and the engine would not get to look whether the query still runs.
     */
    private static final int MAX_PAGE_LINES = 64 * 1024;

    private final LineInput input;
    private final LineFailures failures;
    private final MemoryContext memoryContext;
    private final List<FileColumn> fields;
    private final List<BlockDecoder> blockDecoders;
    private final LineDeserializer deserializer;
    private final int[] channels;
    private final LineBuffer line;
    private final long maxRows;
    private final PageBuilder pageBuilder;

    private long completedPositions;
    private boolean finished;

    LinePageSource(
            LineInput input,
            List<FileColumn> columns,
            LineDecoderFactory decoderFactory,
            Function<FileColumn, RecordColumn> recordColumns,
            LineFailures failures,
            Optional<ReadLimit> limit,
            MemoryContext memoryContext)
    {
        this.input = requireNonNull(input, "input is null");
        this.failures = requireNonNull(failures, "failures is null");
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
        fields = columns.stream()
                .filter(column -> !column.isOfRecord())
                .toList();
        List<FileColumn> ofRecords = columns.stream()
                .filter(FileColumn::isOfRecord)
                .toList();
        // without fields nothing of a line has to be understood
        LineDecoder decoder = fields.isEmpty() ? new LineDecoder(EMPTY_LINE_DESERIALIZER, ImmutableList.of()) : decoderFactory.create(fields);
        blockDecoders = decoder.blocks();
        deserializer = ofRecords.isEmpty() ? decoder.lines() : new RecordColumns(decoder.lines(), ofRecords.stream().map(recordColumns).toList());
        channels = columns.stream()
                .mapToInt(column -> column.isOfRecord() ? fields.size() + ofRecords.indexOf(column) : fields.indexOf(column))
                .toArray();
        line = input.createLineBuffer();
        maxRows = limit.map(ReadLimit::rows).orElse(Long.MAX_VALUE);
        pageBuilder = new PageBuilder(deserializer.getTypes());
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (finished) {
            return null;
        }
        try {
            long firstLine = input.lineNumber() + 1;
            long pageLines = min(MAX_PAGE_LINES, maxRows - completedPositions);
            while (!pageBuilder.isFull() && pageBuilder.getPositionCount() < pageLines) {
                if (!input.next(line)) {
                    finished = true;
                    break;
                }
                deserialize();
            }
            Page page = decodeBlocks(pageBuilder.build(), firstLine);
            pageBuilder.reset();
            completedPositions += page.getPositionCount();
            finished |= completedPositions >= maxRows;
            memoryContext.setBytes(memoryUsage());
            return page.getPositionCount() == 0 ? null : SourcePage.create(page);
        }
        catch (RuntimeException e) {
            closeAllSuppress(e, this);
            throw e;
        }
    }

    private void deserialize()
    {
        try {
            deserializer.deserialize(line, pageBuilder);
        }
        catch (IOException | RuntimeException | StackOverflowError e) {
            throw failures.undecodable(input.describe(input.lineNumber()), line, fields, e);
        }
    }

    private Page decodeBlocks(Page page, long firstLine)
    {
        Block[] blocks = new Block[channels.length];
        for (int index = 0; index < channels.length; index++) {
            int channel = channels[index];
            Block block = page.getBlock(channel);
            try {
                blocks[index] = channel < blockDecoders.size() ? blockDecoders.get(channel).decode(block) : block;
            }
            catch (BadValueException e) {
                FileColumn field = fields.get(channel);
                throw new TrinoException(TARN_BAD_DATA, "%s, column '%s' (%s): '%s' %s"
                        .formatted(input.describe(firstLine + e.position()), field.name(), field.hiveType(), LineFailures.excerpt(e.value()), e.getMessage()), e);
            }
        }
        return new Page(page.getPositionCount(), blocks);
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public long getCompletedBytes()
    {
        return input.storageBytesRead();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(completedPositions);
    }

    @Override
    public long getReadTimeNanos()
    {
        return input.storageReadNanos();
    }

    @Override
    @SuppressWarnings("deprecation") // the engine still asks for it
    public long getMemoryUsage()
    {
        return memoryUsage();
    }

    private long memoryUsage()
    {
        return INSTANCE_SIZE + input.retainedBytes() + line.getRetainedSize() + pageBuilder.getRetainedSizeInBytes();
    }

    @Override
    public void close()
            throws IOException
    {
        finished = true;
        input.close();
    }
}
