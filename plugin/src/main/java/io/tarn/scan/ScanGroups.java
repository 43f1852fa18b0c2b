package io.tarn.scan;

import com.google.common.collect.AbstractIterator;
import io.tarn.bucket.Bucketing;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.storage.DataFile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.BiPredicate;

import static java.util.Objects.requireNonNull;

/**
 * Makes the units of a scan: large files that can be read in parts are cut, small ones are put together.
 */
final class ScanGroups
        extends AbstractIterator<ScanGroup>
{
    private final Iterator<ListedPartition> partitions;
    private final BiPredicate<ListedPartition, DataFile> wanted;
    private final Optional<Bucketing> bucketing;
    private final FileFormats formats;
    private final long maxSplitBytes;
    private final long groupBytes;
    private final int maxFiles;

    private final Queue<ScanGroup> ready = new ArrayDeque<>();
    private final OpenGroup open = new OpenGroup();
    private ListedPartition current;
    private FileFormat currentFormat;
    private OptionalInt currentBuckets;

    ScanGroups(Iterator<ListedPartition> partitions, BiPredicate<ListedPartition, DataFile> wanted, Optional<Bucketing> bucketing, boolean filesApart, FileFormats formats, ScanConfig config)
    {
        this.partitions = requireNonNull(partitions, "partitions is null");
        this.wanted = requireNonNull(wanted, "wanted is null");
        this.bucketing = requireNonNull(bucketing, "bucketing is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.maxSplitBytes = Math.max(1, config.getMaxSplitSize().toBytes());
        this.groupBytes = filesApart ? 0 : config.getSmallFileGroupSize().toBytes();
        this.maxFiles = config.getMaxFilesPerSplit();
    }

    @Override
    protected ScanGroup computeNext()
    {
        while (ready.isEmpty()) {
            if (current != null && current.files().hasNext()) {
                DataFile file = current.files().next();
                if (wanted.test(current, file)) {
                    add(file);
                }
            }
            else if (partitions.hasNext()) {
                current = partitions.next();
                currentFormat = formats.require(current.schema());
                currentBuckets = bucketing.map(buckets -> buckets.countOf(current.partition().partition())).orElse(OptionalInt.empty());
            }
            else if (!open.isEmpty()) {
                return open.take();
            }
            else {
                return endOfData();
            }
        }
        return ready.remove();
    }

    private OptionalInt bucket(DataFile file)
    {
        return currentBuckets.isEmpty() ? OptionalInt.empty() : bucketing.orElseThrow().bucket(file.location().fileName(), currentBuckets.getAsInt());
    }

    private void add(DataFile file)
    {
        OptionalInt bucket = bucket(file);
        if (file.length() < groupBytes) {
            if (!open.isEmpty() && (open.bytes + file.length() > groupBytes || open.units.size() >= maxFiles)) {
                ready.add(open.take());
            }
            open.add(current, file, bucket, 0, file.length());
            return;
        }
        OpenGroup single = new OpenGroup();
        if (file.length() <= maxSplitBytes || !currentFormat.splittable(current.schema(), file.location().fileName())) {
            single.add(current, file, bucket, 0, file.length());
            ready.add(single.take());
            return;
        }
        // parts of equal size rather than a short last one
        long parts = (file.length() + maxSplitBytes - 1) / maxSplitBytes;
        long size = (file.length() + parts - 1) / parts;
        for (long start = 0; start < file.length(); start += size) {
            single.add(current, file, bucket, start, Math.min(size, file.length() - start));
            ready.add(single.take());
        }
    }

    private static final class OpenGroup
    {
        private final List<FileSchema> schemas = new ArrayList<>();
        private final List<ScanPartition> partitions = new ArrayList<>();
        private final List<ScanUnit> units = new ArrayList<>();
        private ListedPartition last;
        private long bytes;

        private boolean isEmpty()
        {
            return units.isEmpty();
        }

        private void add(ListedPartition partition, DataFile file, OptionalInt bucket, long start, long length)
        {
            if (partition != last) {
                int schema = schemas.indexOf(partition.schema());
                if (schema < 0) {
                    schema = schemas.size();
                    schemas.add(partition.schema());
                }
                partitions.add(new ScanPartition(partition.partition().name(), partition.partition().texts(), schema));
                last = partition;
            }
            units.add(new ScanUnit(file.location().toString(), start, length, file.length(), file.modified().toEpochMilli(), partitions.size() - 1, bucket));
            bytes += length;
        }

        private ScanGroup take()
        {
            ScanGroup group = new ScanGroup(schemas, partitions, units);
            schemas.clear();
            partitions.clear();
            units.clear();
            last = null;
            bytes = 0;
            return group;
        }
    }
}
