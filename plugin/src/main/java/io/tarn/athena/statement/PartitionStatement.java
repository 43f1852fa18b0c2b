package io.tarn.athena.statement;

/**
 * Changes which partitions a table has.
 */
public sealed interface PartitionStatement
        extends AthenaStatement
        permits AddPartitions,
                DropPartitions,
                RenamePartition,
                RepairTable
{
    TableName table();
}
