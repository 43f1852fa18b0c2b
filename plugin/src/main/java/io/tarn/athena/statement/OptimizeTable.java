package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code OPTIMIZE name REWRITE DATA USING BIN_PACK [WHERE condition]}.
 *
 * @param where the condition's own text, of Athena's queries, not looked into
 */
public record OptimizeTable(TableName table, Optional<String> where)
        implements TableStatement
{
    public OptimizeTable
    {
        requireNonNull(table, "table is null");
        requireNonNull(where, "where is null");
    }
}
