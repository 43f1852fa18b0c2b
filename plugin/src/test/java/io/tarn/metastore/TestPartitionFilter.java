package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.Int128;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.predicate.Domain.notNull;
import static io.trino.spi.predicate.Domain.onlyNull;
import static io.trino.spi.predicate.Domain.singleValue;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.CharType.createCharType;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.Float.floatToRawIntBits;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

class TestPartitionFilter
{
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    @Test
    void testValuesOfEveryType()
    {
        assertSelects(VARCHAR, utf8Slice("a"), "a", "b");
        assertSelects(createCharType(4), utf8Slice("a"), "a", "b");
        assertSelects(createCharType(4), utf8Slice("a"), "a   ", "a  b");
        assertSelects(TINYINT, 1L, "1", "2");
        assertSelects(SMALLINT, 1L, "1", "2");
        assertSelects(INTEGER, 1L, "1", "2");
        assertSelects(INTEGER, 1L, "01", "-1");
        assertSelects(BIGINT, 1L, "1", "2");
        assertSelects(BOOLEAN, true, "TRUE", "false");
        assertSelects(DOUBLE, 1.5, "1.50", "2");
        assertSelects(REAL, (long) floatToRawIntBits(1.5f), "1.50", "2");
        assertSelects(DATE, LocalDate.of(2018, 1, 6).toEpochDay(), "2018-01-06", "2018-01-07");
        assertSelects(createDecimalType(5, 2), 150L, "1.5", "1.51");
        assertSelects(createDecimalType(30, 2), Int128.valueOf(150L), "1.50", "1.51");
        long micros = LocalDateTime.of(2018, 1, 6, 10, 43, 54).toEpochSecond(UTC) * 1_000_000;
        assertSelects(TIMESTAMP_MILLIS, micros, "2018-01-06 10:43:54", "2018-01-06 10:43:54.001");
        assertSelects(TIMESTAMP_MILLIS, micros, "2018-01-06 10:43:54.0", "2018-01-06");
    }

    @Test
    void testNulls()
    {
        assertThat(test(onlyNull(INTEGER), NULL)).isTrue();
        assertThat(test(onlyNull(INTEGER), "1")).isFalse();
        assertThat(test(notNull(INTEGER), NULL)).isFalse();
        assertThat(test(notNull(INTEGER), "1")).isTrue();
        assertThat(test(Domain.create(ValueSet.of(INTEGER, 1L), true), NULL)).isTrue();
        assertThat(test(Domain.create(ValueSet.of(INTEGER, 1L), true), "2")).isFalse();
    }

    @Test
    void testUnreadableValuesAreKept()
    {
        assertThat(test(singleValue(INTEGER, 1L), "one")).isTrue();
        assertThat(test(singleValue(TINYINT, 1L), "1000")).isTrue();
        assertThat(test(singleValue(DATE, 1L), "6/Jan/2018")).isTrue();
        assertThat(test(singleValue(DATE, 1L), "2018-02-30")).isTrue();
        assertThat(test(singleValue(createDecimalType(5, 2), 1L), "1.234")).isTrue();
        assertThat(test(singleValue(createDecimalType(5, 2), 1L), "1e999999999")).isTrue();
        assertThat(test(singleValue(createDecimalType(5, 2), 1L), "1e-999999999")).isTrue();
        assertThat(test(singleValue(BOOLEAN, true), "yes")).isTrue();
        assertThat(test(singleValue(DOUBLE, 1.0), "NaN")).isTrue();
    }

    @Test
    void testSeveralKeys()
    {
        PartitionFilter filter = new PartitionFilter(
                ImmutableList.of("year", "city"),
                TupleDomain.withColumnDomains(ImmutableMap.of("city", singleValue(VARCHAR, utf8Slice("Bern")), "year", singleValue(INTEGER, 2024L), "data", singleValue(INTEGER, 1L))));
        assertThat(filter.test(List.of("2024", "Bern"))).isTrue();
        assertThat(filter.test(List.of("2023", "Bern"))).isFalse();
        assertThat(filter.test(List.of("2024", "Basel"))).isFalse();
    }

    private static void assertSelects(Type type, Object value, String selected, String other)
    {
        assertThat(test(singleValue(type, value), selected)).isTrue();
        assertThat(test(singleValue(type, value), other)).isFalse();
    }

    private static boolean test(Domain domain, String value)
    {
        return new PartitionFilter(ImmutableList.of("k"), TupleDomain.withColumnDomains(ImmutableMap.of("k", domain))).test(List.of(value));
    }
}
