package io.tarn.server.glue;

import io.airlift.slice.Slices;
import io.trino.re2j.Pattern;
import io.trino.re2j.PatternSyntaxException;

import java.util.function.Predicate;

import static io.tarn.server.glue.GlueErrors.invalidInput;

/**
 * The pattern in {@code GetTables} and {@code GetUserDefinedFunctions}: a regular expression that must match the whole
 * name, whatever their case, in which {@code *} after a character of a name stands for anything, as in Hive. Matched in linear time.
 */
final class NamePattern
        implements Predicate<String>
{
    private final Pattern pattern;

    private NamePattern(Pattern pattern)
    {
        this.pattern = pattern;
    }

    /**
     * @throws io.tarn.server.aws.AwsException {@code InvalidInputException} where it is no regular expression
     */
    static NamePattern compile(String text)
    {
        try {
            return new NamePattern(Pattern.compile("(?i)" + expandStars(text)));
        }
        catch (PatternSyntaxException e) {
            throw invalidInput("'%s' is not a pattern of names: %s".formatted(text, e.getMessage()));
        }
    }

    @Override
    public boolean test(String name)
    {
        return pattern.matches(Slices.utf8Slice(name));
    }

    private static String expandStars(String text)
    {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean repeats = i > 0 && ".)]}\\".indexOf(text.charAt(i - 1)) >= 0;
            regex.append(character == '*' && !repeats ? ".*" : character);
        }
        return regex.toString();
    }
}
