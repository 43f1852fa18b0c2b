package io.tarn.protect;

import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Locale.ENGLISH;

/**
 * Refuses names, patterns and expressions that can never do what they are written for: a rule that silently matches
 * nothing protects nothing.
 */
final class RuleText
{
    // what stands behind a backslash or in brackets has its capitals for a reason, as \S and [^A-Z]
    private static final Pattern EXEMPT = Pattern.compile("\\\\[pP]\\{[^}]*}|\\\\.|\\[[^]]*]");

    private RuleText() {}

    /**
     * @throws IllegalArgumentException where the name has capitals, which Trino's names never have
     */
    static void verifyLowerCase(String name, String member, String kind)
    {
        checkArgument(!name.isBlank(), "%s is empty: name a %s", member, kind);
        String lowerCase = name.toLowerCase(ENGLISH);
        checkArgument(name.equals(lowerCase), "%s is \"%s\", but Trino has the names of its %ss in lower case, so that this never matches: write \"%s\"", member, name, kind, lowerCase);
    }

    /**
     * @throws IllegalArgumentException where the pattern asks for capitals, which Trino's names never have
     */
    static void verifyLowerCase(Pattern pattern, String kind)
    {
        String text = pattern.pattern();
        if (text.contains("(?") || text.contains("|")) {
            return;
        }
        String plain = EXEMPT.matcher(text).replaceAll("");
        checkArgument(
                plain.equals(plain.toLowerCase(ENGLISH)),
                "%s is \"%s\", but Trino has the names of its %ss in lower case, so that this never matches: write \"%s\"",
                kind,
                text,
                kind,
                text.toLowerCase(ENGLISH));
    }

    /**
     * @throws IllegalArgumentException where there is nothing to evaluate
     */
    static void verifyExpression(String expression, String member)
    {
        checkArgument(!expression.isBlank(), "%s is empty: write an SQL expression, or leave the member out", member);
    }
}
