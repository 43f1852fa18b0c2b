package io.tarn.format.json;

import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Refuses lines in which a column's key occurs twice, as Athena does. The deserializer means to take the last value, but
 * appends both, which otherwise shows only when the page is built and the line is long gone.
 */
final class DistinctKeyLines
        implements LineDeserializer
{
    private final LineDeserializer deserializer;
    private final int channels;

    DistinctKeyLines(LineDeserializer deserializer)
    {
        this.deserializer = requireNonNull(deserializer, "deserializer is null");
        this.channels = deserializer.getTypes().size();
    }

    @Override
    public List<? extends Type> getTypes()
    {
        return deserializer.getTypes();
    }

    @Override
    public void deserialize(LineBuffer line, PageBuilder page)
            throws IOException
    {
        deserializer.deserialize(line, page);
        for (int channel = 0; channel < channels; channel++) {
            if (page.getBlockBuilder(channel).getPositionCount() != page.getPositionCount()) {
                throw new IOException("its key occurs twice");
            }
        }
    }
}
