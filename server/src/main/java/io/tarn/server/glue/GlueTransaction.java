package io.tarn.server.glue;

import org.jdbi.v3.core.Handle;

import static java.util.Objects.requireNonNull;

/**
 * The rows of the catalogue, as one transaction sees them; not to be used after it.
 */
record GlueTransaction(Handle handle)
{
    GlueTransaction
    {
        requireNonNull(handle, "handle is null");
    }

    SettingRows settings()
    {
        return new SettingRows(handle);
    }

    DatabaseRows databases()
    {
        return new DatabaseRows(handle);
    }

    TableRows tables()
    {
        return new TableRows(handle);
    }

    TableVersionRows tableVersions()
    {
        return new TableVersionRows(handle);
    }

    PartitionRows partitions()
    {
        return new PartitionRows(handle);
    }

    PartitionIndexRows partitionIndexes()
    {
        return new PartitionIndexRows(handle);
    }

    TagRows tags()
    {
        return new TagRows(handle);
    }

    StatisticsRows statistics()
    {
        return new StatisticsRows(handle);
    }

    FunctionRows functions()
    {
        return new FunctionRows(handle);
    }
}
