package io.tarn.format.line.source;

import io.tarn.format.FileSlice;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.trino.hive.formats.compression.CompressionKind;

import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.math.LongMath.saturatedAdd;
import static com.google.common.math.LongMath.saturatedMultiply;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * What reading the lines of a slice fetches.
 * <p>
 * A file that is read from its start to its end is fetched once, to the byte. A slice that ends within the file is read
 * on to the end of its last line: up to {@link #SLICE_OVERLAP} is counted for that, and only a line of which more lies
 * behind the slice takes more than is told here.
 */
final class LineCost
{
    /**
     * Less than one percent of the slices that a scan makes of a large file.
     */
    static final long SLICE_OVERLAP = 256 * 1024;
    /**
     * What a read under a limit may fetch for each line, and for what it fetches ahead: a buffer of the reader and one
     * of the decompressor.
     */
    static final long LINE_ALLOWANCE = 16 * 1024;
    static final long BUFFER_ALLOWANCE = 2 * 64 * 1024;

    private final FileSlice slice;
    private final long aheadBytes;
    private final SkippedLines skippedLines;
    private final Optional<CompressionKind> compression;
    private final Optional<ReadLimit> limit;

    LineCost(FileSlice slice, RecordLayout layout, SkippedLines skippedLines, Optional<ReadLimit> limit)
    {
        this.slice = requireNonNull(slice, "slice is null");
        this.aheadBytes = layout.aheadBytes();
        this.skippedLines = requireNonNull(skippedLines, "skippedLines is null");
        this.compression = Compression.of(layout, slice.location().fileName());
        this.limit = requireNonNull(limit, "limit is null");
    }

    ReadEstimate estimate()
    {
        if (slice.length() == 0) {
            return new ReadEstimate(0, OptionalLong.of(0), true);
        }
        return new ReadEstimate(allowance().orElse(most()), OptionalLong.empty(), limit.isEmpty() && endsWithFile());
    }

    /**
     * What the read must not go beyond; empty where nothing but the slice bounds it.
     */
    OptionalLong allowance()
    {
        if (limit.isEmpty() || !limit.get().enforced()) {
            return OptionalLong.empty();
        }
        long lines = saturatedAdd(limit.get().rows(), (long) skippedLines.header() + skippedLines.footer());
        long ahead = BUFFER_ALLOWANCE + aheadBytes + compression.map(Compression::blockBytes).orElse(0L);
        long allowance = saturatedAdd(ahead, saturatedMultiply(lines, LINE_ALLOWANCE));
        return allowance < most() ? OptionalLong.of(allowance) : OptionalLong.empty();
    }

    private long most()
    {
        // a decompressor knows no slices, and there is one for a file
        long behindStart = slice.fileLength() - slice.start();
        return compression.isPresent() || endsWithFile() ? behindStart : min(behindStart, slice.length() + SLICE_OVERLAP);
    }

    private boolean endsWithFile()
    {
        return slice.length() >= slice.fileLength() - slice.start();
    }
}
