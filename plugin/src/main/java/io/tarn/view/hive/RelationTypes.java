package io.tarn.view.hive;

import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;

import java.util.Map;
import java.util.Optional;

/**
 * Knows the tables and views that a view may read.
 */
public interface RelationTypes
{
    /**
     * The columns, in the order of {@code SELECT *}, by name in lower case; empty where there is no such table or view.
     *
     * @throws io.trino.spi.TrinoException where its columns cannot be understood
     */
    Optional<Map<String, Type>> columns(SchemaTableName name);
}
