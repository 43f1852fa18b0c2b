package io.tarn.scan;

import io.airlift.slice.Slices;
import io.tarn.bucket.BucketFilter;
import io.tarn.partition.SelectedPartition;
import io.tarn.storage.DataFile;
import io.trino.spi.predicate.Domain;

import java.util.Optional;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static java.util.Objects.requireNonNull;

/**
 * What a query asks of the files themselves; a file that does not satisfy it is not opened.
 *
 * @param path of {@code $path}
 * @param size of {@code $file_size}
 * @param modified of {@code $file_modified_time}
 * @param partition of {@code $partition}
 * @param buckets of {@code $bucket} and of the columns that rows are bucketed by
 */
public record FileConditions(Optional<Domain> path, Optional<Domain> size, Optional<Domain> modified, Optional<Domain> partition, Optional<BucketFilter> buckets)
{
    public static final FileConditions NONE = new FileConditions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public FileConditions
    {
        requireNonNull(path, "path is null");
        requireNonNull(size, "size is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(partition, "partition is null");
        requireNonNull(buckets, "buckets is null");
    }

    boolean test(SelectedPartition selected, DataFile file)
    {
        String partitionName = selected.name();
        return path.map(domain -> domain.includesNullableValue(Slices.utf8Slice(file.location().toString()))).orElse(true)
                && size.map(domain -> domain.includesNullableValue(file.length())).orElse(true)
                && modified.map(domain -> domain.includesNullableValue(packDateTimeWithZone(file.modified().toEpochMilli(), UTC_KEY))).orElse(true)
                && partition.map(domain -> domain.includesNullableValue(partitionName.isEmpty() ? null : Slices.utf8Slice(partitionName))).orElse(true)
                && buckets.map(filter -> filter.test(selected.partition(), file.location().fileName())).orElse(true);
    }
}
