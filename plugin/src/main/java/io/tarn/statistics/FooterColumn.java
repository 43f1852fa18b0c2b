package io.tarn.statistics;

import io.airlift.slice.Slice;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.statistics.ColumnChunk.Bounds;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.DoubleRange;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import static io.trino.spi.statistics.StatsUtil.toStatsRepresentation;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;
import static java.util.Objects.requireNonNull;

/**
 * Collects what the chunks of one column tell.
 */
final class FooterColumn
{
    private final Type type;
    private final List<Chunk> chunks = new ArrayList<>();

    FooterColumn(Type type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    /**
     * @param fileType the type that the file's schema declares, in which the chunk's bounds are
     */
    void add(long rows, Type fileType, ColumnChunkStatistics statistics)
    {
        if (rows > 0) {
            chunks.add(new Chunk(rows, fileType, statistics));
        }
    }

    /**
     * @param rows of the table, or of the part of it that was selected
     * @param factor how many times as many rows there are as in the chunks
     */
    ColumnStatistics statistics(double rows, double factor)
    {
        double chunkRows = 0;
        double countedRows = 0;
        double nulls = 0;
        double sizedValues = 0;
        double size = 0;
        // the planner has no use for a range of the others
        boolean ranged = isNumber(type) || type.equals(DATE) || type instanceof TimestampType;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean countable = true;
        TextPositions positions = TextPositions.of(chunks.stream().map(Chunk::statistics).toList());
        List<ColumnChunk> valued = new ArrayList<>();
        for (Chunk chunk : chunks) {
            ColumnChunkStatistics statistics = chunk.statistics();
            chunkRows += chunk.rows();
            if (statistics.nulls().isPresent()) {
                countedRows += chunk.rows();
                nulls += statistics.nulls().getAsLong();
            }
            if (statistics.nulls().orElse(0) == chunk.rows()) {
                continue;
            }
            Optional<Bounds> bounds = bounds(chunk, positions);
            ranged &= bounds.isPresent();
            countable &= statistics.distinct().isPresent() || (bounds.isPresent() && !Double.isInfinite(valuesPerUnit()));
            if (bounds.isPresent()) {
                low = Math.min(low, bounds.get().low());
                high = Math.max(high, bounds.get().high());
            }
            ColumnChunk columnChunk = new ColumnChunk(chunk.rows(), statistics.nulls(), bounds, statistics.distinct(), statistics.valueLength());
            valued.add(columnChunk);
            if (statistics.valueLength().isPresent()) {
                sizedValues += columnChunk.values();
                size += statistics.valueLength().getAsDouble() * columnChunk.values();
            }
        }
        if (chunkRows == 0) {
            return ColumnStatistics.empty();
        }
        ColumnStatistics.Builder result = ColumnStatistics.builder();
        double nullsFraction = countedRows == 0 ? 0 : nulls / countedRows;
        if (countedRows > 0) {
            result.setNullsFraction(Estimate.of(nullsFraction));
        }
        if (countable) {
            double distinct = valued.isEmpty() ? 0 : DistinctValues.estimate(valued, factor, valuesPerUnit());
            result.setDistinctValuesCount(Estimate.of(Math.rint(Math.min(distinct, type.equals(BOOLEAN) ? 2 : rows * (1 - nullsFraction)))));
        }
        if (ranged && low <= high) {
            result.setRange(new DoubleRange(low, high));
        }
        if (isText() && (sizedValues > 0 || valued.isEmpty())) {
            result.setDataSize(Estimate.of(valued.isEmpty() ? 0 : size / sizedValues * rows * (1 - nullsFraction)));
        }
        return result.build();
    }

    private Optional<Bounds> bounds(Chunk chunk, TextPositions positions)
    {
        ColumnChunkStatistics statistics = chunk.statistics();
        if (statistics.min().isEmpty() || statistics.max().isEmpty()) {
            return Optional.empty();
        }
        if (statistics.min().get() instanceof Slice min && statistics.max().get() instanceof Slice max) {
            return Optional.of(new Bounds(positions.position(min), Math.max(positions.position(min), positions.position(max))));
        }
        // a partition may declare a column of numbers as narrower than its table does; other declarations do not compare
        if (!chunk.fileType().equals(type) && !(isNumber(type) && isNumber(chunk.fileType()))) {
            return Optional.empty();
        }
        OptionalDouble min = toStatsRepresentation(chunk.fileType(), statistics.min().get());
        OptionalDouble max = toStatsRepresentation(chunk.fileType(), statistics.max().get());
        return min.isPresent() && max.isPresent() && min.getAsDouble() <= max.getAsDouble()
                ? Optional.of(new Bounds(min.getAsDouble(), max.getAsDouble()))
                : Optional.empty();
    }

    private double valuesPerUnit()
    {
        if (isInteger(type) || type.equals(DATE)) {
            return 1;
        }
        return type instanceof DecimalType decimal ? Math.pow(10, decimal.getScale()) : Double.POSITIVE_INFINITY;
    }

    private boolean isText()
    {
        return type instanceof VarcharType || type instanceof CharType || type instanceof VarbinaryType;
    }

    private static boolean isNumber(Type type)
    {
        return isInteger(type) || type.equals(DOUBLE) || type.equals(REAL) || type instanceof DecimalType;
    }

    private static boolean isInteger(Type type)
    {
        return type.equals(BIGINT) || type.equals(INTEGER) || type.equals(SMALLINT) || type.equals(TINYINT);
    }

    private record Chunk(long rows, Type fileType, ColumnChunkStatistics statistics) {}
}
