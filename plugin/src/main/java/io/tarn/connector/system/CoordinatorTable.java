package io.tarn.connector.system;

import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

import static io.trino.spi.connector.SystemTable.Distribution.SINGLE_COORDINATOR;
import static java.util.Objects.requireNonNull;

/**
 * A table that tells of another one, filled on the coordinator while it is read.
 */
abstract class CoordinatorTable
        implements SystemTable
{
    private final ConnectorTableMetadata metadata;

    /**
     * @param name of this table
     */
    protected CoordinatorTable(SchemaTableName name, List<ColumnMetadata> columns)
    {
        requireNonNull(name, "name is null");
        metadata = new ConnectorTableMetadata(name, columns);
    }

    protected static ColumnMetadata column(String name, Type type, Optional<String> comment)
    {
        return ColumnMetadata.builder().setName(name).setType(type).setComment(comment).build();
    }

    @Override
    public final Distribution getDistribution()
    {
        return SINGLE_COORDINATOR;
    }

    @Override
    public final ConnectorTableMetadata getTableMetadata()
    {
        return metadata;
    }

    protected final List<Type> types()
    {
        return metadata.getColumns().stream().map(ColumnMetadata::getType).toList();
    }
}
