package io.tarn.statistics;

import io.trino.metastore.BooleanStatistics;
import io.trino.metastore.DateStatistics;
import io.trino.metastore.DecimalStatistics;
import io.trino.metastore.DoubleStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.IntegerStatistics;
import io.trino.spi.block.Block;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Turns what the engine counted of a column into what a metastore keeps.
 *
 * @param counted one value each
 * @param rows of the partition
 */
record ComputedColumn(Type type, Map<ColumnAggregate, Block> counted, long rows)
{
    ComputedColumn
    {
        requireNonNull(type, "type is null");
        requireNonNull(counted, "counted is null");
    }

    HiveColumnStatistics statistics()
    {
        HiveColumnStatistics.Builder statistics = HiveColumnStatistics.builder();
        if (counted.containsKey(ColumnAggregate.MIN) && counted.containsKey(ColumnAggregate.MAX)) {
            setRange(statistics, counted.get(ColumnAggregate.MIN), counted.get(ColumnAggregate.MAX));
        }
        count(ColumnAggregate.LONGEST).ifPresent(statistics::setMaxValueSizeInBytes);
        OptionalLong notNull = count(ColumnAggregate.NOT_NULL);
        if (notNull.isPresent()) {
            long values = notNull.getAsLong();
            long nulls = max(0, rows - values);
            statistics.setNullsCount(nulls);
            // the engine's count is an estimate and may exceed the values; Hive's includes null
            count(ColumnAggregate.DISTINCT).ifPresent(distinct -> statistics.setDistinctValuesWithNullCount(min(distinct, values) + (nulls > 0 ? 1 : 0)));
            count(ColumnAggregate.TRUE).ifPresent(trues -> statistics.setBooleanStatistics(new BooleanStatistics(OptionalLong.of(trues), OptionalLong.of(values - trues))));
            OptionalLong bytes = count(ColumnAggregate.BYTES);
            if (bytes.isPresent() && values > 0) {
                statistics.setAverageColumnLength((double) bytes.getAsLong() / values);
            }
        }
        return statistics.build();
    }

    private OptionalLong count(ColumnAggregate aggregate)
    {
        Block block = counted.get(aggregate);
        return block == null || block.isNull(0) ? OptionalLong.empty() : OptionalLong.of(BIGINT.getLong(block, 0));
    }

    private void setRange(HiveColumnStatistics.Builder statistics, Block min, Block max)
    {
        if (type.equals(DOUBLE) || type.equals(REAL)) {
            statistics.setDoubleStatistics(new DoubleStatistics(number(min), number(max)));
        }
        else if (type.equals(DATE)) {
            statistics.setDateStatistics(new DateStatistics(date(min), date(max)));
        }
        else if (type instanceof DecimalType decimal) {
            statistics.setDecimalStatistics(new DecimalStatistics(decimal(decimal, min), decimal(decimal, max)));
        }
        else {
            statistics.setIntegerStatistics(new IntegerStatistics(integer(min), integer(max)));
        }
    }

    private OptionalDouble number(Block block)
    {
        if (block.isNull(0)) {
            return OptionalDouble.empty();
        }
        double value = type.equals(DOUBLE) ? DOUBLE.getDouble(block, 0) : intBitsToFloat(toIntExact(type.getLong(block, 0)));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Optional<LocalDate> date(Block block)
    {
        return block.isNull(0) ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(DATE.getInt(block, 0)));
    }

    private static Optional<BigDecimal> decimal(DecimalType type, Block block)
    {
        return block.isNull(0) ? Optional.empty() : Optional.of(Decimals.readBigDecimal(type, block, 0));
    }

    private OptionalLong integer(Block block)
    {
        if (block.isNull(0)) {
            return OptionalLong.empty();
        }
        if (type instanceof TimestampType timestamp && !timestamp.isShort()) {
            return OptionalLong.of(((LongTimestamp) type.getObject(block, 0)).getEpochMicros());
        }
        return OptionalLong.of(type.getLong(block, 0));
    }
}
