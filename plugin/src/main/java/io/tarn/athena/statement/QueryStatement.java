package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * A statement in the language of queries, which Athena has from Trino. It is told by how it begins and otherwise
 * not looked into.
 *
 * @param text as it was written, without a closing semicolon
 */
public record QueryStatement(Kind kind, String text)
        implements AthenaStatement
{
    public enum Kind
    {
        /**
         * SELECT, WITH, VALUES, TABLE, or a query in parentheses.
         */
        SELECT,
        CREATE_TABLE_AS,
        CREATE_VIEW,
        INSERT,
        UPDATE,
        DELETE,
        MERGE,
        UNLOAD,
        PREPARE,
        EXECUTE,
        DEALLOCATE,
        EXPLAIN,
        /**
         * USING EXTERNAL FUNCTION ... SELECT.
         */
        USING_FUNCTION,
        /**/
    }

    public QueryStatement
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
    }
}
