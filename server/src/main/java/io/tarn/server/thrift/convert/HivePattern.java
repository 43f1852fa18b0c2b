package io.tarn.server.thrift.convert;

import com.google.common.base.Splitter;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A pattern of names as Hive has it: {@code *} or {@code .*} is anything, {@code |} separates alternatives, the case
 * does not matter. Matched without regular expressions, so that no pattern can be made to take for ever.
 */
public final class HivePattern
        implements Predicate<String>
{
    private final List<String> alternatives;

    private HivePattern(List<String> alternatives)
    {
        this.alternatives = alternatives;
    }

    /**
     * @param pattern null or empty for every name
     */
    public static HivePattern of(String pattern)
    {
        if (pattern == null || pattern.isEmpty()) {
            return new HivePattern(List.of("*"));
        }
        return new HivePattern(Splitter.on('|').trimResults().splitToList(pattern.replace(".*", "*").toLowerCase(Locale.ENGLISH)));
    }

    @Override
    public boolean test(String name)
    {
        String lower = name.toLowerCase(Locale.ENGLISH);
        return alternatives.stream().anyMatch(alternative -> matches(alternative, lower));
    }

    private static boolean matches(String pattern, String name)
    {
        int position = 0;
        int star = -1;
        int afterStar = 0;
        int index = 0;
        while (index < name.length()) {
            if (position < pattern.length() && pattern.charAt(position) == '*') {
                star = position;
                afterStar = index;
                position++;
            }
            else if (position < pattern.length() && pattern.charAt(position) == name.charAt(index)) {
                position++;
                index++;
            }
            else if (star >= 0) {
                position = star + 1;
                afterStar++;
                index = afterStar;
            }
            else {
                return false;
            }
        }
        while (position < pattern.length() && pattern.charAt(position) == '*') {
            position++;
        }
        return position == pattern.length();
    }
}
