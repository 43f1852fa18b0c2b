package io.tarn.server.thrift.filter;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import io.trino.metastore.Column;

import java.util.Comparator;
import java.util.List;

/**
 * An order of partitions as Hive writes it: numbers of keys and their directions, as {@code 1,0:+-}.
 */
public final class PartitionOrder
{
    private PartitionOrder() {}

    /**
     * @return an order of the values of partitions
     * @throws FilterException where the text is no order of these keys
     */
    public static Comparator<List<String>> parse(String text, List<Column> keys)
            throws FilterException
    {
        List<String> parts = Splitter.on(':').splitToList(text);
        List<String> numbers = Splitter.on(',').trimResults().splitToList(parts.getFirst());
        if (parts.size() != 2 || parts.getLast().length() != numbers.size()) {
            throw invalid(text);
        }
        Comparator<List<String>> order = (_, _) -> 0;
        for (int i = 0; i < numbers.size(); i++) {
            Integer number = Ints.tryParse(numbers.get(i));
            if (number == null || number < 0 || number >= keys.size()) {
                throw invalid(text);
            }
            KeyKind kind = KeyKind.of(keys.get(number).getType());
            Comparator<List<String>> next = (first, second) -> kind.compare(first.get(number), second.get(number));
            order = order.thenComparing(parts.getLast().charAt(i) == '-' ? next.reversed() : next);
        }
        return order;
    }

    private static FilterException invalid(String text)
    {
        return new FilterException("'%s' is no order of partitions: write it as 0,1:+-".formatted(text));
    }
}
