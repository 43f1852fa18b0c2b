package io.tarn.connector.system;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.SchemaTableName;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * The columns of a table whose values the user may see as they are, so that bounds of them may be told.
 */
final class VisibleColumns
{
    private VisibleColumns() {}

    /**
     * @return none of a table whose rows are filtered; otherwise names of columns that the user may select and that are
     *         not masked
     * @throws io.trino.spi.security.AccessDeniedException where the user may select no column of the table
     */
    static Set<String> of(SchemaTableName table, List<ColumnMetadata> columns, ConnectorAccessControl accessControl)
    {
        accessControl.checkCanSelectFromColumns(null, table, Set.of());
        if (has(() -> !accessControl.getRowFilters(null, table).isEmpty())) {
            return Set.of();
        }
        Set<String> names = columns.stream().map(ColumnMetadata::getName).collect(toImmutableSet());
        Set<String> selectable = accessControl.filterColumns(null, Map.of(table, names)).getOrDefault(table, Set.of());
        return columns.stream()
                .filter(column -> selectable.contains(column.getName()))
                .filter(column -> !has(() -> !accessControl.getColumnMasks(null, table, List.of(schema(column))).isEmpty()))
                .map(ColumnMetadata::getName)
                .collect(toImmutableSet());
    }

    private static ColumnSchema schema(ColumnMetadata column)
    {
        return ColumnSchema.builder(column).build();
    }

    /**
     * The engine does not hand filters and masks to a connector: where there are some, it refuses.
     */
    private static boolean has(BooleanSupplier restriction)
    {
        try {
            return restriction.getAsBoolean();
        }
        catch (TrinoException e) {
            if (e.getErrorCode().equals(NOT_SUPPORTED.toErrorCode())) {
                return true;
            }
            throw e;
        }
    }
}
