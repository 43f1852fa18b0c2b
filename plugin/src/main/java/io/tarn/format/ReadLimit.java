package io.tarn.format;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How little of a slice is enough.
 *
 * @param rows how many of the slice's rows are enough, whichever they are
 * @param enforced whether the read must fail with {@code QUOTA_EXCEEDED} rather than fetch more than
 *         {@link FileFormat#estimate} says before it has given that many
 */
public record ReadLimit(long rows, boolean enforced)
{
    public ReadLimit
    {
        checkArgument(rows >= 0, "rows is negative: %s", rows);
    }

    /**
     * What remains when rows were given; none at the least.
     */
    public ReadLimit less(long given)
    {
        return new ReadLimit(Math.max(0, rows - given), enforced);
    }
}
