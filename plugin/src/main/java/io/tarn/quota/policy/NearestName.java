package io.tarn.quota.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Guesses what a misspelt name was meant to be.
 */
final class NearestName
{
    private static final int MAX_LENGTH = 64;

    private NearestName() {}

    static Optional<String> of(String name, Collection<String> known)
    {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        // a name of which more than a third differs is another one
        int worst = 1 + name.length() / 3;
        return known.stream()
                .filter(candidate -> distance(name.toLowerCase(ENGLISH), candidate.toLowerCase(ENGLISH)) <= worst)
                .min(Comparator.comparingInt(candidate -> distance(name.toLowerCase(ENGLISH), candidate.toLowerCase(ENGLISH))));
    }

    /**
     * How many characters have to be put in, left out or changed (Levenshtein).
     */
    private static int distance(String first, String second)
    {
        int[] above = new int[second.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= first.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = above[j - 1] + (first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[second.length()];
    }
}
