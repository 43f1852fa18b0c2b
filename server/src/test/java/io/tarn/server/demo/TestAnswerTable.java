package io.tarn.server.demo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TestAnswerTable
{
    @Test
    void testNumbersRightTextLeft()
    {
        assertThat(new AnswerTable(12).lines(answer(List.of("page", "requests"), List.of(List.of("Cats/Treats", 7L), Arrays.asList("Dogs", null), List.of("x", 12_345)))))
                .containsExactly(
                        "page         requests",
                        "-----------  --------",
                        "Cats/Treats         7",
                        "Dogs             NULL",
                        "x               12345");
    }

    @Test
    void testHiddenRowsAreCounted()
    {
        assertThat(new AnswerTable(2).lines(answer(List.of("n"), List.of(List.of(1), List.of(2), List.of(3), List.of(40_000)))))
                .containsExactly("n", "-", "1", "2", "(2 more rows)");
        assertThat(new AnswerTable(1).lines(answer(List.of("n"), List.of(List.of(1), List.of(2))))).endsWith("(1 more row)");
    }

    @Test
    void testNoRows()
    {
        assertThat(new AnswerTable(2).lines(answer(List.of("first", "n"), List.of()))).containsExactly("first  n", "-----  -");
    }

    private static Answer answer(List<String> columns, List<List<Object>> rows)
    {
        return new Answer(columns, rows, Duration.ZERO, 0);
    }
}
