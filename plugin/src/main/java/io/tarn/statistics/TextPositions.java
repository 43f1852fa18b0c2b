package io.tarn.statistics;

import io.airlift.slice.Slice;
import io.tarn.format.ColumnChunkStatistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts texts on a line in their order, so that ranges of text can be compared as those of numbers are. What all have in
 * common at their beginning is left out, and the bytes after it are read as a number.
 */
final class TextPositions
{
    // as many as a double tells apart
    private static final int BYTES = 6;

    private final int commonLength;

    private TextPositions(int commonLength)
    {
        this.commonLength = commonLength;
    }

    static TextPositions of(List<ColumnChunkStatistics> chunks)
    {
        Slice first = null;
        int commonLength = 0;
        for (Slice bound : (Iterable<Slice>) bounds(chunks)::iterator) {
            if (first == null) {
                first = bound;
                commonLength = bound.length();
                continue;
            }
            commonLength = Math.min(commonLength, bound.length());
            int same = 0;
            while (same < commonLength && first.getByte(same) == bound.getByte(same)) {
                same++;
            }
            commonLength = same;
        }
        return new TextPositions(commonLength);
    }

    private static Stream<Slice> bounds(List<ColumnChunkStatistics> chunks)
    {
        return chunks.stream()
                .flatMap(chunk -> Stream.of(chunk.min(), chunk.max()))
                .flatMap(Optional::stream)
                .filter(Slice.class::isInstance)
                .map(Slice.class::cast);
    }

    double position(Slice text)
    {
        double position = 0;
        for (int i = 0; i < BYTES; i++) {
            int index = commonLength + i;
            position = position * 256 + (index < text.length() ? text.getUnsignedByte(index) : 0);
        }
        return position;
    }
}
