package io.tarn.format.line.source;

import io.trino.hive.formats.line.LineBuffer;
import io.trino.spi.block.VariableWidthBlockBuilder;

import java.io.IOException;

import static io.airlift.slice.Slices.wrappedBuffer;

/**
 * A text that is made of a whole record.
 */
@FunctionalInterface
public interface RecordColumn
{
    /**
     * The record itself.
     */
    RecordColumn RAW_LINE = (line, builder) -> builder.writeEntry(wrappedBuffer(line.getBuffer(), 0, line.getLength()), 0, line.getLength());

    /**
     * @param builder gets one position
     * @throws IOException where the record is not of its format
     */
    void append(LineBuffer line, VariableWidthBlockBuilder builder)
            throws IOException;
}
