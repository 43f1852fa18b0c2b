package io.tarn.connector.unload;

import com.google.common.collect.ImmutableList;
import io.tarn.coerce.Coercion;
import io.tarn.write.ForgettableSink;
import io.tarn.write.WrittenFile;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.function.table.TableFunctionDataProcessor;
import io.trino.spi.function.table.TableFunctionProcessorState;
import jakarta.annotation.Nullable;

import java.util.List;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.function.table.TableFunctionProcessorState.Finished.FINISHED;
import static io.trino.spi.function.table.TableFunctionProcessorState.Processed.produced;
import static io.trino.spi.function.table.TableFunctionProcessorState.Processed.usedInput;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Writes the rows of one driver.
 */
final class UnloadProcessor
        implements TableFunctionDataProcessor
{
    private final List<Coercion> coercions;
    private final ForgettableSink sink;
    private boolean finished;

    /**
     * @param coercions of the input's columns to the types that are written
     */
    UnloadProcessor(List<Coercion> coercions, ForgettableSink sink)
    {
        this.coercions = ImmutableList.copyOf(coercions);
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public TableFunctionProcessorState process(@Nullable List<Optional<Page>> input)
    {
        if (finished) {
            return FINISHED;
        }
        try {
            if (input != null) {
                sink.append(coerced(input.getFirst().orElseThrow()));
                return usedInput();
            }
            finished = true;
            List<WrittenFile> files = sink.finish();
            return files.isEmpty() ? FINISHED : produced(result(files));
        }
        catch (Throwable e) {
            sink.abort();
            throw e;
        }
    }

    private Page coerced(Page page)
    {
        Block[] blocks = new Block[coercions.size()];
        for (int channel = 0; channel < blocks.length; channel++) {
            blocks[channel] = coercions.get(channel).apply(page.getBlock(channel));
        }
        return new Page(page.getPositionCount(), blocks);
    }

    private static Page result(List<WrittenFile> files)
    {
        PageBuilder page = new PageBuilder(files.size(), UnloadFunction.RESULT_TYPES);
        for (WrittenFile file : files) {
            page.declarePosition();
            VARCHAR.writeSlice(page.getBlockBuilder(0), utf8Slice(file.location()));
            BIGINT.writeLong(page.getBlockBuilder(1), file.rows());
            BIGINT.writeLong(page.getBlockBuilder(2), file.bytes());
        }
        return page.build();
    }
}
