package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW VIEWS [IN|FROM database] [LIKE pattern]}.
 *
 * @param database empty for the session's
 * @param pattern a regular expression of Hive's kind: {@code *} any text, {@code |} or
 */
public record ShowViews(Optional<DatabaseName> database, Optional<String> pattern)
        implements ShowStatement
{
    public ShowViews
    {
        requireNonNull(database, "database is null");
        requireNonNull(pattern, "pattern is null");
    }
}
