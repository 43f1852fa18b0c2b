package io.tarn.connector.procedure;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;

/**
 * Checks what procedures are called with.
 */
final class ProcedureArguments
{
    private ProcedureArguments() {}

    static <T> T required(String name, T value)
    {
        if (value == null) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, name + " cannot be null");
        }
        return value;
    }

    static SchemaTableName tableName(String schema, String table)
    {
        return new SchemaTableName(notEmpty("schema_name", schema), notEmpty("table_name", table));
    }

    static String notEmpty(String name, String value)
    {
        if (required(name, value).isEmpty()) {
            throw new TrinoException(INVALID_PROCEDURE_ARGUMENT, name + " cannot be empty");
        }
        return value;
    }
}
