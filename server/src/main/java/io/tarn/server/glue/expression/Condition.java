package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;
import io.tarn.server.pattern.WildcardPattern;

import java.util.List;

/**
 * A parsed expression; literals are already of their key's type.
 */
sealed interface Condition
{
    record And(List<Condition> terms)
            implements Condition
    {
        public And
        {
            terms = ImmutableList.copyOf(terms);
        }
    }

    record Or(List<Condition> terms)
            implements Condition
    {
        public Or
        {
            terms = ImmutableList.copyOf(terms);
        }
    }

    record Not(Condition term)
            implements Condition {}

    record Compare(KeyColumn column, Operator operator, Comparable<?> literal)
            implements Condition {}

    record In(KeyColumn column, List<Comparable<?>> literals)
            implements Condition
    {
        public In
        {
            literals = ImmutableList.copyOf(literals);
        }
    }

    /**
     * @param prefix what is before the first wildcard of the pattern
     */
    record Like(KeyColumn column, String prefix, WildcardPattern pattern)
            implements Condition
    {
        /**
         * @param pattern {@code %} is any characters, {@code _} any one
         */
        static Like of(KeyColumn column, String pattern)
        {
            WildcardPattern.Builder builder = WildcardPattern.builder();
            for (char character : pattern.toCharArray()) {
                switch (character) {
                    case '%' -> builder.any();
                    case '_' -> builder.one();
                    default -> builder.literal(character);
                }
            }
            return new Like(column, pattern.split("[%_]", 2)[0], builder.build());
        }
    }

    record IsNull(KeyColumn column)
            implements Condition {}
}
