package io.tarn.athena.grammar;

/**
 * How a quoted text ends. Athena reads DDL as Hive does and queries as Trino does, and the two disagree:
 * <code>'\'</code> is a string of one character in a query, and the beginning of one in DDL.
 */
enum Quoting
{
    /**
     * A backslash takes the next character's meaning away.
     */
    HIVE,
    /**
     * Only a doubled quote does not end the text.
     */
    TRINO,
    /**/
}
