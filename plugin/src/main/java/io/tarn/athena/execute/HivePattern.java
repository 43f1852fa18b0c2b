package io.tarn.athena.execute;

import com.google.common.base.Splitter;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The patterns that {@code SHOW} statements filter names by: {@code *} is any text, {@code .} any character and
 * {@code |} stands between alternatives, as in Hive, which makes a regular expression of them; nothing else has a
 * meaning, so that matching takes bounded time. Case makes no difference.
 */
final class HivePattern
        implements Predicate<String>
{
    private final List<String> alternatives;

    HivePattern(String pattern)
    {
        // as a regular expression this is the same
        alternatives = Splitter.on('|').splitToList(pattern.strip().toLowerCase(Locale.ENGLISH).replace(".*", "*"));
    }

    @Override
    public boolean test(String name)
    {
        String lowerCase = name.toLowerCase(Locale.ENGLISH);
        return alternatives.stream().anyMatch(alternative -> matches(alternative, lowerCase));
    }

    // goes back to the last star only, and so never further than the name is long for each of its characters
    private static boolean matches(String pattern, String name)
    {
        int inPattern = 0;
        int inName = 0;
        int star = -1;
        int afterStar = 0;
        while (inName < name.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                star = inPattern;
                afterStar = inName;
                inPattern++;
            }
            else if (inPattern < pattern.length() && (pattern.charAt(inPattern) == '.' || pattern.charAt(inPattern) == name.charAt(inName))) {
                inPattern++;
                inName++;
            }
            else if (star >= 0) {
                inPattern = star + 1;
                afterStar++;
                inName = afterStar;
            }
            else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }
}
