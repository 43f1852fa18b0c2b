package io.tarn.quota.sql;

import io.airlift.slice.Slice;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;
import static java.util.Objects.requireNonNull;

/**
 * What a query asks of the columns of a table, by their names.
 */
final class ColumnDomains
{
    private final List<String> names;
    private final TupleDomain<Integer> constraint;

    ColumnDomains(ConnectorTableMetadata metadata, TupleDomain<Integer> constraint)
    {
        names = metadata.getColumns().stream().map(ColumnMetadata::getName).toList();
        this.constraint = requireNonNull(constraint, "constraint is null");
    }

    /**
     * The one text that the column has; empty where it may have others.
     */
    Optional<String> text(String column)
    {
        return domain(column)
                .filter(Domain::isSingleValue)
                .map(domain -> ((Slice) domain.getSingleValue()).toStringUtf8());
    }

    boolean allows(String column, String value)
    {
        return domain(column)
                .map(domain -> domain.includesNullableValue(utf8Slice(value)))
                .orElse(true);
    }

    /**
     * The first moment, in milliseconds, that the column can have.
     */
    Optional<Instant> from(String column)
    {
        return span(column)
                .filter(range -> !range.isLowUnbounded())
                .map(range -> Instant.ofEpochMilli(unpackMillisUtc((long) range.getLowBoundedValue())));
    }

    /**
     * The first moment that the column, cut to milliseconds, can no longer have.
     */
    Optional<Instant> until(String column)
    {
        return span(column)
                .filter(range -> !range.isHighUnbounded())
                .map(range -> Instant.ofEpochMilli(unpackMillisUtc((long) range.getHighBoundedValue()) + 1));
    }

    private Optional<Range> span(String column)
    {
        return domain(column)
                .filter(domain -> !domain.isNullAllowed() && !domain.getValues().isNone() && !domain.getValues().isAll())
                .map(domain -> domain.getValues().getRanges().getSpan());
    }

    private Optional<Domain> domain(String column)
    {
        return constraint.getDomains().map(domains -> domains.get(names.indexOf(column)));
    }
}
