package io.tarn.athena.statement;

import com.google.common.collect.ImmutableMap;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE DATABASE|SCHEMA [IF NOT EXISTS] name [COMMENT] [LOCATION] [WITH DBPROPERTIES]}.
 */
public record CreateDatabase(
        DatabaseName database,
        boolean ifNotExists,
        Optional<String> comment,
        Optional<String> location,
        Map<String, String> properties)
        implements DatabaseStatement
{
    public CreateDatabase
    {
        requireNonNull(database, "database is null");
        requireNonNull(comment, "comment is null");
        requireNonNull(location, "location is null");
        properties = ImmutableMap.copyOf(properties);
    }
}
