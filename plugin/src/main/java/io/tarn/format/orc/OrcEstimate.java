package io.tarn.format.orc;

import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.ReadEstimate;
import io.tarn.format.orc.StreamRanges.StreamRange;
import io.trino.orc.DiskRange;
import io.trino.orc.OrcColumn;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.orc.metadata.Stream;
import io.trino.orc.metadata.Stream.StreamKind;
import io.trino.spi.TrinoException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static io.trino.orc.metadata.Stream.StreamKind.BLOOM_FILTER;
import static io.trino.orc.metadata.Stream.StreamKind.BLOOM_FILTER_UTF8;
import static io.trino.orc.metadata.Stream.StreamKind.DICTIONARY_COUNT;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Follows {@link OrcOpening} and the reader with the file's tail and the footers of its stripes, and adds up what they
 * would fetch.
 */
final class OrcEstimate
{
    private final FileRead read;
    private final OrcReadOptions options;
    private final FileErrors errors;
    private final OrcTails tails;

    OrcEstimate(FileRead read, OrcReadOptions options, FileErrors errors, OrcTails tails)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.tails = requireNonNull(tails, "tails is null");
    }

    /**
     * @param filterable columns for which a filter may yet arrive; it makes a read cheaper, never dearer, since the
     *         indexes of the columns asked for are fetched with or without one
     * @throws TrinoException as {@link OrcFormat#open} throws it
     */
    ReadEstimate estimate(Set<FileColumn> filterable)
    {
        if (read.slice().fileLength() == 0) {
            return new ReadEstimate(0, OptionalLong.of(0), true);
        }
        try {
            return estimate(tails.tail(read, options, errors), filterable);
        }
        catch (RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private ReadEstimate estimate(OrcTail tail, Set<FileColumn> filterable)
    {
        OrcPlan plan = OrcPlan.create(read, tail, options, errors);
        OptionalLong rows = OptionalLong.of(min(plan.rows(), read.maxRows()));
        if (OrcOpening.isFetchedWhole(read, options)) {
            return new ReadEstimate(read.slice().fileLength(), rows, true);
        }
        boolean filtered = filterable.stream().anyMatch(column -> OrcFilter.isPrunable(column, plan.columns()));
        if (plan.needsNoValues()) {
            return new ReadEstimate(tail.fetched(), rows, true);
        }
        long bytes = tail.fetched();
        boolean exact = !filtered && plan.filter().isEmpty() && read.limit().isEmpty();
        Set<Integer> columnIds = new HashSet<>();
        collectIds(plan.projection().read(), columnIds);
        for (OrcStripe stripe : plan.stripes()) {
            List<StreamRange> streams = streams(tail, stripe, columnIds);
            // with one row group there is nothing to choose from, and these remain unread
            exact &= streams.stream().noneMatch(stream -> stream.kind() == DICTIONARY_COUNT || (StreamRanges.isBloomFilter(stream.kind()) && isOneRowGroup(tail, stripe)));
            bytes += stripe.footerOffset() >= tailStart(tail) ? 0 : stripe.information().getFooterLength();
            for (DiskRange request : options.ranges().requests(streams)) {
                bytes += request.offset() >= tailStart(tail) ? 0 : request.length();
            }
        }
        return new ReadEstimate(bytes, rows, exact);
    }

    private static boolean isOneRowGroup(OrcTail tail, OrcStripe stripe)
    {
        return tail.rowsInRowGroup().isEmpty() || stripe.rows() <= tail.rowsInRowGroup().getAsInt();
    }

    private long tailStart(OrcTail tail)
    {
        return read.slice().fileLength() - tail.size();
    }

    private static void collectIds(List<OrcColumn> columns, Set<Integer> ids)
    {
        for (OrcColumn column : columns) {
            ids.add(column.getColumnId().getId());
            collectIds(column.getNestedColumns(), ids);
        }
    }

    private List<StreamRange> streams(OrcTail tail, OrcStripe stripe, Set<Integer> columnIds)
    {
        List<StreamRange> ranges = new ArrayList<>();
        long offset = stripe.offset();
        for (Stream stream : tails.streams(read, tail, stripe, options, errors)) {
            if (stream.getLength() > 0
                    && columnIds.contains(stream.getColumnId().getId())
                    && isUsed(stream.getStreamKind(), tail.types().get(stream.getColumnId()).getOrcTypeKind())) {
                ranges.add(new StreamRange(stream.getStreamKind(), new DiskRange(offset, stream.getLength())));
            }
            offset += stream.getLength();
        }
        return ranges;
    }

    /**
     * The reader leaves Bloom filters alone whose hashes it cannot compute.
     */
    private static boolean isUsed(StreamKind kind, OrcTypeKind type)
    {
        boolean text = type == OrcTypeKind.STRING || type == OrcTypeKind.VARCHAR || type == OrcTypeKind.CHAR;
        boolean timestamp = type == OrcTypeKind.TIMESTAMP || type == OrcTypeKind.TIMESTAMP_INSTANT;
        return (kind != BLOOM_FILTER || (!text && !timestamp))
                && (kind != BLOOM_FILTER_UTF8 || type != OrcTypeKind.CHAR);
    }
}
