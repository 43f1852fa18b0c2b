package io.tarn.athena.statement;

import java.util.Locale;
import java.util.OptionalInt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * By what an Iceberg table is partitioned: a column's value, or what a transform makes of it.
 *
 * @param column in lower case
 * @param argument the number of buckets or the width, for the kinds that have one
 */
public record PartitionTransform(Kind kind, String column, OptionalInt argument)
{
    public enum Kind
    {
        IDENTITY(false),
        YEAR(false),
        MONTH(false),
        DAY(false),
        HOUR(false),
        BUCKET(true),
        TRUNCATE(true),
        /**/;

        private final boolean hasArgument;

        Kind(boolean hasArgument)
        {
            this.hasArgument = hasArgument;
        }

        public boolean hasArgument()
        {
            return hasArgument;
        }
    }

    public PartitionTransform
    {
        requireNonNull(kind, "kind is null");
        column = requireNonNull(column, "column is null").toLowerCase(Locale.ENGLISH);
        checkArgument(argument.isPresent() == kind.hasArgument(), "only buckets and widths have a number");
        checkArgument(argument.orElse(1) > 0, "buckets and widths are greater than zero");
    }
}
