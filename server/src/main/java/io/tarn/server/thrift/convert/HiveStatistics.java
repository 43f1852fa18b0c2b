package io.tarn.server.thrift.convert;

import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveType;
import io.trino.metastore.type.PrimitiveTypeInfo;
import org.apache.hadoop.hive.metastore.api.BinaryColumnStatsData;
import org.apache.hadoop.hive.metastore.api.BooleanColumnStatsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsData;
import org.apache.hadoop.hive.metastore.api.ColumnStatisticsObj;
import org.apache.hadoop.hive.metastore.api.Date;
import org.apache.hadoop.hive.metastore.api.DateColumnStatsData;
import org.apache.hadoop.hive.metastore.api.Decimal;
import org.apache.hadoop.hive.metastore.api.DecimalColumnStatsData;
import org.apache.hadoop.hive.metastore.api.DoubleColumnStatsData;
import org.apache.hadoop.hive.metastore.api.LongColumnStatsData;
import org.apache.hadoop.hive.metastore.api.StringColumnStatsData;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

import static java.lang.Math.ceilDiv;
import static java.lang.Math.floorDiv;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.binaryStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.booleanStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.dateStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.decimalStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.doubleStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.longStats;
import static org.apache.hadoop.hive.metastore.api.ColumnStatisticsData.stringStats;

/**
 * A column's statistics in Hive's form. The moments of a timestamp column are whole seconds there, and rounded away
 * from each other; Hive 3 and Hive 4 both understand them as numbers.
 */
public final class HiveStatistics
{
    static final long MICROS_PER_SECOND = 1_000_000;

    // how Impala says that nobody counted them, which the others understand
    private static final long UNKNOWN_NULLS = -1;

    private HiveStatistics() {}

    /**
     * @return empty for a type that Hive keeps no statistics of
     */
    public static Optional<ColumnStatisticsObj> toHive(String column, HiveType type, HiveColumnStatistics statistics)
    {
        if (!(type.getTypeInfo() instanceof PrimitiveTypeInfo primitive)) {
            return Optional.empty();
        }
        Optional<ColumnStatisticsData> data = switch (primitive.getPrimitiveCategory()) {
            case BOOLEAN -> Optional.of(ofBooleans(statistics));
            case BYTE, SHORT, INT, LONG -> Optional.of(ofNumbers(statistics, false));
            case TIMESTAMP -> Optional.of(ofNumbers(statistics, true));
            case FLOAT, DOUBLE -> Optional.of(ofDoubles(statistics));
            case STRING, VARCHAR, CHAR -> Optional.of(ofStrings(statistics));
            case BINARY -> Optional.of(ofBinaries(statistics));
            case DATE -> Optional.of(ofDates(statistics));
            case DECIMAL -> Optional.of(ofDecimals(statistics));
            case VOID, TIMESTAMPLOCALTZ, VARIANT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UNKNOWN -> Optional.empty();
        };
        return data.map(values -> new ColumnStatisticsObj(column, type.getHiveTypeName().toString(), values));
    }

    private static ColumnStatisticsData ofBooleans(HiveColumnStatistics statistics)
    {
        BooleanColumnStatsData data = new BooleanColumnStatsData(0, 0, nulls(statistics));
        statistics.getBooleanStatistics().ifPresent(known -> {
            data.setNumTrues(known.getTrueCount().orElse(-1));
            data.setNumFalses(known.getFalseCount().orElse(-1));
        });
        return booleanStats(data);
    }

    private static ColumnStatisticsData ofNumbers(HiveColumnStatistics statistics, boolean micros)
    {
        LongColumnStatsData data = new LongColumnStatsData(nulls(statistics), distinct(statistics));
        statistics.getIntegerStatistics().ifPresent(known -> {
            known.getMin().ifPresent(min -> data.setLowValue(micros ? floorDiv(min, MICROS_PER_SECOND) : min));
            known.getMax().ifPresent(max -> data.setHighValue(micros ? ceilDiv(max, MICROS_PER_SECOND) : max));
        });
        return longStats(data);
    }

    private static ColumnStatisticsData ofDoubles(HiveColumnStatistics statistics)
    {
        DoubleColumnStatsData data = new DoubleColumnStatsData(nulls(statistics), distinct(statistics));
        statistics.getDoubleStatistics().ifPresent(known -> {
            known.getMin().ifPresent(data::setLowValue);
            known.getMax().ifPresent(data::setHighValue);
        });
        return doubleStats(data);
    }

    private static ColumnStatisticsData ofDecimals(HiveColumnStatistics statistics)
    {
        DecimalColumnStatsData data = new DecimalColumnStatsData(nulls(statistics), distinct(statistics));
        statistics.getDecimalStatistics().ifPresent(known -> {
            known.getMin().map(HiveStatistics::decimal).ifPresent(data::setLowValue);
            known.getMax().map(HiveStatistics::decimal).ifPresent(data::setHighValue);
        });
        return decimalStats(data);
    }

    private static ColumnStatisticsData ofDates(HiveColumnStatistics statistics)
    {
        DateColumnStatsData data = new DateColumnStatsData(nulls(statistics), distinct(statistics));
        statistics.getDateStatistics().ifPresent(known -> {
            known.getMin().map(day -> new Date(day.toEpochDay())).ifPresent(data::setLowValue);
            known.getMax().map(day -> new Date(day.toEpochDay())).ifPresent(data::setHighValue);
        });
        return dateStats(data);
    }

    private static ColumnStatisticsData ofStrings(HiveColumnStatistics statistics)
    {
        return stringStats(new StringColumnStatsData(
                statistics.getMaxValueSizeInBytes().orElse(0),
                statistics.getAverageColumnLength().orElse(0),
                nulls(statistics),
                distinct(statistics)));
    }

    private static ColumnStatisticsData ofBinaries(HiveColumnStatistics statistics)
    {
        return binaryStats(new BinaryColumnStatsData(
                statistics.getMaxValueSizeInBytes().orElse(0),
                statistics.getAverageColumnLength().orElse(0),
                nulls(statistics)));
    }

    private static long nulls(HiveColumnStatistics statistics)
    {
        return statistics.getNullsCount().orElse(UNKNOWN_NULLS);
    }

    private static long distinct(HiveColumnStatistics statistics)
    {
        OptionalLong distinct = statistics.getDistinctValuesWithNullCount();
        return distinct.orElse(0);
    }

    private static Decimal decimal(BigDecimal value)
    {
        return new Decimal((short) value.scale(), ByteBuffer.wrap(value.unscaledValue().toByteArray()));
    }
}
