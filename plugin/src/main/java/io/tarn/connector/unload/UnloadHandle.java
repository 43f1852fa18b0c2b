package io.tarn.connector.unload;

import com.google.common.collect.ImmutableList;
import io.tarn.write.TableWrite;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.type.Type;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What every writer of an {@code UNLOAD} does.
 *
 * @param types of the query's columns; those of the write are what Hive has room for
 */
public record UnloadHandle(TableWrite write, List<Type> types)
        implements ConnectorTableFunctionHandle
{
    public UnloadHandle
    {
        requireNonNull(write, "write is null");
        types = ImmutableList.copyOf(types);
    }
}
