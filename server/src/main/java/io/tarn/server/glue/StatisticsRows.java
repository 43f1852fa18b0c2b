package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Column statistics, of tables and of partitions.
 */
final class StatisticsRows
{
    private final Handle handle;

    StatisticsRows(Handle handle)
    {
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * @param partition the key of its values; empty for the table's own statistics
     */
    record StatisticsOwner(String database, String table, Optional<String> partition)
    {
        private String rows()
        {
            return partition.isPresent() ? "glue_partition_statistics" : "glue_table_statistics";
        }

        private String condition()
        {
            return "database_name = :database AND table_name = :table" + (partition.isPresent() ? " AND values_key = :key" : "");
        }

        private <S extends SqlStatement<S>> S bind(S statement)
        {
            statement.bind("database", database).bind("table", table);
            partition.ifPresent(key -> statement.bind("key", key));
            return statement;
        }
    }

    /**
     * @param definition a ColumnStatistics
     */
    void put(StatisticsOwner owner, String column, String definition)
    {
        String keyColumns = owner.partition().isPresent() ? "database_name, table_name, values_key, column_name" : "database_name, table_name, column_name";
        String keys = owner.partition().isPresent() ? ":database, :table, :key, :column" : ":database, :table, :column";
        owner.bind(handle.createUpdate("INSERT INTO %s (%s, definition) VALUES (%s, :definition) ON CONFLICT (%s) DO UPDATE SET definition = excluded.definition"
                        .formatted(owner.rows(), keyColumns, keys, keyColumns)))
                .bind("column", column)
                .bind("definition", definition)
                .execute();
    }

    Optional<String> find(StatisticsOwner owner, String column)
    {
        return owner.bind(handle.createQuery("SELECT definition FROM %s WHERE %s AND column_name = :column".formatted(owner.rows(), owner.condition())))
                .bind("column", column)
                .mapTo(String.class)
                .findOne();
    }

    List<String> columns(StatisticsOwner owner)
    {
        return owner.bind(handle.createQuery("SELECT column_name FROM %s WHERE %s".formatted(owner.rows(), owner.condition())))
                .mapTo(String.class)
                .list();
    }

    boolean delete(StatisticsOwner owner, String column)
    {
        return owner.bind(handle.createUpdate("DELETE FROM %s WHERE %s AND column_name = :column".formatted(owner.rows(), owner.condition())))
                .bind("column", column)
                .execute() == 1;
    }
}
