package io.tarn.format.avro;

import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.tarn.format.FileErrors;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import static java.lang.Integer.reverseBytes;
import static java.util.Objects.requireNonNull;

/**
 * Decompresses blocks, never to more than is allowed.
 */
final class BlockDecompressor
{
    private static final int CHECKSUM_SIZE = 4;

    private final String codec;
    private final int maxSize;
    private final FileErrors errors;

    /**
     * @throws io.trino.spi.TrinoException {@code TARN_CANNOT_OPEN_FILE} where there is no such codec
     */
    BlockDecompressor(String codec, int maxSize, FileErrors errors)
    {
        this.codec = requireNonNull(codec, "codec is null");
        this.maxSize = maxSize;
        this.errors = requireNonNull(errors, "errors is null");
        switch (codec) {
            case "null", "deflate", "snappy", "zstandard", "bzip2" -> {}
            default -> throw errors.cannotOpen("it is compressed with '%s', of which Tarn knows null, deflate, snappy, zstandard and bzip2".formatted(codec));
        }
    }

    Slice decompress(Slice block)
            throws IOException
    {
        return switch (codec) {
            case "null" -> block;
            case "snappy" -> snappy(block);
            case "deflate" -> {
                Inflater inflater = new Inflater(true);
                try {
                    yield readAll(new InflaterInputStream(block.getInput(), inflater));
                }
                finally {
                    inflater.end();
                }
            }
            case "zstandard" -> readAll(new ZstdInputStream(block.getInput()));
            default -> readAll(new BZip2CompressorInputStream(block.getInput()));
        };
    }

    private Slice readAll(InputStream input)
            throws IOException
    {
        try (input) {
            byte[] bytes = input.readNBytes(maxSize + 1);
            checkSize(bytes.length);
            return Slices.wrappedBuffer(bytes);
        }
    }

    /**
     * Behind the compressed bytes comes a checksum of the others.
     */
    private Slice snappy(Slice block)
            throws IOException
    {
        int compressed = block.length() - CHECKSUM_SIZE;
        if (compressed <= 0) {
            throw new IOException("a block of %s bytes".formatted(block.length()));
        }
        SnappyDecompressor decompressor = SnappyDecompressor.create();
        byte[] input = block.getBytes(0, compressed);
        int size = decompressor.getUncompressedLength(input, 0);
        checkSize(size);
        byte[] output = new byte[size];
        int length = decompressor.decompress(input, 0, compressed, output, 0, size);
        CRC32 checksum = new CRC32();
        checksum.update(output, 0, length);
        if ((int) checksum.getValue() != reverseBytes(block.getInt(compressed))) {
            throw new IOException("the checksum of a block is wrong");
        }
        return Slices.wrappedBuffer(output, 0, length);
    }

    private void checkSize(int size)
    {
        if (size < 0 || size > maxSize) {
            throw errors.limitExceeded("a block takes more than the %s bytes allowed when it is decompressed".formatted(maxSize), "avro.max-block-size");
        }
    }
}
