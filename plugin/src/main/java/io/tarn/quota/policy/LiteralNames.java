package io.tarn.quota.policy;

import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;

import java.util.Optional;
import java.util.Set;

/**
 * The names that a pattern matches, where it lists them: {@code ann|bob\.smith}.
 */
final class LiteralNames
{
    private static final String SPECIAL = ".*+?()[]{}^$";

    private LiteralNames() {}

    /**
     * @return empty where the pattern is more than a list of names
     */
    static Optional<Set<String>> of(Pattern pattern)
    {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        StringBuilder name = new StringBuilder();
        String text = pattern.pattern();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '|') {
                names.add(name.toString());
                name.setLength(0);
                continue;
            }
            if (character == '\\') {
                i++;
                // a letter or digit after a backslash is a class, a reference or a control character
                if (i == text.length() || Character.isLetterOrDigit(text.charAt(i))) {
                    return Optional.empty();
                }
                character = text.charAt(i);
            }
            else if (SPECIAL.indexOf(character) >= 0) {
                return Optional.empty();
            }
            name.append(character);
        }
        names.add(name.toString());
        return Optional.of(names.build());
    }
}
