package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.tarn.format.FileErrors;
import io.tarn.format.avro.AvroBlocks.Block;
import io.tarn.format.avro.AvroTypes.OutOfRangeException;
import io.trino.hive.formats.avro.AvroPageDataReader;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

import static com.google.common.base.Throwables.getCausalChain;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

final class AvroPageSource
        implements ConnectorPageSource
{
    /**
     * Entries of arrays and maps of one block that may take no bytes.
     */
    private static final long MAX_EMPTY_ITEMS = 10_000_000;
    private static final int MAX_COUNTED_ROWS = 65536;

    private final AvroBlocks blocks;
    private final BlockDecompressor decompressor;
    private final Optional<AvroPageDataReader> reader;
    private final FileErrors errors;
    private final AggregatedMemoryContext memoryContext;
    private final LocalMemoryContext memoryUsage;
    private final long maxRows;
    private final Queue<Page> pages = new ArrayDeque<>();
    private BinaryDecoder decoder;
    private long countedRows;
    private long completedPositions;
    private boolean finishedBlocks;
    private boolean closed;

    /**
     * @param reader empty where no values are asked for, only rows
     */
    AvroPageSource(AvroBlocks blocks, BlockDecompressor decompressor, Optional<AvroPageDataReader> reader, FileErrors errors, AggregatedMemoryContext memoryContext, long maxRows)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
        this.decompressor = requireNonNull(decompressor, "decompressor is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
        memoryUsage = memoryContext.newLocalMemoryContext(AvroPageSource.class.getSimpleName());
        this.maxRows = maxRows;
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (completedPositions >= maxRows) {
            close();
        }
        if (closed) {
            return null;
        }
        try {
            Optional<SourcePage> page = nextPage();
            if (page.isEmpty()) {
                close();
                return null;
            }
            completedPositions += page.get().getPositionCount();
            return page.get();
        }
        catch (IOException | RuntimeException e) {
            RuntimeException failure = failure(e);
            closeAllSuppress(failure, this);
            throw failure;
        }
    }

    private Optional<SourcePage> nextPage()
            throws IOException
    {
        long lacking = maxRows - completedPositions;
        while (pages.isEmpty() && countedRows == 0 && !finishedBlocks) {
            Optional<Block> block = blocks.next();
            if (block.isPresent()) {
                take(block.get());
            }
            else {
                finishedBlocks = true;
                reader.flatMap(AvroPageDataReader::flush).ifPresent(pages::add);
            }
        }
        if (countedRows > 0) {
            int rows = toIntExact(min(min(countedRows, lacking), MAX_COUNTED_ROWS));
            countedRows -= rows;
            return Optional.of(SourcePage.create(rows));
        }
        Page page = pages.poll();
        if (page == null) {
            return Optional.empty();
        }
        return Optional.of(SourcePage.create(page.getPositionCount() > lacking ? page.getRegion(0, toIntExact(lacking)) : page));
    }

    private void take(Block block)
            throws IOException
    {
        if (reader.isEmpty()) {
            countedRows = block.records();
            return;
        }
        Slice bytes = decompressor.decompress(block.bytes());
        memoryUsage.setBytes(bytes.length() + (long) blocks.bufferedBytes());
        BlockCheck check = new BlockCheck(bytes.length() + MAX_EMPTY_ITEMS);
        if (block.records() > bytes.length() + MAX_EMPTY_ITEMS) {
            throw errors.badData("the block at byte %s is said to have %s records, but has %s bytes".formatted(block.start(), block.records(), bytes.length()));
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes.byteArray(), bytes.byteArrayOffset(), bytes.length(), decoder);
        for (long record = 0; record < block.records(); record++) {
            check.check(blocks.header().schema(), decoder);
        }
        if (!decoder.isEnd()) {
            throw errors.badData("the block at byte %s has more than its %s records".formatted(block.start(), block.records()));
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes.byteArray(), bytes.byteArrayOffset(), bytes.length(), decoder);
        for (long record = 0; record < block.records(); record++) {
            reader.get().read(Optional.empty(), decoder).ifPresent(pages::add);
        }
    }

    private RuntimeException failure(Exception failure)
    {
        for (Throwable cause : getCausalChain(failure)) {
            if (cause instanceof OutOfRangeException || cause instanceof ArithmeticException) {
                return errors.valueMismatch(Optional.empty(), cause.getMessage(), failure);
            }
        }
        return errors.reading(Optional.empty(), failure);
    }

    @Override
    public boolean isFinished()
    {
        return closed;
    }

    @Override
    public long getCompletedBytes()
    {
        return blocks.readBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.of(completedPositions);
    }

    @Override
    public long getReadTimeNanos()
    {
        return blocks.readTimeNanos();
    }

    @Override
    public long getMemoryUsage()
    {
        return memoryContext.getBytes();
    }

    @Override
    public void close()
    {
        if (closed) {
            return;
        }
        closed = true;
        pages.clear();
        try {
            blocks.close();
        }
        catch (IOException e) {
            throw errors.storage(e);
        }
        finally {
            memoryContext.close();
        }
    }
}
