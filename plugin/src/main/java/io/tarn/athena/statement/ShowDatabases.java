package io.tarn.athena.statement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code SHOW DATABASES|SCHEMAS [LIKE pattern]}.
 *
 * @param pattern a regular expression of Hive's kind: {@code *} any text, {@code |} or
 */
public record ShowDatabases(Optional<String> pattern)
        implements ShowStatement
{
    public ShowDatabases
    {
        requireNonNull(pattern, "pattern is null");
    }
}
