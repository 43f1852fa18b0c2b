package io.tarn.format.avro;

import io.airlift.slice.Slice;
import io.tarn.format.FileErrors;
import io.tarn.format.PageReader;
import io.tarn.format.avro.AvroBlocks.Block;
import io.trino.hive.formats.avro.AvroPageDataReader;
import io.trino.memory.context.LocalMemoryContext;
import io.trino.spi.Page;
import io.trino.spi.connector.SourcePage;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The rows of a slice's blocks, which are held and checked one at a time.
 */
final class AvroPages
        implements PageReader
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
    private final LocalMemoryContext memoryUsage;
    private final Queue<Page> pages = new ArrayDeque<>();
    private BinaryDecoder decoder;
    private long countedRows;
    private boolean finishedBlocks;

    /**
     * @param reader empty where no values are asked for, only rows
     */
    AvroPages(AvroBlocks blocks, BlockDecompressor decompressor, Optional<AvroPageDataReader> reader, FileErrors errors, LocalMemoryContext memoryUsage)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
        this.decompressor = requireNonNull(decompressor, "decompressor is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.memoryUsage = requireNonNull(memoryUsage, "memoryUsage is null");
    }

    @Override
    public SourcePage nextPage()
            throws IOException
    {
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
            int rows = toIntExact(min(countedRows, MAX_COUNTED_ROWS));
            countedRows -= rows;
            return SourcePage.create(rows);
        }
        Page page = pages.poll();
        return page == null ? null : SourcePage.create(page);
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

    @Override
    public long readBytes()
    {
        return blocks.readBytes();
    }

    @Override
    public long readTimeNanos()
    {
        return blocks.readTimeNanos();
    }

    @Override
    public void close()
            throws IOException
    {
        pages.clear();
        blocks.close();
    }
}
