package io.tarn.format.line.source;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.lzo.LzoDecompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.trino.hive.formats.compression.CompressionKind;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * How a text file is compressed, told by its extension alone. The extension is case-sensitive, as in Athena.
 */
final class Compression
{
    private static final int BUFFER_SIZE = 64 * 1024;

    private Compression() {}

    static Optional<CompressionKind> of(RecordLayout layout, String fileName)
    {
        return layout.compressedByExtension() ? CompressionKind.forFile(fileName) : Optional.empty();
    }

    static InputStream decompress(CompressionKind kind, InputStream stream)
            throws IOException
    {
        return switch (kind) {
            case GZIP -> new GzipStream(stream);
            case LZ4 -> new HadoopBlockStream(Lz4Decompressor.create(), new BufferedInputStream(stream, BUFFER_SIZE));
            case SNAPPY -> new HadoopBlockStream(SnappyDecompressor.create(), new BufferedInputStream(stream, BUFFER_SIZE));
            case LZO -> new HadoopBlockStream(new LzoDecompressor(), new BufferedInputStream(stream, BUFFER_SIZE));
            // the codec library's reads the first stream of a file only, and pbzip2 writes many
            case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(stream, BUFFER_SIZE), true);
            case ZSTD, DEFLATE, LZOP -> kind.createCodec().createStreamDecompressor(stream);
        };
    }

    /**
     * What of a file must be there before the first line can come out, at most, as files of this kind are usually
     * written.
     */
    static long blockBytes(CompressionKind kind)
    {
        return switch (kind) {
            case GZIP, DEFLATE -> 0;
            // Hadoop's block, and what it grows by where it cannot be compressed
            case LZ4, SNAPPY, LZO, LZOP -> 320 * 1024;
            // the decompressor gives nothing before its window is full: two megabytes at the default level, eight of
            // what higher levels have compressed to a quarter; and it has an input buffer
            case ZSTD -> 2304 * 1024;
            // 900,000 bytes that cannot be compressed
            case BZIP2 -> 1024 * 1024;
        };
    }

    /**
     * About what a decompressor of this kind holds: its window or block, and its buffers.
     */
    static long workingBytes(CompressionKind kind)
    {
        return switch (kind) {
            case GZIP, DEFLATE -> 128 * 1024;
            case LZ4, SNAPPY, LZO, LZOP -> 1024 * 1024;
            // 900,000 bytes a block, and four times as many to undo the sort
            case BZIP2 -> 5 * 1024 * 1024;
            // the window of the levels that are in use is at most this
            case ZSTD -> 8 * 1024 * 1024;
        };
    }
}
