package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Column;
import io.trino.metastore.DateStatistics;
import io.trino.metastore.DecimalStatistics;
import io.trino.metastore.DoubleStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.IntegerStatistics;
import io.trino.metastore.type.PrimitiveTypeInfo;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.model.BinaryColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.BooleanColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.DateColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.DecimalColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.DecimalNumber;
import software.amazon.awssdk.services.glue.model.DoubleColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.LongColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.StringColumnStatisticsData;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.trino.metastore.HiveColumnStatistics.createBinaryColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createBooleanColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDateColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDecimalColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDoubleColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createStringColumnStatistics;

/**
 * Column statistics between Glue's form and the metastore's.
 */
final class GlueStatistics
{
    private static final long SECONDS_OF_DAY = 24 * 60 * 60;

    private GlueStatistics() {}

    static Map<String, HiveColumnStatistics> toColumnStatistics(List<ColumnStatistics> statistics)
    {
        ImmutableMap.Builder<String, HiveColumnStatistics> result = ImmutableMap.builder();
        for (ColumnStatistics column : statistics) {
            if (column.columnName() != null && column.statisticsData() != null) {
                toColumnStatistics(column.statisticsData()).ifPresent(known -> result.put(column.columnName(), known));
            }
        }
        return result.buildKeepingLast();
    }

