package io.tarn.server.glue.expression;

import io.tarn.server.glue.expression.KeyOrder.Range;
import io.tarn.server.glue.expression.KeyOrder.Selection;
import io.tarn.server.glue.expression.PartitionExpression.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static io.tarn.server.glue.expression.KeyOrder.POSITIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

final class TestKeyOrder
{
    private static final List<Key> KEYS = List.of(
            new Key("name", "string"),
            new Key("year", "int"),
            new Key("day", "date"),
            new Key("at", "timestamp"),
            new Key("amount", "decimal(10,2)"),
            new Key("flag", "boolean"));
    private static final List<List<String>> VALUES = List.of(
            List.of("", "a", "ab", "a\u0000", "a\u0001", "a\u0002b", "a/b", "a%2fb", "A", "Z", "é", "\uD7FF", "\uE000", "\uFFFD", "\uD83D\uDE00", "\uD83D", "x".repeat(250), "x".repeat(250) + "y", "x".repeat(199) + "\uD83D\uDE00"),
            List.of("0", "-0", "00", "1", "01", "1.0", "9", "10", "-1", "-9", "-10", "-12", "-123", "2147483647", "-2147483648", "1e5", "1e-5", "123456789012345678901234567890"),
            List.of("1969-12-31", "1970-01-01", "2018-01-07", "2018-01-08", "0001-01-01", "9999-12-31"),
            List.of("1969-12-31 23:59:59.999", "1970-01-01", "2018-01-07 10:43:54.5", "2018-01-07T10:43:54.500", "2018-01-07 10:43", "0001-01-01"),
            List.of("0", "0.1", "0.10", "-0.1", "0.01", "1.5", "-1.5", "99999999.99"),
            List.of("true", "FALSE", "false"));

    @Test
    void testOrderIsThatOfTheValues()
    {
        for (int key = 0; key < KEYS.size(); key++) {
            KeyType type = KeyType.of(KEYS.get(key).type());
            for (String left : VALUES.get(key)) {
                for (String right : VALUES.get(key)) {
                    if (unlike(left) || unlike(right)) {
                        continue;
                    }
                    int positions = Integer.signum(POSITIONS.compare(KeyPosition.of(type, left), KeyPosition.of(type, right)));
                    assertThat(positions).as("%s of '%s' and '%s'", type, left, right).isEqualTo(Integer.signum(compare(type.parse(left), type.parse(right))));
                }
            }
        }
    }

    // strings whose order by UTF-16 is another one, and those that share a position
    private static boolean unlike(String value)
    {
        return value.length() > 100 || value.chars().anyMatch(character -> character > '\uD7FF');
    }

    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> left, Comparable<?> right)
    {
        return ((Comparable<Object>) left).compareTo(right);
    }

    @Test
    void testPositionsCompareAsTheirBytes()
    {
        List<String> positions = VALUES.getFirst().stream().map(value -> KeyPosition.of(KeyType.STRING, value)).toList();
        for (String left : positions) {
            for (String right : positions) {
                assertThat(Integer.signum(POSITIONS.compare(left, right)))
                        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "year = 2018 | 1",
            "year = 2018 AND name = 'a' | 2",
            "name = 'a' AND year IN (1, 2, 3) AND day > '2018-01-01' | 3",
            "year BETWEEN 1 AND 5 AND name = 'a' | 1",
            "name = 'a' | 0",
            "year = 1 OR name = 'a' | 0",
            "NOT year = 1 | 0",
            "year IS NOT NULL | 1",
            "year IS NULL AND name LIKE 'a%' | 2",
            "flag = true | 0",
    })
    void testKeysThatNarrow(String expression, int keys)
    {
        assertThat(KeyOrder.of(KEYS, List.of("year", "name", "day")).select(PartitionExpression.parse(expression, KEYS)).keys()).isEqualTo(keys);
    }

    /**
     * No partition that an expression selects stands outside its ranges, whatever the expression and the index.
     */
    @Test
    void testNothingIsMissed()
    {
        Random random = new Random(6);
        List<List<String>> partitions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<String> values = new ArrayList<>();
            for (List<String> candidates : VALUES) {
                values.add(random.nextInt(8) == 0 ? PartitionExpression.NULL_VALUE : candidates.get(random.nextInt(candidates.size())));
            }
            partitions.add(values);
        }
        int selected = 0;
        int narrowed = 0;
        for (int i = 0; i < 1000; i++) {
            String text = condition(random, 3);
            PartitionExpression expression = PartitionExpression.parse(text, KEYS);
            List<String> names = new ArrayList<>(KEYS.stream().map(Key::name).toList());
            Collections.shuffle(names, random);
            KeyOrder order = KeyOrder.of(KEYS, names.subList(0, 1 + random.nextInt(3)));
            Selection selection = order.select(expression);
            String last = "";
            for (Range range : selection.ranges()) {
                assertThat(POSITIONS.compare(last, range.low())).as("ranges of %s are in order", text).isLessThanOrEqualTo(0);
                assertThat(POSITIONS.compare(range.low(), range.high())).isNegative();
                last = range.high();
            }
            for (List<String> values : partitions) {
                String position = order.position(values);
                boolean inside = selection.ranges().stream().anyMatch(range -> POSITIONS.compare(range.low(), position) <= 0 && POSITIONS.compare(position, range.high()) < 0);
                if (!inside) {
                    narrowed++;
                    assertThat(expression.matches(values)).as("%s selects %s, index over %s", text, values, names).isFalse();
                }
                else if (expression.matches(values)) {
                    selected++;
                }
            }
        }
        // the test tells something only where there is something to miss
        assertThat(selected).isGreaterThan(10_000);
        assertThat(narrowed).isGreaterThan(10_000);
    }

    private static String condition(Random random, int depth)
    {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(5)) {
                case 0 -> "NOT (" + condition(random, depth - 1) + ")";
                case 1, 2 -> "(" + condition(random, depth - 1) + " OR " + condition(random, depth - 1) + ")";
                default -> "(" + condition(random, depth - 1) + " AND " + condition(random, depth - 1) + ")";
            };
        }
        int key = random.nextInt(KEYS.size());
        String name = KEYS.get(key).name();
        return switch (random.nextInt(key == 0 ? 6 : 5)) {
            case 0 -> name + " IN (" + literal(random, key) + ", " + literal(random, key) + ", " + literal(random, key) + ")";
            case 1 -> name + " BETWEEN " + literal(random, key) + " AND " + literal(random, key);
            case 2 -> name + " IS " + (random.nextBoolean() ? "NOT " : "") + "NULL";
            case 5 -> name + " LIKE '" + VALUES.getFirst().get(random.nextInt(VALUES.getFirst().size())) + "%'";
            default -> name + List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ").get(random.nextInt(6)) + literal(random, key);
        };
    }

    private static String literal(Random random, int key)
    {
        return "'" + VALUES.get(key).get(random.nextInt(VALUES.get(key).size())) + "'";
    }

    @Test
    void testManyValuesAreStillFewRanges()
    {
        String many = IntStream.range(0, 300).mapToObj(Integer::toString).collect(joining(", "));
        KeyOrder order = KeyOrder.of(KEYS, List.of("year", "amount"));
        Selection selection = order.select(PartitionExpression.parse("year IN (" + many + ") AND amount IN (1, 2, 3, 4)", KEYS));
        assertThat(selection.keys()).isEqualTo(1);
        assertThat(selection.ranges()).hasSize(301);
    }
}
