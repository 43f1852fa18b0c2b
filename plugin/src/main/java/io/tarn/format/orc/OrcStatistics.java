package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.DistinctSample;
import io.tarn.format.FileColumn;
import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.tarn.format.orc.OrcTails.FetchedTail;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.TupleDomainOrcPredicate;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.OrcColumnId;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.statistics.BooleanStatistics;
import io.trino.orc.metadata.statistics.ColumnStatistics;
import io.trino.spi.TrinoException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

import static io.trino.orc.metadata.OrcColumnId.ROOT_COLUMN;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static java.util.Objects.requireNonNull;

/**
 * What a file's tail tells of its rows. It counts values, but says nothing of how often they repeat, unless there is
 * but one.
 */
final class OrcStatistics
{
    private final FileRead read;
    private final OrcReadOptions options;
    private final FileErrors errors;

    OrcStatistics(FileRead read, OrcReadOptions options, FileErrors errors)
    {
        this.read = requireNonNull(read, "read is null");
        this.options = requireNonNull(options, "options is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * @throws TrinoException as {@link OrcFormat#open} throws it
     */
    FileStatistics statistics(OrcTails tails)
    {
        if (read.slice().fileLength() == 0) {
            return new FileStatistics(ImmutableList.of(), ImmutableSet.of(), ImmutableSet.of(), 0);
        }
        FetchedTail fetched = tails.fetch(read, options, errors);
        try {
            return statistics(fetched.tail(), fetched.bytesRead());
        }
        catch (RuntimeException e) {
            throw errors.reading(Optional.empty(), e);
        }
    }

    private FileStatistics statistics(OrcTail tail, long bytesRead)
    {
        OrcPlan.refuseTransactional(tail.types().get(ROOT_COLUMN), errors);
        OrcColumns columns = new OrcColumns(tail.types(), options.byName(), new OrcDataSourceId(read.slice().location().toString()), errors);
        Set<FileColumn> absent = new HashSet<>();
        Map<FileColumn, OrcColumnId> found = new HashMap<>();
        for (FileColumn column : read.columns()) {
            Optional<OrcColumnId> columnId = columns.find(column);
            if (columnId.isEmpty()) {
                absent.add(column);
            }
            else if (isSingleValue(column.type())) {
                found.put(column, columnId.get());
            }
        }
        ImmutableList.Builder<RowGroupStatistics> stripes = ImmutableList.builderWithExpectedSize(tail.stripes().size());
        for (OrcStripe stripe : tail.stripes()) {
            // older writers keep statistics of the whole file only
            Optional<ColumnMetadata<ColumnStatistics>> statistics = tail.stripes().size() == 1 ? stripe.statistics().or(tail::statistics) : stripe.statistics();
            ImmutableMap.Builder<FileColumn, ColumnChunkStatistics> chunks = ImmutableMap.builder();
            found.forEach((column, columnId) -> statistics.map(ofStripe -> ofStripe.get(columnId)).ifPresent(ofColumn ->
                    chunks.put(column, chunk(column.type(), tail.types().get(columnId), stripe.rows(), ofColumn))));
            stripes.add(new RowGroupStatistics(stripe.rows(), chunks.buildOrThrow()));
        }
        Set<String> codecs = tail.stripes().isEmpty() ? ImmutableSet.of() : ImmutableSet.of(tail.compression().name());
        return new FileStatistics(stripes.build(), absent, codecs, bytesRead);
    }

    private static boolean isSingleValue(Type type)
    {
        return !(type instanceof RowType || type instanceof ArrayType || type instanceof MapType);
    }

    private static ColumnChunkStatistics chunk(Type type, OrcType stored, long rows, ColumnStatistics statistics)
    {
        boolean counted = statistics.hasNumberOfValues() && statistics.getNumberOfValues() >= 0 && statistics.getNumberOfValues() <= rows;
        long values = counted ? statistics.getNumberOfValues() : rows;
        Optional<Range> range = range(type, stored, rows, statistics);
        return new ColumnChunkStatistics(
                counted ? OptionalLong.of(rows - values) : OptionalLong.empty(),
                range.flatMap(Range::getLowValue),
                range.flatMap(Range::getHighValue),
                distinct(type, range, values),
                valueLength(statistics, values));
    }

    private static Optional<Range> range(Type type, OrcType stored, long rows, ColumnStatistics statistics)
    {
        // what a reader must not compare a filter with is no bound of the values as they are read
        if (!OrcFilter.isPrunable(Domain.all(type), stored)
                || (statistics.getDecimalStatistics() != null && !OrcFilter.isBounded(statistics.getDecimalStatistics()))) {
            return Optional.empty();
        }
        Domain domain = TupleDomainOrcPredicate.getDomain(type, rows, statistics);
        if (type.equals(BOOLEAN) && domain.getValues().isAll() && holdsBoth(statistics)) {
            return Optional.of(Range.range(BOOLEAN, false, true, true, true));
        }
        return domain.getValues().isNone() || domain.getValues().isAll() ? Optional.empty() : Optional.of(domain.getValues().getRanges().getSpan());
    }

    private static boolean holdsBoth(ColumnStatistics statistics)
    {
        BooleanStatistics booleans = statistics.getBooleanStatistics();
        return booleans != null && booleans.getTrueValueCount() > 0 && booleans.getTrueValueCount() < statistics.getNumberOfValues();
    }

    private static Optional<DistinctSample> distinct(Type type, Optional<Range> range, long values)
    {
        if (values == 0 || range.isEmpty()) {
            return Optional.empty();
        }
        if (range.get().isSingleValue()) {
            return Optional.of(new DistinctSample(1, values));
        }
        return type.equals(BOOLEAN) ? Optional.of(new DistinctSample(Math.min(2, values), values)) : Optional.empty();
    }

    private static OptionalDouble valueLength(ColumnStatistics statistics, long values)
    {
        long length = 0;
        if (statistics.getStringStatistics() != null) {
            length = statistics.getStringStatistics().getSum();
        }
        else if (statistics.getBinaryStatistics() != null) {
            length = statistics.getBinaryStatistics().getSum();
        }
        // a writer that does not say so leaves nothing
        return length > 0 && values > 0 ? OptionalDouble.of((double) length / values) : OptionalDouble.empty();
    }
}
