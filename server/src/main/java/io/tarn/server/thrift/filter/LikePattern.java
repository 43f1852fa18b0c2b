package io.tarn.server.thrift.filter;

import io.tarn.server.pattern.WildcardPattern;

/**
 * The patterns of {@code LIKE} in a partition filter. Hive's metastore takes them for SQL's where it asks its database
 * itself, and for regular expressions where it does not; Spark writes {@code .*}. So both ways to say "anything" mean
 * it, {@code .} and {@code _} are any one character, and everything else is itself.
 */
final class LikePattern
{
    private LikePattern() {}

    static WildcardPattern compile(String pattern)
    {
        WildcardPattern.Builder builder = WildcardPattern.builder();
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            if (character == '%') {
                builder.any();
            }
            else if (character == '.' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                builder.any();
                i++;
            }
            else if (character == '.' || character == '_') {
                builder.one();
            }
            else {
                builder.literal(character);
            }
        }
        return builder.build();
    }
}
