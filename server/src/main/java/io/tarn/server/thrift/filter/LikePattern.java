package io.tarn.server.thrift.filter;

import java.util.regex.Pattern;

/**
 * The patterns of {@code LIKE} in a partition filter. Hive's metastore takes them for SQL's where it asks its database
 * itself, and for regular expressions where it does not; Spark writes {@code .*}. So both ways to say "anything" mean
 * it, {@code .} and {@code _} are any one character, and everything else is itself.
 */
final class LikePattern
{
    private LikePattern() {}

    static Pattern compile(String pattern)
    {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            if (character == '%') {
                regex.append(".*");
            }
            else if (character == '.' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            }
            else if (character == '.' || character == '_') {
                regex.append('.');
            }
            else {
                regex.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
