package io.tarn.server.write;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The statements that are interrupted, each with what it makes of a table {@code t} of five rows in three partitions.
 */
enum WriteStatement
{
    CREATE("CREATE TABLE writes.%s WITH (partitioned_by = ARRAY['p']) AS SELECT * FROM writes.t",
            "UpdateTable",
            "[[1, a], [2, b], [3, c], [4, a], [5, b]]"),
    CREATE_UNPARTITIONED(
            "CREATE TABLE writes.%s AS SELECT * FROM writes.t",
            "CreateTable",
            "[[1, a], [2, b], [3, c], [4, a], [5, b]]"),
    DECLARE("CREATE TABLE writes.%s (x integer, p varchar) WITH (partitioned_by = ARRAY['p'])",
            "CreateTable",
            "[]"),
    INSERT("INSERT INTO writes.t VALUES (100, 'a'), (200, 'c'), (300, 'd')",
            "UpdateTable",
            "[[1, a], [2, b], [3, c], [4, a], [5, b], [100, a], [200, c], [300, d]]"),
    OVERWRITE(
            "INSERT INTO writes.t VALUES (100, 'a'), (200, 'c')",
            "UpdateTable",
            "[[2, b], [5, b], [100, a], [200, c]]"),
    DELETE("DELETE FROM writes.t WHERE p IN ('a', 'b')",
            "UpdateTable",
            "[[3, c]]"),
    OPTIMIZE(
            "ALTER TABLE writes.t EXECUTE optimize",
            "UpdateTable",
            "[[1, a], [2, b], [3, c], [4, a], [5, b]]");

    private final String sql;
    private final String publishing;
    private final String rows;

    WriteStatement(String sql, String publishing, String rows)
    {
        this.sql = requireNonNull(sql, "sql is null");
        this.publishing = requireNonNull(publishing, "publishing is null");
        this.rows = requireNonNull(rows, "rows is null");
    }

    /**
     * @param created the name of the table that it creates, if it does
     */
    String sql(String catalog, String created)
    {
        return sql.formatted(created).replace("writes.", catalog + ".writes.");
    }

    Map<String, String> sessionProperties()
    {
        return this == OVERWRITE ? Map.of("insert_existing_partitions_behavior", "OVERWRITE") : Map.of();
    }

    /**
     * The table that it creates or changes.
     */
    String table(String created)
    {
        return sql.contains("%s") ? created : "t";
    }

    /**
     * The operation of Glue by which it makes visible what it has written.
     */
    String publishing()
    {
        return publishing;
    }

    /**
     * The rows of the table when it is done.
     */
    String rows()
    {
        return rows;
    }
}