    private static Optional<HiveColumnStatistics> toColumnStatistics(ColumnStatisticsData data)
    {
        return switch (data.type()) {
            case BINARY -> Optional.ofNullable(data.binaryColumnStatisticsData())
                    .map(binary -> createBinaryColumnStatistics(count(binary.maximumLength()), number(binary.averageLength()), count(binary.numberOfNulls())));
            case BOOLEAN -> Optional.ofNullable(data.booleanColumnStatisticsData())
                    .map(bool -> createBooleanColumnStatistics(count(bool.numberOfTrues()), count(bool.numberOfFalses()), count(bool.numberOfNulls())));
            case DATE -> Optional.ofNullable(data.dateColumnStatisticsData())
                    .map(date -> createDateColumnStatistics(date(date.minimumValue()), date(date.maximumValue()), count(date.numberOfNulls()), count(date.numberOfDistinctValues())));
            case DECIMAL -> Optional.ofNullable(data.decimalColumnStatisticsData())
                    .map(decimal -> createDecimalColumnStatistics(decimal(decimal.minimumValue()), decimal(decimal.maximumValue()), count(decimal.numberOfNulls()), count(decimal.numberOfDistinctValues())));
            case DOUBLE -> Optional.ofNullable(data.doubleColumnStatisticsData())
                    .map(real -> createDoubleColumnStatistics(number(real.minimumValue()), number(real.maximumValue()), count(real.numberOfNulls()), count(real.numberOfDistinctValues())));
            case LONG -> Optional.ofNullable(data.longColumnStatisticsData())
                    .map(integer -> createIntegerColumnStatistics(integer(integer.minimumValue()), integer(integer.maximumValue()), count(integer.numberOfNulls()), count(integer.numberOfDistinctValues())));
            case STRING -> Optional.ofNullable(data.stringColumnStatisticsData())
                    .map(string -> createStringColumnStatistics(count(string.maximumLength()), number(string.averageLength()), count(string.numberOfNulls()), count(string.numberOfDistinctValues())));
            case UNKNOWN_TO_SDK_VERSION -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /**
     * Empty where the statistics cannot be told to Glue: it has none for nested columns, and it answers zero for a minimum
     * or maximum that was not written (so Trino's Hive connector found, and leaves out the same), which is worse than
     * none. With them goes what else is known of a column of numbers or dates without bounds, as one of nulls only.
     */
    static Optional<ColumnStatistics> toGlueStatistics(Column column, HiveColumnStatistics statistics, Instant analyzed)
    {
        return toStatisticsData(column, statistics)
                .map(data -> ColumnStatistics.builder()
                        .columnName(column.getName())
                        .columnType(column.getType().toString())
                        .analyzedTime(analyzed)
                        .statisticsData(data)
                        .build());
    }

    private static Optional<ColumnStatisticsData> toStatisticsData(Column column, HiveColumnStatistics statistics)
    {
        Long nulls = boxed(statistics.getNullsCount());
        Long distinct = boxed(statistics.getDistinctValuesWithNullCount());
        if (statistics.getBooleanStatistics().isPresent()) {
            return statistics.getBooleanStatistics()
                    .map(known -> BooleanColumnStatisticsData.builder()
                            .numberOfTrues(boxed(known.getTrueCount()))
                            .numberOfFalses(boxed(known.getFalseCount()))
                            .numberOfNulls(nulls)
                            .build())
                    .map(data -> ColumnStatisticsData.builder().type(ColumnStatisticsType.BOOLEAN).booleanColumnStatisticsData(data).build());
        }
        if (statistics.getIntegerStatistics().isPresent()) {
            IntegerStatistics known = statistics.getIntegerStatistics().get();
            if (known.getMin().isEmpty() || known.getMax().isEmpty()) {
                return Optional.empty();
            }
            LongColumnStatisticsData data = LongColumnStatisticsData.builder()
                    .minimumValue(known.getMin().getAsLong())
                    .maximumValue(known.getMax().getAsLong())
                    .numberOfNulls(nulls)
                    .numberOfDistinctValues(distinct)
                    .build();
            return Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.LONG).longColumnStatisticsData(data).build());
        }
        if (statistics.getDoubleStatistics().isPresent()) {
            DoubleStatistics known = statistics.getDoubleStatistics().get();
            // JSON has no word for infinite
            if (!Double.isFinite(known.getMin().orElse(Double.NaN)) || !Double.isFinite(known.getMax().orElse(Double.NaN))) {
                return Optional.empty();
            }
            DoubleColumnStatisticsData data = DoubleColumnStatisticsData.builder()
                    .minimumValue(known.getMin().getAsDouble())
                    .maximumValue(known.getMax().getAsDouble())
                    .numberOfNulls(nulls)
                    .numberOfDistinctValues(distinct)
                    .build();
            return Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.DOUBLE).doubleColumnStatisticsData(data).build());
        }
        if (statistics.getDecimalStatistics().isPresent()) {
            DecimalStatistics known = statistics.getDecimalStatistics().get();
            if (known.getMin().isEmpty() || known.getMax().isEmpty()) {
                return Optional.empty();
            }
            DecimalColumnStatisticsData data = DecimalColumnStatisticsData.builder()
                    .minimumValue(decimal(known.getMin().get()))
                    .maximumValue(decimal(known.getMax().get()))
                    .numberOfNulls(nulls)
                    .numberOfDistinctValues(distinct)
                    .build();
            return Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.DECIMAL).decimalColumnStatisticsData(data).build());
        }
        if (statistics.getDateStatistics().isPresent()) {
            DateStatistics known = statistics.getDateStatistics().get();
            if (known.getMin().isEmpty() || known.getMax().isEmpty()) {
                return Optional.empty();
            }
            DateColumnStatisticsData data = DateColumnStatisticsData.builder()
                    .minimumValue(instant(known.getMin().get()))
                    .maximumValue(instant(known.getMax().get()))
                    .numberOfNulls(nulls)
                    .numberOfDistinctValues(distinct)
                    .build();
            return Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.DATE).dateColumnStatisticsData(data).build());
        }
        return toLengthStatistics(column, statistics, nulls, distinct);
    }

    private static Optional<ColumnStatisticsData> toLengthStatistics(Column column, HiveColumnStatistics statistics, Long nulls, Long distinct)
    {
        if (!(column.getType().getTypeInfo() instanceof PrimitiveTypeInfo primitive)) {
            return Optional.empty();
        }
        long maximumLength = statistics.getMaxValueSizeInBytes().orElse(0);
        Double averageLength = statistics.getAverageColumnLength().isPresent() ? statistics.getAverageColumnLength().getAsDouble() : null;
        return switch (primitive.getPrimitiveCategory()) {
            case STRING, VARCHAR, CHAR -> {
                StringColumnStatisticsData data = StringColumnStatisticsData.builder()
                        .maximumLength(maximumLength)
                        .averageLength(averageLength)
                        .numberOfNulls(nulls)
                        .numberOfDistinctValues(distinct)
                        .build();
                yield Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.STRING).stringColumnStatisticsData(data).build());
            }
            case BINARY -> {
                BinaryColumnStatisticsData data = BinaryColumnStatisticsData.builder()
                        .maximumLength(maximumLength)
                        .averageLength(averageLength)
                        .numberOfNulls(nulls)
                        .build();
                yield Optional.of(ColumnStatisticsData.builder().type(ColumnStatisticsType.BINARY).binaryColumnStatisticsData(data).build());
            }
            case VOID, BOOLEAN, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, DATE, TIMESTAMP, TIMESTAMPLOCALTZ, DECIMAL, VARIANT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UNKNOWN -> Optional.empty();
        };
    }

    /**
     * Hive writes -1 for a count that it does not know.
     */
    private static OptionalLong count(Long value)
    {
        return value == null || value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalLong integer(Long value)
    {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalDouble number(Double value)
    {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Optional<LocalDate> date(Instant value)
    {
        return Optional.ofNullable(value)
                .map(instant -> LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY)));
    }

    private static Instant instant(LocalDate date)
    {
        return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_OF_DAY);
    }

    private static Optional<BigDecimal> decimal(DecimalNumber value)
    {
        if (value == null || value.unscaledValue() == null || value.unscaledValue().asByteArrayUnsafe().length == 0 || value.scale() == null) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(new BigInteger(value.unscaledValue().asByteArrayUnsafe()), value.scale()));
    }

    private static DecimalNumber decimal(BigDecimal value)
    {
        return DecimalNumber.builder()
                .unscaledValue(SdkBytes.fromByteArray(value.unscaledValue().toByteArray()))
                .scale(value.scale())
                .build();
    }

    private static Long boxed(OptionalLong value)
    {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
