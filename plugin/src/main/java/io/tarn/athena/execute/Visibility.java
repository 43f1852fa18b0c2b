package io.tarn.athena.execute;

import io.trino.spi.connector.SchemaTableName;

import java.util.Set;

/**
 * What of a listing the user may see. Each method gives back those of its arguments that are to be shown.
 */
public interface Visibility
{
    Set<String> databases(Set<String> names);

    Set<SchemaTableName> tables(Set<SchemaTableName> names);

    Set<String> columns(SchemaTableName table, Set<String> names);
}
