package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW TABLES [IN|FROM database] [[LIKE] pattern]}.
 *
 * @param database empty for the session's
 * @param pattern a regular expression of Hive's kind: {@code *} any text, {@code |} or
 */
public record ShowTables(Optional<DatabaseName> database, Optional<String> pattern)
        implements ShowStatement
{
    public ShowTables
    {
        requireNonNull(database, "database is null");
        requireNonNull(pattern, "pattern is null");
    }
}
