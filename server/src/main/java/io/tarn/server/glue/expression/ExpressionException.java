package io.tarn.server.glue.expression;

/**
 * An expression that cannot be understood or applied; the message says where and why.
 */
public final class ExpressionException
        extends RuntimeException
{
    ExpressionException(String message)
    {
        super(message);
    }

    static ExpressionException at(int position, String message)
    {
        return new ExpressionException("Invalid expression at position %s: %s".formatted(position + 1, message));
    }
}
