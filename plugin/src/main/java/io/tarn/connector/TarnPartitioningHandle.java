package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.bucket.BucketingVersion;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ConnectorPartitioningHandle;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How the rows of a write are distributed to writers: by bucket, so that one writer has all of a bucket as long as it
 * keeps up; where the table has partitions, by them and by bucket.
 *
 * @param count of buckets
 * @param types of the columns that rows are bucketed by, which come before the partition keys
 */
public record TarnPartitioningHandle(BucketingVersion version, int count, List<HiveType> types, boolean partitioned)
        implements ConnectorPartitioningHandle
{
    public TarnPartitioningHandle
    {
        requireNonNull(version, "version is null");
        types = ImmutableList.copyOf(types);
    }

    @Override
    public String toString()
    {
        return "%s buckets by %s".formatted(count, types);
    }
}
