package io.tarn.server.thrift.convert;

import com.google.common.base.Splitter;
import io.tarn.server.pattern.WildcardPattern;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A pattern of names as Hive has it: {@code *} or {@code .*} is anything, {@code |} separates alternatives, the case
 * does not matter.
 */
public final class HivePattern
        implements Predicate<String>
{
    private final List<WildcardPattern> alternatives;

    private HivePattern(List<WildcardPattern> alternatives)
    {
        this.alternatives = alternatives;
    }

    /**
     * @param pattern null or empty for every name
     */
    public static HivePattern of(String pattern)
    {
        if (pattern == null || pattern.isEmpty()) {
            return new HivePattern(List.of(compile("*")));
        }
        return new HivePattern(Splitter.on('|').trimResults().splitToStream(pattern.replace(".*", "*").toLowerCase(Locale.ENGLISH))
                .map(HivePattern::compile)
                .toList());
    }

    private static WildcardPattern compile(String alternative)
    {
        WildcardPattern.Builder builder = WildcardPattern.builder();
        for (char character : alternative.toCharArray()) {
            if (character == '*') {
                builder.any();
            }
            else {
                builder.literal(character);
            }
        }
        return builder.build();
    }

    @Override
    public boolean test(String name)
    {
        String lower = name.toLowerCase(Locale.ENGLISH);
        return alternatives.stream().anyMatch(alternative -> alternative.test(lower));
    }
}
