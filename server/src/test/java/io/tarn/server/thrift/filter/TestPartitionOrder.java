package io.tarn.server.thrift.filter;

import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestPartitionOrder
{
    private static final List<Column> KEYS = List.of(key("number", HiveType.HIVE_INT), key("word", HiveType.HIVE_STRING));

    private static Column key(String name, HiveType type)
    {
        return new Column(name, type, Optional.empty(), Map.of());
    }

    @Test
    void testOrder()
            throws FilterException
    {
        List<List<String>> values = new ArrayList<>(List.of(List.of("10", "a"), List.of("9", "b"), List.of("9", "a")));
        values.sort(PartitionOrder.parse("0,1:+-", KEYS));
        assertThat(values).containsExactly(List.of("9", "b"), List.of("9", "a"), List.of("10", "a"));
        values.sort(PartitionOrder.parse("1, 0:+-", KEYS));
        assertThat(values).containsExactly(List.of("10", "a"), List.of("9", "a"), List.of("9", "b"));
    }

    @Test
    void testValuesThatAreNone()
            throws FilterException
    {
        // 10 < 1b < 9 as texts, and 9 < 10 as numbers: that would be no order
        List<List<String>> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            values.add(List.of(String.valueOf(i), ""));
            values.add(List.of(i + "b", ""));
        }
        Collections.shuffle(values, new Random(1));
        values.sort(PartitionOrder.parse("0:+", KEYS));
        assertThat(values.subList(0, 100)).extracting(List::getFirst).startsWith("0", "1", "2", "3").endsWith("98", "99");
        assertThat(values.subList(100, 200)).extracting(List::getFirst).startsWith("0b", "10b", "11b").isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0:", ":+", "0,1:+", "2:+", "-1:+", "a:+", "0:+:-", "99999999999:+"})
    void testWrong(String text)
    {
        assertThatThrownBy(() -> PartitionOrder.parse(text, KEYS)).isInstanceOf(FilterException.class).hasMessageContaining("is no order of partitions");
    }
}
