package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.util.Optional;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * User-defined functions, by database and name.
 */
final class FunctionRows
{
    // no name has a control character in it
    private static final String SEPARATOR = "\u0001";

    private final Handle handle;

    FunctionRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param definition a UserDefinedFunctionInput
     */
    record FunctionRow(String database, String name, String definition, long created) {}

    boolean insert(FunctionRow function)
    {
        return handle.createUpdate("INSERT INTO glue_functions (database_name, name, definition, created) VALUES (:database, :name, :definition, :created) ON CONFLICT DO NOTHING")
                .bind("database", function.database())
                .bind("name", function.name())
                .bind("definition", function.definition())
                .bind("created", function.created())
                .execute() == 1;
    }

    Optional<FunctionRow> find(String database, String name)
    {
        return handle.createQuery("SELECT definition, created FROM glue_functions WHERE database_name = :database AND name = :name")
                .bind("database", database)
                .bind("name", name)
                .map((row, _) -> new FunctionRow(database, name, row.getString(1), row.getLong(2)))
                .findOne();
    }

    void update(FunctionRow function)
    {
        handle.createUpdate("UPDATE glue_functions SET definition = :definition WHERE database_name = :database AND name = :name")
                .bind("definition", function.definition())
                .bind("database", function.database())
                .bind("name", function.name())
                .execute();
    }

    boolean delete(String database, String name)
    {
        return handle.createUpdate("DELETE FROM glue_functions WHERE database_name = :database AND name = :name")
                .bind("database", database)
                .bind("name", name)
                .execute() == 1;
    }

    /**
     * @param database empty for the functions of all
     * @param wanted by name
     */
    Page<FunctionRow> page(Optional<String> database, Optional<String> after, int limit, Predicate<String> wanted)
    {
        Query query = handle.createQuery(
                        """
                        SELECT function_key, definition, database_name, name, created FROM (
                            SELECT database_name || :separator || name AS function_key, definition, database_name, name, created FROM glue_functions) functions
                        WHERE function_key > :after %s
                        ORDER BY function_key
                        """.formatted(database.isPresent() ? "AND database_name = :database" : ""))
                .bind("separator", SEPARATOR)
                // a key is never empty
                .bind("after", after.orElse(""));
        database.ifPresent(name -> query.bind("database", name));
        return Page.read(
                query,
                limit,
                key -> wanted.test(key.substring(key.indexOf(SEPARATOR) + 1)),
                (_, definition, row) -> new FunctionRow(row.getString(3), row.getString(4), definition, row.getLong(5)));
    }
}
