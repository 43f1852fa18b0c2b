package io.tarn.coerce;

import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;

/**
 * The error about a value that the table's type cannot hold.
 */
record DoesNotFit(String column, Type from, Type to)
{
    TrinoException of(Object value)
    {
        return new TrinoException(TARN_SCHEMA_MISMATCH, "Value '%s' in %s is of type %s and does not fit the table's type %s. Declare the column wide enough, or with the file's type."
                .formatted(value, column, from, to));
    }
}
