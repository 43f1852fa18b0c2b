package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * {@code DROP DATABASE|SCHEMA [IF EXISTS] name [RESTRICT|CASCADE]}.
 */
public record DropDatabase(DatabaseName database, boolean ifExists, boolean cascade)
        implements DatabaseStatement
{
    public DropDatabase
    {
        requireNonNull(database, "database is null");
    }
}
