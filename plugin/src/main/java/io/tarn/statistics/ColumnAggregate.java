package io.tarn.statistics;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.expression.FunctionName;
import io.trino.spi.statistics.ColumnStatisticMetadata;
import io.trino.spi.statistics.ColumnStatisticType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.util.Set;
import java.util.function.Function;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;

/**
 * What the engine counts of a column, so that a metastore's statistics can be made of it.
 */
enum ColumnAggregate
{
    MIN("min"),
    MAX("max"),
    DISTINCT("approx_distinct"),
    NOT_NULL("count"),
    TRUE("count_if"),
    LONGEST(ColumnStatisticType.MAX_VALUE_SIZE_IN_BYTES),
    BYTES(ColumnStatisticType.TOTAL_SIZE_IN_BYTES);

    private final Function<String, ColumnStatisticMetadata> metadata;

    ColumnAggregate(String function)
    {
        metadata = column -> new ColumnStatisticMetadata(column, name(), new FunctionName(function));
    }

    ColumnAggregate(ColumnStatisticType type)
    {
        metadata = column -> new ColumnStatisticMetadata(column, name(), type);
    }

    ColumnStatisticMetadata of(String column)
    {
        return metadata.apply(column);
    }

    static ColumnAggregate of(ColumnStatisticMetadata metadata)
    {
        return valueOf(metadata.getConnectorAggregationId());
    }

    /**
     * What is counted of a column of the type: what the metastore has a place for, and of nested types nothing.
     */
    static Set<ColumnAggregate> of(Type type)
    {
        if (type.equals(BOOLEAN)) {
            return ImmutableSet.of(NOT_NULL, TRUE);
        }
        if (type.equals(BIGINT) || type.equals(INTEGER) || type.equals(SMALLINT) || type.equals(TINYINT) || type.equals(DOUBLE) || type.equals(REAL)
                || type instanceof DecimalType || type.equals(DATE) || type instanceof TimestampType) {
            return ImmutableSet.of(MIN, MAX, DISTINCT, NOT_NULL);
        }
        if (type instanceof TimestampWithTimeZoneType) {
            return ImmutableSet.of(DISTINCT, NOT_NULL);
        }
        if (type instanceof VarcharType || type instanceof CharType) {
            return ImmutableSet.of(NOT_NULL, DISTINCT, BYTES, LONGEST);
        }
        if (type.equals(VARBINARY)) {
            return ImmutableSet.of(NOT_NULL, BYTES, LONGEST);
        }
        return ImmutableSet.of();
    }
}
