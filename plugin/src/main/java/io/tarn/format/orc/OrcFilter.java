package io.tarn.format.orc;

import io.tarn.format.FileColumn;
import io.trino.orc.OrcPredicate;
import io.trino.orc.TupleDomainOrcPredicate;
import io.trino.orc.TupleDomainOrcPredicate.TupleDomainOrcPredicateBuilder;
import io.trino.orc.metadata.ColumnMetadata;
import io.trino.orc.metadata.OrcColumnId;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.orc.metadata.statistics.ColumnStatistics;
import io.trino.orc.metadata.statistics.DecimalStatistics;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.orc.metadata.OrcType.OrcTypeKind.STRING;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.VARCHAR;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static java.util.Objects.requireNonNull;

/**
 * A filter in terms of one file's columns, to be compared with statistics and Bloom filters of the file, of its stripes
 * and of their row groups. Those speak of values as the file stores them, the filter of values as they are read; where
 * reading changes a value, the filter leaves nothing out by it.
 */
final class OrcFilter
        implements OrcPredicate
{
    // more digits than any value has; numbers beyond take a footer's few bytes, and much memory to compare
    private static final int MAX_DECIMAL_DIGITS = 100;

    private final TupleDomainOrcPredicate predicate;
    private final List<OrcColumnId> columns;
    private final List<OrcColumnId> decimals;
    private final boolean excludesFile;

    private OrcFilter(TupleDomainOrcPredicate predicate, List<OrcColumnId> columns, List<OrcColumnId> decimals, boolean excludesFile)
    {
        this.predicate = requireNonNull(predicate, "predicate is null");
        this.columns = List.copyOf(columns);
        this.decimals = List.copyOf(decimals);
        this.excludesFile = excludesFile;
    }

    static OrcFilter create(TupleDomain<FileColumn> filter, OrcColumns fileColumns, OrcReadOptions options)
    {
        TupleDomainOrcPredicateBuilder builder = TupleDomainOrcPredicate.builder().setDomainCompactionThreshold(options.domainCompactionThreshold());
        List<OrcColumnId> columns = new ArrayList<>();
        List<OrcColumnId> decimals = new ArrayList<>();
        boolean excludesFile = false;
        boolean bloomFilters = options.bloomFilters();
        for (Map.Entry<FileColumn, Domain> entry : filter.getDomains().orElseThrow().entrySet()) {
            Domain domain = entry.getValue();
            Optional<OrcColumnId> column = fileColumns.find(entry.getKey());
            if (column.isEmpty()) {
                excludesFile |= !domain.isNullAllowed();
            }
            else if (isPrunable(domain, fileColumns.type(column.get()))) {
                builder.addColumn(column.get(), domain);
                columns.add(column.get());
                if (domain.getType() instanceof DecimalType) {
                    decimals.add(column.get());
                }
                bloomFilters &= keepsHash(domain);
            }
        }
        return new OrcFilter(builder.setBloomFiltersEnabled(bloomFilters).build(), columns, decimals, excludesFile);
    }

    /**
     * Whether a filter on the column could leave anything out.
     */
    static boolean isPrunable(FileColumn column, OrcColumns fileColumns)
    {
        return fileColumns.find(column)
                .map(found -> isPrunable(Domain.all(column.type()), fileColumns.type(found)))
                .orElse(true);
    }

    /**
     * Whether statistics of the file's field can be held against values of the domain's type.
     */
    static boolean isPrunable(Domain domain, OrcType stored)
    {
        OrcTypeKind kind = stored.getOrcTypeKind();
        return switch (domain.getType()) {
            // a longer value that is cut to the declared length may come to equal a bound that it lies above
            case VarcharType varchar -> kind == STRING ? varchar.isUnbounded() : kind == VARCHAR && (varchar.isUnbounded() || stored.getLength().orElseThrow() <= varchar.getBoundedLength());
            case DecimalType decimal -> kind == OrcTypeKind.DECIMAL && TypeFit.holds(decimal, stored);
            case CharType _ -> false;
            case VarbinaryType _ -> kind == OrcTypeKind.BINARY;
            default -> TypeFit.fits(domain.getType(), stored) || TypeFit.convertibleFrom(domain.getType(), stored).isPresent();
        };
    }

    /**
     * Whether equal values have equal hashes in a Bloom filter: timestamps are rounded to milliseconds when they are
     * read, and were cut to them when they were hashed; zero has two signs.
     */
    private static boolean keepsHash(Domain domain)
    {
        if (domain.getType() instanceof TimestampType || domain.getType() instanceof TimestampWithTimeZoneType) {
            return false;
        }
        boolean zero = (domain.getType().equals(DOUBLE) && domain.includesNullableValue(0.0))
                || (domain.getType().equals(REAL) && domain.includesNullableValue(0L));
        return !zero;
    }

    /**
     * Whether no row of the file can satisfy the filter, because it refuses nulls of a column that the file lacks.
     */
    boolean excludesFile()
    {
        return excludesFile;
    }

    /**
     * Whether it compares nothing, hence leaves nothing out.
     */
    boolean isEmpty()
    {
        return columns.isEmpty();
    }

    @Override
    public boolean matches(long rows, ColumnMetadata<ColumnStatistics> statistics)
    {
        for (OrcColumnId decimal : decimals) {
            ColumnStatistics ofColumn = statistics.get(decimal);
            if (ofColumn != null && ofColumn.getDecimalStatistics() != null && !isBounded(ofColumn.getDecimalStatistics())) {
                return true;
            }
        }
        return predicate.matches(rows, statistics);
    }

    /**
     * Whether the bounds are numbers of a size that is safe to compute with.
     */
    static boolean isBounded(DecimalStatistics statistics)
    {
        return isBounded(statistics.getMin()) && isBounded(statistics.getMax());
    }

    private static boolean isBounded(BigDecimal value)
    {
        return value == null || (value.precision() <= MAX_DECIMAL_DIGITS && Math.abs(value.scale()) <= MAX_DECIMAL_DIGITS);
    }
}
