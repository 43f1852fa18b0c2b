package io.tarn.format.parquet;

import io.tarn.coerce.Coercion;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.type.Type;

import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * Where a column comes from in the reader's pages.
 *
 * @param channel of the reader; empty where the file lacks the column
 * @param coercion to the declared type, where the reader gives another
 */
record ParquetColumn(OptionalInt channel, Optional<Coercion> coercion, Type type)
{
    ParquetColumn
    {
        requireNonNull(channel, "channel is null");
        requireNonNull(coercion, "coercion is null");
        requireNonNull(type, "type is null");
    }

    Block block(SourcePage page)
    {
        if (channel.isEmpty()) {
            return RunLengthEncodedBlock.create(type, null, page.getPositionCount());
        }
        Block block = page.getBlock(channel.getAsInt());
        return coercion.isPresent() ? coercion.get().apply(block) : block;
    }
}
