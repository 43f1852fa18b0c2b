package io.tarn.athena.statement;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name SET TBLPROPERTIES (...)}.
 */
public record SetTableProperties(TableName table, Map<String, String> properties)
        implements TableStatement
{
    public SetTableProperties
    {
        requireNonNull(table, "table is null");
        properties = ImmutableMap.copyOf(properties);
        checkArgument(!properties.isEmpty(), "there is a property to set");
    }
}
