package io.tarn.statistics;

import io.trino.metastore.BooleanStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.PartitionStatistics;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.DoubleRange;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;

/**
 * A column's statistics over partitions. Of what contradicts itself, as a minimum above the maximum, no use is made.
 */
final class CatalogColumn
{
    private CatalogColumn() {}

    /**
     * @param rows of all selected partitions
     */
    static ColumnStatistics of(Type type, String column, double rows, Collection<PartitionStatistics> partitions)
    {
        OptionalDouble distinct = OptionalDouble.empty();
        double countedRows = 0;
        double nulls = 0;
        boolean nullsKnown = false;
        double sizedRows = 0;
        double size = 0;
        boolean sizeKnown = false;
        Optional<DoubleRange> range = Optional.empty();
        for (PartitionStatistics partition : partitions) {
            HiveColumnStatistics statistics = partition.columnStatistics().get(column);
            if (statistics == null) {
                continue;
            }
            OptionalLong partitionRows = partition.basicStatistics().getRowCount();
            OptionalLong partitionNulls = nulls(statistics, partitionRows);
            OptionalDouble partitionDistinct = distinct(statistics, partitionRows, partitionNulls);
            if (partitionDistinct.isPresent()) {
                distinct = OptionalDouble.of(Math.max(distinct.orElse(0), partitionDistinct.getAsDouble()));
            }
            if (partitionRows.isPresent() && partitionNulls.isPresent()) {
                nullsKnown = true;
                countedRows += partitionRows.getAsLong();
                nulls += partitionNulls.getAsLong();
            }
            if (partitionRows.isPresent() && statistics.getAverageColumnLength().orElse(-1) >= 0) {
                sizeKnown = true;
                sizedRows += partitionRows.getAsLong();
                size += statistics.getAverageColumnLength().getAsDouble() * (partitionRows.getAsLong() - partitionNulls.orElse(0));
            }
            Optional<DoubleRange> known = range;
            range = range(type, statistics)
                    .map(partitionRange -> known.map(other -> DoubleRange.union(other, partitionRange)).orElse(partitionRange))
                    .or(() -> known);
        }
        ColumnStatistics.Builder result = ColumnStatistics.builder().setRange(range);
        distinct.ifPresent(count -> result.setDistinctValuesCount(Estimate.of(count)));
        if (nullsKnown) {
            result.setNullsFraction(Estimate.of(countedRows == 0 ? 0 : nulls / countedRows));
        }
        if (sizeKnown && rows <= 0) {
            result.setDataSize(Estimate.zero());
        }
        else if (sizeKnown && sizedRows > 0) {
            result.setDataSize(Estimate.of(size / sizedRows * rows));
        }
        return result.build();
    }

    private static OptionalLong nulls(HiveColumnStatistics statistics, OptionalLong rows)
    {
        OptionalLong nulls = statistics.getNullsCount();
        return nulls.isPresent() && nulls.getAsLong() >= 0 && nulls.getAsLong() <= rows.orElse(Long.MAX_VALUE) ? nulls : OptionalLong.empty();
    }

    private static OptionalDouble distinct(HiveColumnStatistics statistics, OptionalLong rows, OptionalLong nulls)
    {
        Optional<BooleanStatistics> booleans = statistics.getBooleanStatistics()
                .filter(counts -> counts.getFalseCount().isPresent() && counts.getTrueCount().isPresent());
        if (booleans.isPresent()) {
            return OptionalDouble.of((booleans.get().getFalseCount().getAsLong() > 0 ? 1 : 0) + (booleans.get().getTrueCount().getAsLong() > 0 ? 1 : 0));
        }
        if (statistics.getDistinctValuesWithNullCount().isEmpty() || statistics.getDistinctValuesWithNullCount().getAsLong() < 0) {
            return OptionalDouble.empty();
        }
        long distinct = statistics.getDistinctValuesWithNullCount().getAsLong();
        // Hive counts null as a value
        if (distinct > 0 && nulls.orElse(0) > 0) {
            distinct--;
        }
        if (distinct == 0 && nulls.orElse(0) < rows.orElse(0)) {
            distinct = 1;
        }
        // what Hive estimates may exceed the rows
        return OptionalDouble.of(Math.min(distinct, rows.orElse(Long.MAX_VALUE) - nulls.orElse(0)));
    }

    private static Optional<DoubleRange> range(Type type, HiveColumnStatistics statistics)
    {
        if (type.equals(BIGINT) || type instanceof TimestampType) {
            return statistics.getIntegerStatistics().flatMap(known -> range(known.getMin(), known.getMax(), Long.MIN_VALUE, Long.MAX_VALUE));
        }
        if (type.equals(INTEGER)) {
            return statistics.getIntegerStatistics().flatMap(known -> range(known.getMin(), known.getMax(), Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type.equals(SMALLINT)) {
            return statistics.getIntegerStatistics().flatMap(known -> range(known.getMin(), known.getMax(), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        if (type.equals(TINYINT)) {
            return statistics.getIntegerStatistics().flatMap(known -> range(known.getMin(), known.getMax(), Byte.MIN_VALUE, Byte.MAX_VALUE));
        }
        if (type.equals(DOUBLE) || type.equals(REAL)) {
            return statistics.getDoubleStatistics().flatMap(known -> range(known.getMin().orElse(Double.NaN), known.getMax().orElse(Double.NaN)));
        }
        if (type.equals(DATE)) {
            return statistics.getDateStatistics().flatMap(known -> range(
                    known.getMin().map(LocalDate::toEpochDay).map(Long::doubleValue).orElse(Double.NaN),
                    known.getMax().map(LocalDate::toEpochDay).map(Long::doubleValue).orElse(Double.NaN)));
        }
        if (type instanceof DecimalType) {
            return statistics.getDecimalStatistics().flatMap(known -> range(
                    known.getMin().map(BigDecimal::doubleValue).orElse(Double.NaN),
                    known.getMax().map(BigDecimal::doubleValue).orElse(Double.NaN)));
        }
        return Optional.empty();
    }

    private static Optional<DoubleRange> range(OptionalLong min, OptionalLong max, long least, long greatest)
    {
        if (min.isEmpty() || max.isEmpty()) {
            return Optional.empty();
        }
        // the column may have been declared wider once
        return range((double) Math.clamp(min.getAsLong(), least, greatest), (double) Math.clamp(max.getAsLong(), least, greatest));
    }

    private static Optional<DoubleRange> range(double min, double max)
    {
        return min <= max ? Optional.of(new DoubleRange(min, max)) : Optional.empty();
    }
}
