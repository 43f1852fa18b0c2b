package io.tarn.server.glue.expression;

import io.tarn.server.glue.expression.PartitionExpression.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestPartitionExpression
{
    private static final List<Key> KEYS = List.of(
            new Key("name", "string"),
            new Key("year", "int"),
            new Key("day", "date"),
            new Key("at", "timestamp"),
            new Key("amount", "decimal(10,2)"),
            new Key("date", "varchar(10)"),
            new Key("flag", "boolean"));
    private static final List<String> VALUES = List.of("Dogs", "08", "2018-01-07", "2018-01-07 10:43:54.5", "1.50", "x", "true");
    private static final List<String> NULLS = KEYS.stream().map(_ -> PartitionExpression.NULL_VALUE).toList();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "name = 'Dogs' | true",
            "name = 'dogs' | false",
            "'Dogs' = name | true",
            "name <> 'Cats' | true",
            "name != 'Dogs' | false",
            "NAME >= 'Cats' and name < 'Fish' | true",
            "`name` = 'Dogs' | true",
            "\"name\" = 'Dogs' | true",
            "name in ('Cats', 'Dogs') | true",
            "name not in ('Cats', 'Dogs') | false",
            "name like 'D%' | true",
            "name like '_og_' | true",
            "name like 'D_g' | false",
            "name not like '%x%' | true",
            "name like '%' | true",
            "name between 'Cats' and 'Fish' | true",
            "name is null | false",
            "name is not null | true",
            "year = 8 | true",
            "year = '8' | true",
            "year = 8.0 | true",
            "year = 8e0 | true",
            "year < 10 | true",
            "10 > year | true",
            "year > 10 | false",
            "year > -1 | true",
            "year in (7, 9) | false",
            "year between 8 and 8 | true",
            "year not between 8 and 8 | false",
            "day = '2018-01-07' | true",
            "day > DATE '2017-12-31' | true",
            "day < '2018-01-07' | false",
            "at = '2018-01-07T10:43:54.500' | true",
            "at > TIMESTAMP '2018-01-07 10:43:54' | true",
            "at < '2018-01-08' | true",
            "amount = 1.5 | true",
            "amount > 1.499 | true",
            "date = 'x' | true",
            "flag = true | true",
            "flag = 'FALSE' | false",
            "not name = 'Dogs' | false",
            "not not name = 'Dogs' | true",
            "name = 'Dogs' or year = 1 and year = 2 | true",
            "(name = 'Dogs' or year = 1) and year = 2 | false",
            "name = 'Cats' or name = 'Birds' or year=8 | true",
            "(((name = 'Dogs'))) | true",
            "name = '__HIVE_DEFAULT_PARTITION__' | false",
            "year <> '__HIVE_DEFAULT_PARTITION__' | true",
    })
    void testMatches(String expression, boolean expected)
    {
        assertThat(PartitionExpression.parse(expression, KEYS).matches(VALUES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "name is null | true",
            "name is not null | false",
            "year = '__HIVE_DEFAULT_PARTITION__' | true",
            "year in (1, '__HIVE_DEFAULT_PARTITION__') | true",
            "year <> '__HIVE_DEFAULT_PARTITION__' | false",
            "name = 'a' | false",
            "not name = 'a' | false",
            "name <> 'a' | false",
            "year < 5 or year >= 5 | false",
            "name like '%' | false",
            "name not like 'a' | false",
            "year not in (5) | false",
            "year = 5 or name is null | true",
            "not (year = 5 and name is not null) | true",
    })
    void testNull(String expression, boolean expected)
    {
        assertThat(PartitionExpression.parse(expression, KEYS).matches(NULLS)).isEqualTo(expected);
    }

    @Test
    void testQuotesAreEscapedByDoubling()
    {
        List<Key> keys = List.of(new Key("a\"b", "string"));
        assertThat(PartitionExpression.parse("\"a\"\"b\" = 'it''s'", keys).matches(List.of("it's"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "name = | position 7: expected a literal, found the end",
            "name 'x' | position 6: expected a comparison, found 'x'",
            "nome = 'x' | position 1: 'nome' is not a partition key; the table has [name, year",
            "name = 'x | position 8: the quote ' is never closed",
            "name = 'x' year = 1 | position 12: expected AND, OR or the end, found 'year'",
            "name = 'x' and | position 15: expected a partition key, found the end",
            "(name = 'x' | position 12: expected ), found the end",
            "name = 'x') | position 11: expected AND, OR or the end",
            "name in () | position 10: expected a literal, found ')'",
            "name not = 'x' | position 10: expected IN, BETWEEN or LIKE after NOT",
            "name = 'x'; drop table t | position 11: the character ';' has no meaning",
            "year = 1x | position 8: '1x' is not a number",
            "year = 'abc' | position 8: the literal for year is 'abc', which is not a number",
            "day = '2018-02-30' | position 7: the literal for day is '2018-02-30', which is not a date",
            "at = 'noon' | which is not a timestamp",
            "flag = 'maybe' | which is not a boolean",
            "year like '1%' | position 11: LIKE compares a key of a string type",
            "name = year | position 8: expected a literal, found 'year'",
            "1 = 1 | position 5: '1' is not a partition key",
            "name is 'x' | expected NULL, found 'x'",
            "name between 'a' or 'b' | expected AND, found 'or'",
            "year = 1e99999 | is not a number",
    })
    void testRefused(String expression, String message)
    {
        assertThatThrownBy(() -> PartitionExpression.parse(expression, KEYS))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not ", "((not "})
    void testDepthIsBounded(String opening)
    {
        assertThatThrownBy(() -> PartitionExpression.parse(opening.repeat(300), KEYS))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("nested deeper than 100");
    }

    @Test
    void testLengthIsBounded()
    {
        String expression = "name = '" + "x".repeat(PartitionExpression.MAX_LENGTH - 9) + "'";
        assertThat(expression).hasSize(PartitionExpression.MAX_LENGTH);
        assertThat(PartitionExpression.parse(expression, KEYS).matches(VALUES)).isFalse();
        assertThatThrownBy(() -> PartitionExpression.parse(expression + " ", KEYS))
                .hasMessage("The expression is 2049 characters long, the limit is 2048");
    }

    @Test
    void testValueOfAnotherType()
    {
        List<Key> keys = List.of(new Key("year", "int"));
        PartitionExpression expression = PartitionExpression.parse("year > 1", keys);
        assertThatThrownBy(() -> expression.matches(List.of("abc")))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Partition [abc]: the value of year is 'abc', which is not a number");
    }

    @Test
    void testHostilePatternTakesLinearTime()
    {
        // a matcher that goes back to every % would not come to an end
        PartitionExpression expression = PartitionExpression.parse("name like '" + "%a".repeat(900) + "b'", List.of(new Key("name", "string")));
        assertThat(expression.matches(List.of("a".repeat(1024)))).isFalse();
    }
}
