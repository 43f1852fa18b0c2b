package io.tarn.quota.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.Optional;
import java.util.regex.MatchResult;

import static java.lang.Math.max;

/**
 * Compiles the regular expressions of a policy. RE2 matches in linear time but writes repetitions out, so that nested
 * ones grow without bound: what they can grow to is bounded before they are compiled.
 */
final class PatternReader
{
    static final int MAX_LENGTH = 1000;
    private static final int MAX_SIZE = 10_000;
    private static final int MAX_TOTAL_SIZE = 2_000_000;
    // as RE2 itself has it
    private static final int MAX_COUNT = 1000;
    private static final java.util.regex.Pattern COUNTS = java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private long totalSize;

    Optional<Pattern> read(PolicyNode node)
    {
        return node.convert(node.text("a regular expression"), this::compile);
    }

    private Pattern compile(String text)
    {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a regular expression of at most %s characters".formatted(MAX_LENGTH));
        }
        long size = text.length();
        for (MatchResult counts : COUNTS.matcher(text).results().toList()) {
            int least = Integer.parseInt(counts.group(1));
            int most = counts.group(2) == null || counts.group(2).isEmpty() ? least : Integer.parseInt(counts.group(2));
            // what is larger is refused by the compiler
            size = Math.min(MAX_SIZE + 1, size * Math.clamp(max(least, most), 1, MAX_COUNT));
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException("a regular expression whose length times all its repetition counts is at most %s".formatted(MAX_SIZE));
        }
        totalSize += size;
        if (totalSize > MAX_TOTAL_SIZE) {
            throw new IllegalArgumentException("shorter: all regular expressions of the file together are too large");
        }
        try {
            return Pattern.compile(text);
        }
        catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("a regular expression in RE2 syntax (%s)".formatted(e.getDescription()), e);
        }
    }
}
