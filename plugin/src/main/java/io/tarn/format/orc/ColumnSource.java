package io.tarn.format.orc;

import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.PageColumn;
import io.trino.orc.OrcCorruptionException;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Throwables.getCausalChain;
import static io.trino.spi.block.RowBlock.getRowFieldsFromBlock;
import static java.util.Objects.requireNonNull;

/**
 * Where a column's blocks come from: a channel of the reader's pages and the way down its structs, or nowhere. They are
 * checked when they are decoded, which is when damage shows.
 *
 * @param channel of the reader's pages; {@link #MISSING} where the file lacks the column
 * @param indexes of the fields to descend into
 */
record ColumnSource(FileColumn column, int channel, List<Integer> indexes, Conversion conversion, FileErrors errors)
        implements PageColumn
{
    private static final int MISSING = -1;

    ColumnSource
    {
        requireNonNull(column, "column is null");
        indexes = List.copyOf(indexes);
        requireNonNull(conversion, "conversion is null");
        requireNonNull(errors, "errors is null");
    }

    static ColumnSource missing(FileColumn column, FileErrors errors)
    {
        return new ColumnSource(column, MISSING, List.of(), Conversion.NONE, errors);
    }

    @Override
    public Block block(SourcePage page)
    {
        if (channel == MISSING) {
            return RunLengthEncodedBlock.create(column.type(), null, page.getPositionCount());
        }
        try {
            Block block = page.getBlock(channel);
            for (int index : indexes) {
                block = getRowFieldsFromBlock(block).get(index);
            }
            if (block.getPositionCount() != page.getPositionCount()) {
                throw errors.badData(Optional.of(column.dottedName()), "it has %s values in %s rows".formatted(block.getPositionCount(), page.getPositionCount()), null);
            }
            Block converted = conversion.apply(block);
            ValueCheck.check(column.type(), converted);
            return converted;
        }
        catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(RuntimeException failure)
    {
        for (Throwable cause : getCausalChain(failure)) {
            // the reader says so of integers that are wider than the declared type
            boolean outOfRange = cause instanceof OrcCorruptionException && cause.getMessage() != null && cause.getMessage().contains("out of range for a");
            if (outOfRange || cause instanceof Conversion.OutOfRangeException) {
                return errors.valueMismatch(Optional.of(column.dottedName()), cause.getMessage(), failure);
            }
        }
        return errors.reading(Optional.of(column.dottedName()), failure);
    }
}
