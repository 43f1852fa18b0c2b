package io.tarn.maintenance;

import io.trino.metastore.Table;

import java.util.Optional;

/**
 * Tells the tables of the catalogue that are not this connector's to keep.
 */
@FunctionalInterface
public interface OtherConnectors
{
    /**
     * The name of the connector that a table belongs to; empty where it is this one.
     */
    Optional<String> connector(Table table);
}
