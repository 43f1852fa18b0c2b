package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;

import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * The tags of databases.
 */
final class TagRows
{
    private final Handle handle;

    TagRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    Map<String, String> list(String database)
    {
        Map<String, String> tags = new TreeMap<>();
        handle.createQuery("SELECT name, content FROM glue_database_tags WHERE database_name = :database ORDER BY name")
                .bind("database", database)
                .map((row, _) -> tags.put(row.getString(1), row.getString(2)))
                .list();
        return tags;
    }

    void put(String database, Map<String, String> tags)
    {
        tags.forEach((name, content) -> handle.createUpdate(
                        """
                        INSERT INTO glue_database_tags (database_name, name, content) VALUES (:database, :name, :content)
                        ON CONFLICT (database_name, name) DO UPDATE SET content = excluded.content
                        """)
                .bind("database", database)
                .bind("name", name)
                .bind("content", content)
                .execute());
    }

    void delete(String database, Iterable<String> names)
    {
        names.forEach(name -> handle.createUpdate("DELETE FROM glue_database_tags WHERE database_name = :database AND name = :name")
                .bind("database", database)
                .bind("name", name)
                .execute());
    }
}
