package io.tarn.athena.statement;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER DATABASE|SCHEMA name SET DBPROPERTIES (...)}.
 */
public record AlterDatabaseProperties(DatabaseName database, Map<String, String> properties)
        implements DatabaseStatement
{
    public AlterDatabaseProperties
    {
        requireNonNull(database, "database is null");
        properties = ImmutableMap.copyOf(properties);
        checkArgument(!properties.isEmpty(), "there is a property to set");
    }
}
