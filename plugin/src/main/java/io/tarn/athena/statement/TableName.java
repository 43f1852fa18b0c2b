package io.tarn.athena.statement;

import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The name of a table or a view, in lower case.
 *
 * @param database empty for a table of the session's database
 * @param table not empty; without a dot where there is no database, as {@code `database.table`} in one pair of
 *         backticks is two names
 */
public record TableName(Optional<DatabaseName> database, String table)
{
    public TableName
    {
        requireNonNull(database, "database is null");
        table = requireNonNull(table, "table is null").toLowerCase(Locale.ENGLISH);
        checkArgument(!table.isEmpty(), "a name of a table is not empty");
        checkArgument(database.isPresent() || !table.contains("."), "a name of a table without a database has no dot");
    }

    public static TableName of(String table)
    {
        return new TableName(Optional.empty(), table);
    }

    public static TableName of(String database, String table)
    {
        return new TableName(Optional.of(DatabaseName.of(database)), table);
    }
}
