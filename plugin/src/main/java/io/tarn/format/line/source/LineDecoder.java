package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import io.trino.hive.formats.line.LineDeserializer;

import java.util.List;

import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

/**
 * How the columns of a line are decoded. Not thread-safe, made anew for every page source.
 *
 * @param lines appends exactly one position a line
 * @param blocks for each column that {@code lines} gives, what remains to be done to its blocks
 */
public record LineDecoder(LineDeserializer lines, List<BlockDecoder> blocks)
{
    public LineDecoder
    {
        requireNonNull(lines, "lines is null");
        blocks = ImmutableList.copyOf(blocks);
    }

    public LineDecoder(LineDeserializer lines)
    {
        this(lines, nCopies(lines.getTypes().size(), BlockDecoder.AS_READ));
    }
}
