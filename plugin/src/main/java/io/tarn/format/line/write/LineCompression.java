package io.tarn.format.line.write;

import com.google.common.collect.Range;
import io.tarn.format.FileCodec;
import io.trino.hive.formats.compression.CompressionKind;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import static org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream.MAX_BLOCKSIZE;
import static org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream.MIN_BLOCKSIZE;

/**
 * How text files are compressed; what is written with a codec is read by the one that the file's extension tells.
 */
public final class LineCompression
{
    private static final int BUFFER_SIZE = 64 * 1024;

    private LineCompression() {}

    public static Optional<CompressionKind> kind(FileCodec codec)
    {
        return switch (codec) {
            case NONE -> Optional.empty();
            case SNAPPY -> Optional.of(CompressionKind.SNAPPY);
            case GZIP -> Optional.of(CompressionKind.GZIP);
            case ZSTD -> Optional.of(CompressionKind.ZSTD);
            case LZ4 -> Optional.of(CompressionKind.LZ4);
            case BZIP2 -> Optional.of(CompressionKind.BZIP2);
            case DEFLATE -> Optional.of(CompressionKind.DEFLATE);
        };
    }

    public static Optional<Range<Integer>> levels(FileCodec codec)
    {
        return switch (codec) {
            case GZIP, DEFLATE -> Optional.of(Range.closed(Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION));
            case BZIP2 -> Optional.of(Range.closed(MIN_BLOCKSIZE, MAX_BLOCKSIZE));
            // the library writes them in one way only
            case NONE, SNAPPY, ZSTD, LZ4 -> Optional.empty();
        };
    }

    /**
     * A stream that must be closed to complete what it writes, and to let go what it holds.
     */
    static OutputStream compress(FileCodec codec, OptionalInt level, OutputStream output)
            throws IOException
    {
        return switch (codec) {
            case NONE -> output;
            case GZIP -> new LeveledGzipStream(output, level.orElse(Deflater.DEFAULT_COMPRESSION));
            case DEFLATE -> new DeflateStream(output, level.orElse(Deflater.DEFAULT_COMPRESSION));
            case BZIP2 -> new BZip2CompressorOutputStream(output, level.orElse(MAX_BLOCKSIZE));
            case SNAPPY, ZSTD, LZ4 -> kind(codec).orElseThrow().createCodec().createStreamCompressor(output);
        };
    }

    /**
     * About what a compressor holds: its window or block, its tables and its buffers.
     */
    static long workingBytes(FileCodec codec)
    {
        return switch (codec) {
            case NONE -> 0;
            case GZIP, DEFLATE -> 384 * 1024;
            case SNAPPY, LZ4 -> 1024 * 1024;
            // four windows of 2 MB at the default level, and the tables
            case ZSTD -> 10 * 1024 * 1024;
            // blocks of 900,000 bytes, and what sorting them takes
            case BZIP2 -> 9 * 1024 * 1024;
        };
    }

    private static final class LeveledGzipStream
            extends GZIPOutputStream
    {
        private LeveledGzipStream(OutputStream output, int level)
                throws IOException
        {
            super(output, BUFFER_SIZE);
            def.setLevel(level);
        }
    }

    private static final class DeflateStream
            extends DeflaterOutputStream
    {
        private DeflateStream(OutputStream output, int level)
        {
            super(output, new Deflater(level), BUFFER_SIZE);
        }

        @Override
        public void close()
                throws IOException
        {
            try {
                super.close();
            }
            finally {
                // the stream only ends one that it made itself
                def.end();
            }
        }
    }
}
