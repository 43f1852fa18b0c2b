package io.tarn.server.glue.expression;

/**
 * SQL's three values.
 */
enum Truth
{
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean value)
    {
        return value ? TRUE : FALSE;
    }

    Truth not()
    {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }
}
