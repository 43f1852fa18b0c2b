package io.tarn.format.orc;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileErrors;
import io.tarn.format.FileRead;
import io.tarn.format.FileSlice;
import io.tarn.format.orc.OrcColumns.Projection;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.metadata.OrcType;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.error.TarnErrorCode.TARN_UNSUPPORTED_FORMAT;
import static io.trino.orc.metadata.OrcColumnId.ROOT_COLUMN;
import static java.util.Objects.requireNonNull;

/**
 * What a request takes of one file, found out from its tail alone.
 *
 * @param stripes those that start in the slice and that the filter's look at their statistics and the limit leave
 * @param pruned how many stripes of the slice the filter left out
 */
record OrcPlan(OrcColumns columns, Projection projection, OrcFilter filter, List<OrcStripe> stripes, int pruned)
{
    private static final Set<String> TRANSACTIONAL_FIELDS = Set.of("operation", "originaltransaction", "bucket", "rowid", "currenttransaction", "row");

    OrcPlan
    {
        requireNonNull(columns, "columns is null");
        requireNonNull(projection, "projection is null");
        requireNonNull(filter, "filter is null");
        stripes = ImmutableList.copyOf(stripes);
    }

    /**
     * @throws TrinoException {@code TARN_SCHEMA_MISMATCH} where a declared type does not fit the file's,
     *         {@code TARN_UNSUPPORTED_FORMAT} where the file is one of a transactional table of Hive's
     */
    static OrcPlan create(FileRead read, OrcTail tail, OrcReadOptions options, FileErrors errors)
    {
        FileSlice slice = read.slice();
        refuseTransactional(tail.types().get(ROOT_COLUMN), errors);
        OrcColumns columns = new OrcColumns(tail.types(), options.byName(), new OrcDataSourceId(slice.location().toString()), errors);
        Projection projection = columns.project(read.columns());
        OrcFilter filter = OrcFilter.create(read.predicate(), columns, options);
        List<OrcStripe> inSlice = tail.stripes().stream()
                .filter(stripe -> stripe.offset() >= slice.start() && stripe.offset() - slice.start() < slice.length())
                .collect(toImmutableList());
        List<OrcStripe> left = filter(inSlice, tail, filter);
        // where there is a filter, nobody knows how many rows of a stripe satisfy it
        long enough = filter.isEmpty() ? read.maxRows() : Long.MAX_VALUE;
        return new OrcPlan(columns, projection, filter, first(left, enough), inSlice.size() - left.size());
    }

    /**
     * @throws TrinoException {@code TARN_UNSUPPORTED_FORMAT} where the file is one of a transactional table of Hive's
     */
    static void refuseTransactional(OrcType root, FileErrors errors)
    {
        if (root.getFieldCount() == TRANSACTIONAL_FIELDS.size()
                && root.getFieldNames().stream().map(ColumnTree::lowerCase).collect(toImmutableSet()).equals(TRANSACTIONAL_FIELDS)) {
            throw new TrinoException(TARN_UNSUPPORTED_FORMAT, "ORC file %s is one of a transactional table of Hive's, of which Tarn reads none: its rows may have been changed or deleted by other files. Write the table's content into one that is not transactional."
                    .formatted(errors.location()));
        }
    }

    private static List<OrcStripe> filter(List<OrcStripe> stripes, OrcTail tail, OrcFilter filter)
    {
        if (filter.excludesFile() || tail.statistics().filter(statistics -> !filter.matches(tail.rows(), statistics)).isPresent()) {
            return ImmutableList.of();
        }
        return stripes.stream()
                .filter(stripe -> stripe.statistics().map(statistics -> filter.matches(stripe.rows(), statistics)).orElse(true))
                .collect(toImmutableList());
    }

    private static List<OrcStripe> first(List<OrcStripe> stripes, long rows)
    {
        ImmutableList.Builder<OrcStripe> enough = ImmutableList.builder();
        long lacking = rows;
        for (OrcStripe stripe : stripes) {
            if (lacking <= 0) {
                break;
            }
            enough.add(stripe);
            lacking -= stripe.rows();
        }
        return enough.build();
    }

    /**
     * Rows of the stripes.
     */
    long rows()
    {
        return stripes.stream().mapToLong(OrcStripe::rows).sum();
    }

    /**
     * Whether the tail alone answers the request.
     */
    boolean needsNoValues()
    {
        return projection.read().isEmpty();
    }
}
