package io.tarn.athena.statement;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * {@code ALTER TABLE name UNSET TBLPROPERTIES [IF EXISTS] (...)}.
 */
public record UnsetTableProperties(TableName table, boolean ifExists, List<String> keys)
        implements TableStatement
{
    public UnsetTableProperties
    {
        requireNonNull(table, "table is null");
        keys = ImmutableList.copyOf(keys);
        checkArgument(!keys.isEmpty(), "there is a property to unset");
    }
}
