package io.tarn.format.line.source;

import com.google.common.collect.ImmutableList;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.VariableWidthBlockBuilder;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static io.airlift.slice.Slices.wrappedBuffer;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Adds the line itself behind the columns decoded from it.
 */
final class RawLines
        implements LineDeserializer
{
    private final LineDeserializer columns;
    private final int channel;

    RawLines(LineDeserializer columns)
    {
        this.columns = requireNonNull(columns, "columns is null");
        this.channel = columns.getTypes().size();
    }

    @Override
    public List<? extends Type> getTypes()
    {
        return ImmutableList.<Type>builder()
                .addAll(columns.getTypes())
                .add(VARCHAR)
                .build();
    }

    @Override
    public void deserialize(LineBuffer line, PageBuilder page)
            throws IOException
    {
        columns.deserialize(line, page);
        ((VariableWidthBlockBuilder) page.getBlockBuilder(channel)).writeEntry(wrappedBuffer(line.getBuffer(), 0, line.getLength()), 0, line.getLength());
    }
}
