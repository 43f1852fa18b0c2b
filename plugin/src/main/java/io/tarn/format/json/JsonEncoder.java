package io.tarn.format.json;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.DynamicSliceOutput;
import io.tarn.format.line.write.LineEncoder;
import io.tarn.format.line.write.UnwritableValueException;
import io.trino.hive.formats.line.LineSerializer;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Makes JSON objects by the library's serializers, which know none of the values that they write wrongly.
 */
final class JsonEncoder
        implements LineEncoder
{
    private final LineSerializer serializer;
    private final List<JsonValueTest> tests;
    private final boolean distinctKeys;

    /**
     * @param distinctKeys whether every column has a key that is no other's
     */
    JsonEncoder(LineSerializer serializer, JsonValueTests tests, List<Type> types, boolean distinctKeys)
    {
        this.serializer = requireNonNull(serializer, "serializer is null");
        ImmutableList.Builder<JsonValueTest> columnTests = ImmutableList.builder();
        for (int channel = 0; channel < types.size(); channel++) {
            columnTests.add(tests.of(types.get(channel), channel));
        }
        this.tests = columnTests.build();
        this.distinctKeys = distinctKeys;
    }

    @Override
    public boolean encode(Page page, int position, DynamicSliceOutput line)
            throws IOException
    {
        boolean certain = distinctKeys;
        for (int channel = 0; channel < tests.size(); channel++) {
            Block block = page.getBlock(channel);
            certain &= tests.get(channel).isCertain(block, position);
        }
        serializer.write(page, position, line);
        return certain;
    }

    /**
     * Whether a value is certain to be read as what it was written.
     */
    @FunctionalInterface
    interface JsonValueTest
    {
        /**
         * @throws UnwritableValueException for a value that JSON cannot hold
         */
        boolean isCertain(Block block, int position);
    }
}
