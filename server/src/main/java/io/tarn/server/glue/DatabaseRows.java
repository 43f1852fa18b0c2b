package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Databases, by name.
 */
final class DatabaseRows
{
    private final Handle handle;

    DatabaseRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param definition a DatabaseInput
     */
    record DatabaseRow(String name, String definition, long created) {}

    boolean insert(DatabaseRow database)
    {
        return handle.createUpdate("INSERT INTO glue_databases (name, definition, created) VALUES (:name, :definition, :created) ON CONFLICT DO NOTHING")
                .bind("name", database.name())
                .bind("definition", database.definition())
                .bind("created", database.created())
                .execute() == 1;
    }

    Optional<DatabaseRow> find(String name)
    {
        return handle.createQuery("SELECT name, definition, created FROM glue_databases WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> new DatabaseRow(row.getString(1), row.getString(2), row.getLong(3)))
                .findOne();
    }

    void require(String name)
    {
        if (find(name).isEmpty()) {
            throw GlueErrors.databaseNotFound(name);
        }
    }

    boolean update(String name, String definition)
    {
        return handle.createUpdate("UPDATE glue_databases SET definition = :definition WHERE name = :name")
                .bind("name", name)
                .bind("definition", definition)
                .execute() == 1;
    }

    boolean delete(String name)
    {
        return handle.createUpdate("DELETE FROM glue_databases WHERE name = :name")
                .bind("name", name)
                .execute() == 1;
    }

    Page<DatabaseRow> page(Optional<String> after, int limit)
    {
        return Page.read(
                handle.createQuery("SELECT name, definition, created FROM glue_databases WHERE name > :after ORDER BY name")
                        // a name is never empty
                        .bind("after", after.orElse("")),
                limit,
                _ -> true,
                (name, definition, row) -> new DatabaseRow(name, definition, row.getLong(3)));
    }
}
