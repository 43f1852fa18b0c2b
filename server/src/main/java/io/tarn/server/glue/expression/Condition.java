package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;

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
     * @param pattern LIKE's, not compiled: {@code %} any characters, {@code _} any one
     */
    record Like(KeyColumn column, String pattern)
            implements Condition {}

    record IsNull(KeyColumn column)
            implements Condition {}
}
