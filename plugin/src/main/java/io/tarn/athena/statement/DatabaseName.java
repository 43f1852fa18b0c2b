package io.tarn.athena.statement;

import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The name of a database, in lower case.
 *
 * @param catalog where it was written
 * @param database not empty and without a dot, as {@code `catalog.database`} in one pair of backticks is two names
 */
public record DatabaseName(Optional<String> catalog, String database)
{
    public DatabaseName
    {
        catalog = catalog.map(name -> name.toLowerCase(Locale.ENGLISH));
        database = requireNonNull(database, "database is null").toLowerCase(Locale.ENGLISH);
        checkArgument(catalog.stream().noneMatch(name -> name.isEmpty() || name.contains(".")), "a name of a catalog is not empty and has no dot");
        checkArgument(!database.isEmpty() && !database.contains("."), "a name of a database is not empty and has no dot");
    }

    public static DatabaseName of(String database)
    {
        return new DatabaseName(Optional.empty(), database);
    }
}
