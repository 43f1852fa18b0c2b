package io.tarn.format;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How many different values there are among the first values of a column chunk.
 *
 * @param distinct different values, nulls aside; an estimate
 * @param values among which they were counted, nulls aside: all of the chunk's, or those at its beginning
 */
public record DistinctSample(double distinct, double values)
{
    public DistinctSample
    {
        checkArgument(distinct >= 0 && distinct <= values, "%s distinct values among %s", distinct, values);
    }
}
