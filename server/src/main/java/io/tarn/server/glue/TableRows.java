package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Tables in their current version, by database and name.
 */
final class TableRows
{
    private static final int FETCH_SIZE = 100;

    private final Handle handle;

    TableRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param definition a TableInput
     */
    record TableRow(String database, String name, long version, String definition, long created, long updated) {}

    boolean insert(TableRow table)
    {
        return handle.createUpdate(
                        """
                        INSERT INTO glue_tables (database_name, name, version, definition, created, updated)
                        VALUES (:database, :name, :version, :definition, :created, :updated)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("database", table.database())
                .bind("name", table.name())
                .bind("version", table.version())
                .bind("definition", table.definition())
                .bind("created", table.created())
                .bind("updated", table.updated())
                .execute() == 1;
    }

    Optional<TableRow> find(String database, String name)
    {
        return handle.createQuery("SELECT version, definition, created, updated FROM glue_tables WHERE database_name = :database AND name = :name")
                .bind("database", database)
                .bind("name", name)
                .map((row, _) -> new TableRow(database, name, row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .findOne();
    }

    /**
     * @throws io.tarn.server.aws.AwsException {@code EntityNotFoundException}
     */
    TableRow require(String database, String name)
    {
        return find(database, name).orElseThrow(() -> {
            if (new DatabaseRows(handle).find(database).isEmpty()) {
                return GlueErrors.databaseNotFound(database);
            }
            return GlueErrors.tableNotFound(database, name);
        });
    }

    void update(TableRow table)
    {
        handle.createUpdate("UPDATE glue_tables SET version = :version, definition = :definition, updated = :updated WHERE database_name = :database AND name = :name")
                .bind("version", table.version())
                .bind("definition", table.definition())
                .bind("updated", table.updated())
                .bind("database", table.database())
                .bind("name", table.name())
                .execute();
    }

    boolean delete(String database, String name)
    {
        return handle.createUpdate("DELETE FROM glue_tables WHERE database_name = :database AND name = :name")
                .bind("database", database)
                .bind("name", name)
                .execute() == 1;
    }

    /**
     * All tables of all databases, one after the other.
     */
    void forEach(Consumer<TableRow> consumer)
    {
        handle.createQuery("SELECT database_name, name, version, definition, created, updated FROM glue_tables")
                .setFetchSize(FETCH_SIZE)
                .map((row, _) -> new TableRow(row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getLong(5), row.getLong(6)))
                .forEach(consumer);
    }

    Page<TableRow> page(String database, Optional<String> after, int limit, Predicate<String> wanted)
    {
        return Page.read(
                handle.createQuery("SELECT name, definition, version, created, updated FROM glue_tables WHERE database_name = :database AND name > :after ORDER BY name")
                        .bind("database", database)
                        // a name is never empty
                        .bind("after", after.orElse("")),
                limit,
                wanted,
                (name, definition, row) -> new TableRow(database, name, row.getLong(3), definition, row.getLong(4), row.getLong(5)));
    }
}
