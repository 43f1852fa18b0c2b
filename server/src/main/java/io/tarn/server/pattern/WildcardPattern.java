package io.tarn.server.pattern;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;

/**
 * Literal characters, and wildcards for one character and for any number of them. Matching goes back to the last
 * wildcard only, so that no pattern takes longer than its length times that of the text: patterns come from outside.
 */
public final class WildcardPattern
        implements Predicate<String>
{
    private static final int ONE = -1;
    private static final int ANY = -2;

    private final int[] elements;

    private WildcardPattern(int[] elements)
    {
        this.elements = elements;
    }

    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * Whether all of the text is what the pattern says.
     */
    @Override
    public boolean test(String text)
    {
        requireNonNull(text, "text is null");
        int position = 0;
        int at = 0;
        int lastAny = -1;
        int resumeAt = 0;
        while (position < text.length()) {
            if (at < elements.length && elements[at] == ANY) {
                lastAny = at++;
                resumeAt = position;
            }
            else if (at < elements.length && (elements[at] == ONE || elements[at] == text.charAt(position))) {
                at++;
                position++;
            }
            else if (lastAny >= 0) {
                at = lastAny + 1;
                position = ++resumeAt;
            }
            else {
                return false;
            }
        }
        return Arrays.stream(elements, at, elements.length).allMatch(element -> element == ANY);
    }

    public static final class Builder
    {
        private final IntStream.Builder elements = IntStream.builder();

        private Builder() {}

        public Builder literal(char character)
        {
            elements.add(character);
            return this;
        }

        /**
         * Any one character.
         */
        public Builder one()
        {
            elements.add(ONE);
            return this;
        }

        /**
         * Any number of characters, none as well.
         */
        public Builder any()
        {
            elements.add(ANY);
            return this;
        }

        public WildcardPattern build()
        {
            return new WildcardPattern(elements.build().toArray());
        }
    }
}
