package io.tarn.connector.athena;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.athena.execute.Visibility;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.SchemaTableName;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What the engine's access control lets the user see.
 */
record AllowedNames(ConnectorAccessControl accessControl)
        implements Visibility
{
    AllowedNames
    {
        requireNonNull(accessControl, "accessControl is null");
    }

    @Override
    public Set<String> databases(Set<String> names)
    {
        return accessControl.filterSchemas(null, names);
    }

    @Override
    public Set<SchemaTableName> tables(Set<SchemaTableName> names)
    {
        return accessControl.filterTables(null, names);
    }

    @Override
    public Set<String> columns(SchemaTableName table, Set<String> names)
    {
        return accessControl.filterColumns(null, ImmutableMap.of(table, names)).getOrDefault(table, ImmutableSet.of());
    }
}
