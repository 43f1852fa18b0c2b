package io.tarn.metastore;

import io.trino.spi.connector.NotFoundException;
import io.trino.spi.connector.SchemaTableName;

import java.util.List;

/**
 * A partition that was to be changed or dropped is not in the catalogue.
 */
public class PartitionNotFoundException
        extends NotFoundException
{
    public PartitionNotFoundException(SchemaTableName tableName, List<String> partitionValues)
    {
        super("Partition %s of table '%s' not found".formatted(partitionValues, tableName));
    }
}
