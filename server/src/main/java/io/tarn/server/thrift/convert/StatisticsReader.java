package io.tarn.server.thrift.convert;

import io.trino.metastore.BooleanStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveType;
import org.apache.hadoop.hive.metastore.api.BinaryColumnStatsData;
import org.apache.hadoop.hive.metastore.api.BooleanColumnStatsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsData;
import org.apache.hadoop.hive.metastore.api.Date;
import org.apache.hadoop.hive.metastore.api.DateColumnStatsData;
import org.apache.hadoop.hive.metastore.api.Decimal;
import org.apache.hadoop.hive.metastore.api.DecimalColumnStatsData;
import org.apache.hadoop.hive.metastore.api.DoubleColumnStatsData;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.LongColumnStatsData;
import org.apache.hadoop.hive.metastore.api.StringColumnStatsData;
import org.apache.hadoop.hive.metastore.api.Timestamp;
import org.apache.hadoop.hive.metastore.api.TimestampColumnStatsData;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.tarn.server.thrift.convert.HiveStatistics.MICROS_PER_SECOND;
import static io.trino.metastore.HiveColumnStatistics.createBinaryColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDateColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDecimalColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDoubleColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createStringColumnStatistics;
import static io.trino.metastore.HiveType.HIVE_TIMESTAMP;

/**
 * A column's statistics as clients write them. A count below zero says that nobody counted.
 */
public final class StatisticsReader
{
    private StatisticsReader() {}

    /**
     * @param type of the column in the catalogue
     * @throws InvalidObjectException where the numbers cannot be understood
     */
    public static HiveColumnStatistics read(String column, HiveType type, ColumnStatisticsData data)
            throws InvalidObjectException
    {
        if (data == null || data.getSetField() == null) {
            throw new InvalidObjectException("The statistics of column %s have no values".formatted(column));
        }
        try {
            return switch (data.getSetField()) {
                case BOOLEAN_STATS -> ofBooleans(data.getBooleanStats());
                case LONG_STATS -> ofNumbers(data.getLongStats(), type.equals(HIVE_TIMESTAMP) ? MICROS_PER_SECOND : 1);
                case TIMESTAMP_STATS -> ofTimestamps(data.getTimestampStats());
                case DOUBLE_STATS -> ofDoubles(data.getDoubleStats());
                case DECIMAL_STATS -> ofDecimals(data.getDecimalStats());
                case DATE_STATS -> ofDates(data.getDateStats());
                case STRING_STATS -> ofStrings(data.getStringStats());
                case BINARY_STATS -> ofBinaries(data.getBinaryStats());
            };
        }
        catch (RuntimeException e) {
            throw new InvalidObjectException("The statistics of column %s cannot be understood: %s".formatted(column, e.getMessage()));
        }
    }

    private static HiveColumnStatistics ofBooleans(BooleanColumnStatsData data)
    {
        return HiveColumnStatistics.builder()
                .setBooleanStatistics(new BooleanStatistics(count(data.getNumTrues()), count(data.getNumFalses())))
                .setNullsCount(count(data.getNumNulls()))
                .build();
    }

    private static HiveColumnStatistics ofNumbers(LongColumnStatsData data, long unit)
    {
        return createIntegerColumnStatistics(
                data.isSetLowValue() ? OptionalLong.of(Math.multiplyExact(data.getLowValue(), unit)) : OptionalLong.empty(),
                data.isSetHighValue() ? OptionalLong.of(Math.multiplyExact(data.getHighValue(), unit)) : OptionalLong.empty(),
                count(data.getNumNulls()),
                count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofTimestamps(TimestampColumnStatsData data)
    {
        return createIntegerColumnStatistics(
                micros(data.getLowValue()),
                micros(data.getHighValue()),
                count(data.getNumNulls()),
                count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofDoubles(DoubleColumnStatsData data)
    {
        return createDoubleColumnStatistics(
                data.isSetLowValue() ? OptionalDouble.of(data.getLowValue()) : OptionalDouble.empty(),
                data.isSetHighValue() ? OptionalDouble.of(data.getHighValue()) : OptionalDouble.empty(),
                count(data.getNumNulls()),
                count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofDecimals(DecimalColumnStatsData data)
    {
        return createDecimalColumnStatistics(decimal(data.getLowValue()), decimal(data.getHighValue()), count(data.getNumNulls()), count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofDates(DateColumnStatsData data)
    {
        return createDateColumnStatistics(date(data.getLowValue()), date(data.getHighValue()), count(data.getNumNulls()), count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofStrings(StringColumnStatsData data)
    {
        return createStringColumnStatistics(count(data.getMaxColLen()), length(data.getAvgColLen()), count(data.getNumNulls()), count(data.getNumDVs()));
    }

    private static HiveColumnStatistics ofBinaries(BinaryColumnStatsData data)
    {
        return createBinaryColumnStatistics(count(data.getMaxColLen()), length(data.getAvgColLen()), count(data.getNumNulls()));
    }

    private static OptionalLong count(long count)
    {
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private static OptionalDouble length(double length)
    {
        return length < 0 ? OptionalDouble.empty() : OptionalDouble.of(length);
    }

    private static OptionalLong micros(Timestamp timestamp)
    {
        return timestamp == null ? OptionalLong.empty() : OptionalLong.of(Math.multiplyExact(timestamp.getSecondsSinceEpoch(), MICROS_PER_SECOND));
    }

    private static Optional<LocalDate> date(Date date)
    {
        return Optional.ofNullable(date).map(value -> LocalDate.ofEpochDay(value.getDaysSinceEpoch()));
    }

    private static Optional<BigDecimal> decimal(Decimal decimal)
    {
        return Optional.ofNullable(decimal).map(value -> new BigDecimal(new BigInteger(value.getUnscaled()), value.getScale()));
    }
}
