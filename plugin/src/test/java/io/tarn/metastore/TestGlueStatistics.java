package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBasicStatistics;
import io.trino.metastore.HiveColumnStatistics;
import io.trino.metastore.HiveType;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.LongColumnStatisticsData;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.tarn.metastore.GlueStatistics.toColumnStatistics;
import static io.tarn.metastore.GlueStatistics.toGlueStatistics;
import static io.trino.metastore.HiveColumnStatistics.createBinaryColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createBooleanColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDateColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDecimalColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createDoubleColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createIntegerColumnStatistics;
import static io.trino.metastore.HiveColumnStatistics.createStringColumnStatistics;
import static org.assertj.core.api.Assertions.assertThat;

class TestGlueStatistics
{
    private static final OptionalLong NULLS = OptionalLong.of(5);
    private static final OptionalLong DISTINCT = OptionalLong.of(11);

    @Test
    void testRoundTrip()
    {
        assertRoundTrip("boolean", createBooleanColumnStatistics(OptionalLong.of(1), OptionalLong.of(2), NULLS));
        assertRoundTrip("bigint", createIntegerColumnStatistics(OptionalLong.of(Long.MIN_VALUE), OptionalLong.of(-1), NULLS, DISTINCT));
        assertRoundTrip("double", createDoubleColumnStatistics(OptionalDouble.of(-1.5), OptionalDouble.of(Double.MAX_VALUE), NULLS, DISTINCT));
        assertRoundTrip("decimal(20,3)", createDecimalColumnStatistics(Optional.of(new BigDecimal("-12345678901234567.891")), Optional.of(new BigDecimal("0.000")), NULLS, DISTINCT));
        assertRoundTrip("date", createDateColumnStatistics(Optional.of(LocalDate.of(1900, 1, 1)), Optional.of(LocalDate.of(2024, 2, 29)), NULLS, DISTINCT));
        assertRoundTrip("string", createStringColumnStatistics(OptionalLong.of(100), OptionalDouble.of(3.25), NULLS, DISTINCT));
        assertRoundTrip("varchar(10)", createStringColumnStatistics(OptionalLong.of(10), OptionalDouble.of(3.25), NULLS, DISTINCT));
        assertRoundTrip("char(10)", createStringColumnStatistics(OptionalLong.of(10), OptionalDouble.of(3.25), NULLS, DISTINCT));
        assertRoundTrip("binary", createBinaryColumnStatistics(OptionalLong.of(10), OptionalDouble.of(3.25), NULLS));
    }

    @Test
    void testWhatGlueHasNoFormFor()
    {
        assertNotWritten("bigint", createIntegerColumnStatistics(OptionalLong.empty(), OptionalLong.of(1), NULLS, DISTINCT));
        assertNotWritten("double", createDoubleColumnStatistics(OptionalDouble.of(0), OptionalDouble.empty(), NULLS, DISTINCT));
        assertNotWritten("double", createDoubleColumnStatistics(OptionalDouble.of(0), OptionalDouble.of(Double.POSITIVE_INFINITY), NULLS, DISTINCT));
        assertNotWritten("decimal(5,2)", createDecimalColumnStatistics(Optional.empty(), Optional.empty(), NULLS, DISTINCT));
        assertNotWritten("date", createDateColumnStatistics(Optional.empty(), Optional.empty(), NULLS, DISTINCT));
        assertNotWritten("array<int>", createStringColumnStatistics(OptionalLong.of(1), OptionalDouble.of(1), NULLS, DISTINCT));
        assertNotWritten("timestamp", HiveColumnStatistics.empty());
    }

    @Test
    void testUnknownAndMissing()
    {
        assertThat(toColumnStatistics(List.of(
                ColumnStatistics.builder().columnName("none").build(),
                ColumnStatistics.builder().columnName("new").statisticsData(ColumnStatisticsData.builder().type("TENSOR").build()).build(),
                ColumnStatistics.builder().columnName("untyped").statisticsData(ColumnStatisticsData.builder().build()).build(),
                ColumnStatistics.builder().columnName("hollow").statisticsData(ColumnStatisticsData.builder().type("DATE").build()).build(),
                ColumnStatistics.builder().columnName("partly").statisticsData(ColumnStatisticsData.builder()
                        .type("LONG")
                        .longColumnStatisticsData(LongColumnStatisticsData.builder().numberOfNulls(-1L).maximumValue(3L).build())
                        .build()).build())))
                .isEqualTo(ImmutableMap.of("partly", createIntegerColumnStatistics(OptionalLong.empty(), OptionalLong.of(3), OptionalLong.empty(), OptionalLong.empty())));
    }

    @Test
    void testBasicStatistics()
    {
        HiveBasicStatistics statistics = new HiveBasicStatistics(1, 2, 3, 4);
        assertThat(BasicStatistics.inParameters(ImmutableMap.of("numRows", "99", "other", "x"), statistics))
                .isEqualTo(ImmutableMap.of("other", "x", "numFiles", "1", "numRows", "2", "rawDataSize", "3", "totalSize", "4"));
        assertThat(BasicStatistics.fromParameters(BasicStatistics.inParameters(ImmutableMap.of(), statistics))).isEqualTo(statistics);
        assertThat(BasicStatistics.inParameters(ImmutableMap.of("numRows", "99", "totalSize", "1"), HiveBasicStatistics.createEmptyStatistics())).isEmpty();
        assertThat(BasicStatistics.fromParameters(ImmutableMap.of("numRows", "-1", "totalSize", "much")))
                .isEqualTo(HiveBasicStatistics.createEmptyStatistics());
    }

    private static void assertRoundTrip(String type, HiveColumnStatistics statistics)
    {
        ColumnStatistics glue = toGlueStatistics(column(type), statistics, Instant.EPOCH).orElseThrow();
        assertThat(glue.columnType()).isEqualTo(type);
        assertThat(toColumnStatistics(List.of(glue))).isEqualTo(ImmutableMap.of("c", statistics));
    }

    private static void assertNotWritten(String type, HiveColumnStatistics statistics)
    {
        assertThat(toGlueStatistics(column(type), statistics, Instant.EPOCH)).isEmpty();
    }

    private static Column column(String type)
    {
        return new Column("c", HiveType.valueOf(type), Optional.empty(), ImmutableMap.of());
    }
}
