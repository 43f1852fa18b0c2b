package io.tarn.athena.statement;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * {@code column operator value}: what a partition to be dropped is held against.
 *
 * @param column in lower case
 * @param value what stood in the quotes, or the number or word as it was written without
 */
public record PartitionCondition(String column, Operator operator, String value)
{
    public enum Operator
    {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        /**/;

        private final String symbol;

        Operator(String symbol)
        {
            this.symbol = symbol;
        }

        public String symbol()
        {
            return symbol;
        }
    }

    public PartitionCondition
    {
        column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
        requireNonNull(operator, "operator is null");
        requireNonNull(value, "value is null");
    }
}
