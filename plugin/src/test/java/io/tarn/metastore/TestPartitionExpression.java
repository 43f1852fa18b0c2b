package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slice;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.Int128;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.metastore.PartitionExpression.MAX_BYTES;
import static io.trino.spi.predicate.Domain.multipleValues;
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
import static io.trino.spi.type.VarcharType.createVarcharType;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestPartitionExpression
{
    @Test
    void testStrings()
    {
        assertThat(expression("k", singleValue(VARCHAR, utf8Slice("Dogs")))).isEqualTo("(k = 'Dogs')");
        assertThat(expression("k", singleValue(createVarcharType(10), utf8Slice("Dogs")))).isEqualTo("(k = 'Dogs')");
        assertThat(expression("k", strings("a", "b", "c"))).isEqualTo("(k IN ('a', 'b', 'c'))");
        assertThat(expression("k", range(VARCHAR, utf8Slice("a"), utf8Slice("m")))).isEqualTo("((k >= 'a' AND k < 'm'))");
        assertThat(expression("k", Domain.create(ValueSet.ofRanges(Range.greaterThan(VARCHAR, utf8Slice("m"))), false))).isEqualTo("(k > 'm')");
        assertThat(expression("k", Domain.create(ValueSet.ofRanges(Range.lessThanOrEqual(VARCHAR, utf8Slice("m")), Range.equal(VARCHAR, utf8Slice("x"))), false)))
                .isEqualTo("(k <= 'm' OR k = 'x')");
    }

    @Test
    void testQuotesAndUnicode()
    {
        assertThat(expression("k", singleValue(VARCHAR, utf8Slice("O'Brien's")))).isEqualTo("(k = 'O''Brien''s')");
        assertThat(expression("k", singleValue(VARCHAR, utf8Slice("' OR '1'='1")))).isEqualTo("(k = ''' OR ''1''=''1')");
        assertThat(expression("k", singleValue(VARCHAR, utf8Slice("Zürich 東京 🐕")))).isEqualTo("(k = 'Zürich 東京 🐕')");
        // what one side may read otherwise than the other is not said
        assertThat(expression("k", singleValue(VARCHAR, utf8Slice("a\\")))).isEmpty();
        assertThat(expression("k", strings("a", "b\nc"))).isEmpty();
        assertThat(expression("k", range(VARCHAR, utf8Slice("a"), utf8Slice("🐕")))).isEmpty();
        assertThat(expression("k", range(VARCHAR, utf8Slice("a"), utf8Slice("ü")))).isEqualTo("((k >= 'a' AND k < 'ü'))");
    }

    @Test
    void testNumbersAndDates()
    {
        assertThat(expression("k", singleValue(TINYINT, 7L))).isEqualTo("(k = 7)");
        assertThat(expression("k", singleValue(SMALLINT, -7L))).isEqualTo("(k = -7)");
        assertThat(expression("k", singleValue(INTEGER, 2024L))).isEqualTo("(k = 2024)");
        assertThat(expression("k", multipleValues(BIGINT, List.of(1L, Long.MAX_VALUE)))).isEqualTo("(k IN (1, 9223372036854775807))");
        assertThat(expression("k", range(BIGINT, 1L, 10L))).isEqualTo("((k >= 1 AND k < 10))");
        assertThat(expression("k", singleValue(createDecimalType(5, 2), 12345L))).isEqualTo("(k = 123.45)");
        assertThat(expression("k", singleValue(createDecimalType(30, 2), Int128.valueOf(12345L)))).isEqualTo("(k = 123.45)");
        assertThat(expression("k", singleValue(DATE, LocalDate.of(2018, 1, 6).toEpochDay()))).isEqualTo("(k = '2018-01-06')");
        assertThat(expression("k", range(DATE, LocalDate.of(2018, 1, 6).toEpochDay(), LocalDate.of(2019, 1, 6).toEpochDay())))
                .isEqualTo("((k >= '2018-01-06' AND k < '2019-01-06'))");
        assertThat(expression("k", singleValue(DATE, LocalDate.of(12345, 1, 1).toEpochDay()))).isEmpty();
    }

    @Test
    void testNulls()
    {
        assertThat(expression("k", onlyNull(VARCHAR))).isEqualTo("(k = '__HIVE_DEFAULT_PARTITION__')");
        assertThat(expression("k", notNull(VARCHAR))).isEqualTo("(k <> '__HIVE_DEFAULT_PARTITION__')");
        assertThat(expression("k", Domain.create(ValueSet.of(VARCHAR, utf8Slice("a")), true))).isEqualTo("(k = 'a' OR k = '__HIVE_DEFAULT_PARTITION__')");
        // Glue cannot compare a number or date with the name of the null partition
        for (Type type : List.of(INTEGER, DATE)) {
            assertThat(expression("k", onlyNull(type))).isEmpty();
            assertThat(expression("k", notNull(type))).isEmpty();
            assertThat(expression("k", Domain.create(ValueSet.of(type, 1L), true))).isEmpty();
        }
    }

    @Test
    void testWhatGlueCannotEvaluate()
    {
        assertThat(expression("k", singleValue(BOOLEAN, true))).isEmpty();
        assertThat(expression("k", singleValue(DOUBLE, 1.0))).isEmpty();
        assertThat(expression("k", singleValue(REAL, 1L))).isEmpty();
        assertThat(expression("k", singleValue(createCharType(3), utf8Slice("a")))).isEmpty();
        assertThat(expression("k", singleValue(TIMESTAMP_MILLIS, 1000L))).isEmpty();
        assertThat(expression("k", Domain.all(VARCHAR))).isEmpty();
        for (String name : List.of("date-hour", "größe", "order", "key", "a b", "x' OR '1", "1st")) {
            assertThat(expression(name, singleValue(INTEGER, 1L))).isEmpty();
        }
        // not reserved, though they are words
        for (String name : List.of("year", "month", "day", "dt", "date", "timestamp")) {
            assertThat(expression(name, singleValue(INTEGER, 1L))).isEqualTo("(%s = 1)", name);
        }
    }

    @Test
    void testSeveralKeys()
    {
        TupleDomain<String> filter = TupleDomain.withColumnDomains(ImmutableMap.of(
                "year", singleValue(INTEGER, 2024L),
                "flag", singleValue(BOOLEAN, true),
                "city", strings("Bern", "Basel"),
                "other", singleValue(INTEGER, 1L)));
        assertThat(PartitionExpression.of(ImmutableList.of("city", "flag", "year"), filter)).isEqualTo("(city IN ('Basel', 'Bern')) AND (year = 2024)");
        assertThat(PartitionExpression.of(ImmutableList.of("year"), TupleDomain.all())).isEmpty();
        assertThatThrownBy(() -> PartitionExpression.of(ImmutableList.of("year"), TupleDomain.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void testLongListsBecomeRanges()
    {
        Domain numbers = multipleValues(BIGINT, LongStream.range(0, 5000).map(number -> number * 2).boxed().toList());
        assertThat(expression("k", numbers)).isEqualTo("((k >= 0 AND k <= 9998))");

        Domain words = strings(IntStream.range(0, 1000).mapToObj("word%04d"::formatted).toArray(String[]::new));
        assertThat(expression("k", words)).isEqualTo("((k >= 'word0000' AND k <= 'word0999'))");

        // a list that fits alone, but not beside another
        Domain many = multipleValues(BIGINT, LongStream.range(0, 220).map(number -> number * 1000 + 1_000_000).boxed().toList());
        assertThat(expression("k", many)).contains(" IN (").hasSizeLessThanOrEqualTo(MAX_BYTES);
        String both = PartitionExpression.of(ImmutableList.of("a", "b"), TupleDomain.withColumnDomains(ImmutableMap.of("a", many, "b", many)));
        assertThat(both).startsWith("(a IN (").endsWith(" AND ((b >= 1000000 AND b <= 1219000))").hasSizeLessThanOrEqualTo(MAX_BYTES);

        // bytes count, not characters
        Domain umlauts = strings(IntStream.range(0, 180).mapToObj("ü%03düü"::formatted).toArray(String[]::new));
        assertThat(expression("k", umlauts).getBytes(UTF_8).length).isLessThanOrEqualTo(MAX_BYTES);

        // not even the range fits
        assertThat(expression("k", range(VARCHAR, utf8Slice("a".repeat(1500)), utf8Slice("b".repeat(1500))))).isEmpty();
    }

    private static String expression(String column, Domain domain)
    {
        return PartitionExpression.of(ImmutableList.of(column), TupleDomain.withColumnDomains(ImmutableMap.of(column, domain)));
    }

    private static Domain strings(String... values)
    {
        return multipleValues(VARCHAR, List.of(values).stream().<Slice>map(value -> utf8Slice(value)).toList());
    }

    private static Domain range(Type type, Object low, Object high)
    {
        return Domain.create(ValueSet.ofRanges(Range.range(type, low, true, high, false)), false);
    }
}
