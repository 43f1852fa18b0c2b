package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import io.tarn.metastore.BasicStatistics;
import io.trino.metastore.Column;
import io.trino.metastore.DateStatistics;
import io.trino.metastore.DecimalStatistics;
import io.trino.metastore.DoubleStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.IntegerStatistics;
import io.trino.metastore.Table;
import io.trino.metastore.type.Category;
import io.trino.metastore.type.PrimitiveTypeInfo;
import io.trino.metastore.type.TypeInfo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

import static java.lang.String.CASE_INSENSITIVE_ORDER;

/**
 * Statistics of columns as Spark's {@code ANALYZE TABLE … FOR COLUMNS} keeps them: among the parameters of the table,
 * {@code spark.sql.statistics.colStats.<column>.<value>}, where no other engine's metastore client looks.
 */
final class SparkStatistics
{
    private static final String PREFIX = "spark.sql.statistics.colStats.";

    private final Map<String, String> parameters;

    private SparkStatistics(Map<String, String> parameters)
    {
        // Spark writes columns in the case in which they were declared
        this.parameters = new TreeMap<>(CASE_INSENSITIVE_ORDER);
        parameters.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                this.parameters.put(key, value);
            }
        });
    }

    /**
     * What Spark knows of columns, by name; nothing once another engine has counted the table's rows, which Spark's
     * numbers then do not go with.
     *
     * @param columns names of data columns
     */
    static Map<String, HiveColumnStatistics> of(Table table, Set<String> columns)
    {
        if (!BasicStatistics.isOfSpark(table.getParameters())) {
            return ImmutableMap.of();
        }
        SparkStatistics statistics = new SparkStatistics(table.getParameters());
        if (statistics.parameters.isEmpty()) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<String, HiveColumnStatistics> result = ImmutableMap.builder();
        for (Column column : table.getDataColumns()) {
            if (columns.contains(column.getName()) && statistics.number(column.getName(), "nullCount").isPresent()) {
                result.put(column.getName(), statistics.column(column));
            }
        }
        return result.buildOrThrow();
    }

    private HiveColumnStatistics column(Column column)
    {
        String name = column.getName();
        OptionalLong nulls = number(name, "nullCount");
        HiveColumnStatistics.Builder result = HiveColumnStatistics.builder().setNullsCount(nulls);
        // Spark leaves null out of the distinct values
        number(name, "distinctCount").ifPresent(distinct -> result.setDistinctValuesWithNullCount(distinct + (nulls.orElse(0) > 0 ? 1 : 0)));
        TypeInfo type = column.getType().getTypeInfo();
        if (type.getCategory() != Category.PRIMITIVE) {
            return result.build();
        }
        switch (((PrimitiveTypeInfo) type).getPrimitiveCategory()) {
            case BYTE, SHORT, INT, LONG -> result.setIntegerStatistics(new IntegerStatistics(integer(name, "min"), integer(name, "max")));
            case FLOAT, DOUBLE -> result.setDoubleStatistics(new DoubleStatistics(real(name, "min"), real(name, "max")));
            case DECIMAL -> result.setDecimalStatistics(new DecimalStatistics(decimal(name, "min"), decimal(name, "max")));
            case DATE -> result.setDateStatistics(new DateStatistics(date(name, "min"), date(name, "max")));
            case STRING, VARCHAR, CHAR, BINARY -> {
                result.setMaxValueSizeInBytes(number(name, "maxLen"));
                real(name, "avgLen").ifPresent(result::setAverageColumnLength);
            }
            case BOOLEAN, TIMESTAMP, TIMESTAMPLOCALTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VARIANT, VOID, UNKNOWN -> {}
        }
        return result.build();
    }

    private Optional<String> text(String column, String value)
    {
        return Optional.ofNullable(parameters.get(PREFIX + column + "." + value));
    }

    private OptionalLong integer(String column, String value)
    {
        return text(column, value).map(Longs::tryParse).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /**
     * A count or a length.
     */
    private OptionalLong number(String column, String value)
    {
        OptionalLong number = integer(column, value);
        return number.orElse(0) < 0 ? OptionalLong.empty() : number;
    }

    private OptionalDouble real(String column, String value)
    {
        return text(column, value).map(Doubles::tryParse).filter(Double::isFinite).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private Optional<BigDecimal> decimal(String column, String value)
    {
        try {
            return text(column, value).map(BigDecimal::new);
        }
        catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Optional<LocalDate> date(String column, String value)
    {
        try {
            return text(column, value).map(LocalDate::parse);
        }
        catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
