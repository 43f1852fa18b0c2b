package io.tarn.format.parquet;

import io.tarn.format.PageColumn;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A column that is checked when it is decoded, which is when damage shows: after the page was handed out.
 */
record CheckedColumn(ColumnSource column, ParquetErrors errors)
        implements PageColumn
{
    CheckedColumn
    {
        requireNonNull(column, "column is null");
        requireNonNull(errors, "errors is null");
    }

    @Override
    public Block block(SourcePage page)
    {
        try {
            Block block = column.block(page);
            BlockCheck.check(block, page.getPositionCount());
            return block;
        }
        catch (RuntimeException e) {
            throw errors.reading(Optional.of(column.name()), e);
        }
    }
}
