package io.tarn.quota.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Tables by name: {@code schema.table}, where {@code *} stands for any characters of one of the two. Names are compared
 * without regard to case.
 */
public record TablePattern(String pattern)
{
    /**
     * @throws IllegalArgumentException where the pattern is not {@code schema.table}
     */
    public TablePattern
    {
        requireNonNull(pattern, "pattern is null");
        int dot = pattern.indexOf('.');
        checkArgument(
                dot > 0 && dot == pattern.lastIndexOf('.') && dot < pattern.length() - 1 && pattern.chars().noneMatch(Character::isWhitespace),
                "not schema.table: %s",
                pattern);
        pattern = pattern.toLowerCase(ENGLISH);
    }

    public boolean matches(String schema, String table)
    {
        int dot = pattern.indexOf('.');
        return matchesName(pattern.substring(0, dot), schema.toLowerCase(ENGLISH)) && matchesName(pattern.substring(dot + 1), table.toLowerCase(ENGLISH));
    }

    private static boolean matchesName(String pattern, String name)
    {
        int inPattern = 0;
        int inName = 0;
        int star = -1;
        int afterStar = 0;
        while (inName < name.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                star = inPattern++;
                afterStar = inName;
            }
            else if (inPattern < pattern.length() && pattern.charAt(inPattern) == name.charAt(inName)) {
                inPattern++;
                inName++;
            }
            else if (star >= 0) {
                // the last star takes one character more; those before it need no second try
                inPattern = star + 1;
                inName = ++afterStar;
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
