package io.tarn.format.parquet;

import io.tarn.format.ColumnDetails;
import io.trino.parquet.metadata.ColumnChunkMetadata;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Adds up what the chunks of one column say. A bound is known only where every chunk that holds values knows its own.
 */
final class ChunkStatistics
{
    private final PrimitiveType type;
    private Statistics<?> lowest;
    private Statistics<?> highest;
    private boolean bounded = true;
    private boolean counted = true;
    private long nulls;

    ChunkStatistics(PrimitiveType type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    void add(ColumnChunkMetadata chunk)
    {
        Statistics<?> statistics = chunk.getStatistics();
        boolean nullsKnown = statistics != null && statistics.isNumNullsSet();
        if (nullsKnown) {
            nulls = Math.addExact(nulls, statistics.getNumNulls());
        }
        else {
            counted = false;
        }
        if (statistics != null && statistics.hasNonNullValue()) {
            addBounds(statistics);
        }
        else if (chunk.getValueCount() > 0 && !(nullsKnown && statistics.getNumNulls() == chunk.getValueCount())) {
            bounded = false;
        }
    }

    @SuppressWarnings("unchecked") // a chunk's statistics hold values of its column's type
    private void addBounds(Statistics<?> statistics)
    {
        PrimitiveComparator<Object> comparator = (PrimitiveComparator<Object>) (PrimitiveComparator<?>) type.comparator();
        if (lowest == null || comparator.compare(statistics.genericGetMin(), lowest.genericGetMin()) < 0) {
            lowest = statistics;
        }
        if (highest == null || comparator.compare(statistics.genericGetMax(), highest.genericGetMax()) > 0) {
            highest = statistics;
        }
    }

    ColumnDetails details(String name)
    {
        boolean known = bounded && lowest != null;
        return new ColumnDetails(
                name,
                known ? Optional.of(lowest.minAsString()) : Optional.empty(),
                known ? Optional.of(highest.maxAsString()) : Optional.empty(),
                counted ? OptionalLong.of(nulls) : OptionalLong.empty());
    }
}
