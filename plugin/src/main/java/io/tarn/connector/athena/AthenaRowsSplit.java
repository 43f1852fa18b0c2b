package io.tarn.connector.athena;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.SizeOf;
import io.trino.spi.connector.ConnectorSplit;

import java.util.Iterator;
import java.util.List;

import static io.airlift.slice.SizeOf.estimatedSizeOf;
import static io.airlift.slice.SizeOf.instanceSize;

/**
 * Some rows of an answer, as they are. The rows of one split stay in their order, so that only an answer that is longer
 * than a split can lose it.
 */
public record AthenaRowsSplit(List<List<String>> rows)
        implements ConnectorSplit
{
    private static final int INSTANCE_SIZE = instanceSize(AthenaRowsSplit.class);
    private static final int MAX_ROWS = 10_000;
    private static final int MAX_CHARACTERS = 1 << 20;

    public AthenaRowsSplit
    {
        rows = ImmutableList.copyOf(rows);
    }

    /**
     * The rows that come next, as many as one split has.
     */
    public static AthenaRowsSplit next(Iterator<List<String>> rows)
    {
        ImmutableList.Builder<List<String>> taken = ImmutableList.builder();
        int characters = 0;
        for (int count = 0; count < MAX_ROWS && characters < MAX_CHARACTERS && rows.hasNext(); count++) {
            List<String> row = rows.next();
            for (String value : row) {
                characters += value.length();
            }
            taken.add(row);
        }
        return new AthenaRowsSplit(taken.build());
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return INSTANCE_SIZE + estimatedSizeOf(rows, row -> estimatedSizeOf(row, SizeOf::estimatedSizeOf));
    }

    @Override
    public String toString()
    {
        return "%s rows".formatted(rows.size());
    }
}
