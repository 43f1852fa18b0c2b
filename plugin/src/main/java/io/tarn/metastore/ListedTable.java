package io.tarn.metastore;

import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a listing says of a table or view.
 *
 * @param type as Hive has it: {@code MANAGED_TABLE}, {@code EXTERNAL_TABLE}, {@code VIRTUAL_VIEW}, {@code MATERIALIZED_VIEW}
 */
public record ListedTable(SchemaTableName name, String type, Optional<String> comment, Optional<String> owner)
{
    public ListedTable
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(comment, "comment is null");
        requireNonNull(owner, "owner is null");
    }
}
