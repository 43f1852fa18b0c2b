package io.tarn.server.glue;

import io.tarn.server.glue.TableRows.TableRow;
import org.jdbi.v3.core.Handle;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The versions of tables: those that are archived, and with them the current one.
 */
final class TableVersionRows
{
    private final Handle handle;

    TableVersionRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    void archive(TableRow table)
    {
        handle.createUpdate(
                        """
                        INSERT INTO glue_table_versions (database_name, table_name, version, definition, created, updated)
                        VALUES (:database, :name, :version, :definition, :created, :updated)
                        """)
                .bind("database", table.database())
                .bind("name", table.name())
                .bind("version", table.version())
                .bind("definition", table.definition())
                .bind("created", table.created())
                .bind("updated", table.updated())
                .execute();
    }

    Optional<TableRow> find(TableRow current, long version)
    {
        if (version == current.version()) {
            return Optional.of(current);
        }
        return handle.createQuery("SELECT definition, created, updated FROM glue_table_versions WHERE database_name = :database AND table_name = :table AND version = :version")
                .bind("database", current.database())
                .bind("table", current.name())
                .bind("version", version)
                .map((row, _) -> new TableRow(current.database(), current.name(), version, row.getString(1), row.getLong(2), row.getLong(3)))
                .findOne();
    }

    boolean delete(TableRow current, long version)
    {
        return handle.createUpdate("DELETE FROM glue_table_versions WHERE database_name = :database AND table_name = :table AND version = :version")
                .bind("database", current.database())
                .bind("table", current.name())
                .bind("version", version)
                .execute() == 1;
    }

    /**
     * The newest first.
     */
    Page<TableRow> page(TableRow current, Optional<String> after, int limit)
    {
        return Page.read(
                handle.createQuery(
                                """
                                SELECT version, definition, created, updated FROM (
                                    SELECT database_name, table_name, version, definition, created, updated FROM glue_table_versions
                                    UNION ALL
                                    SELECT database_name, name, version, definition, created, updated FROM glue_tables) versions
                                WHERE database_name = :database AND table_name = :table AND version < :before
                                ORDER BY version DESC
                                """)
                        .bind("database", current.database())
                        .bind("table", current.name())
                        .bind("before", after.map(Long::parseLong).orElse(Long.MAX_VALUE)),
                limit,
                _ -> true,
                (version, definition, row) -> new TableRow(current.database(), current.name(), Long.parseLong(version), definition, row.getLong(3), row.getLong(4)));
    }
}
