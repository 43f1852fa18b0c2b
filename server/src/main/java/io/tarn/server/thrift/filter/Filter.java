package io.tarn.server.thrift.filter;

import java.util.List;

/**
 * A condition on partition keys, as it was written. Keys are named in lower case.
 */
sealed interface Filter
{
    record And(List<Filter> parts)
            implements Filter {}

    record Or(List<Filter> parts)
            implements Filter {}

    record Not(Filter part)
            implements Filter {}

    record Comparison(String key, Operator operator, String value)
            implements Filter {}

    record Between(String key, String low, String high)
            implements Filter {}

    record In(String key, List<String> values)
            implements Filter {}

    enum Operator
    {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LIKE;

        /**
         * The operator with its sides exchanged.
         */
        Operator mirrored()
        {
            return switch (this) {
                case EQUAL, NOT_EQUAL, LIKE -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }
}
