package io.tarn.bench.report;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What was measured again and again.
 */
public final class Samples
{
    private final double[] sorted;

    public Samples(double[] values)
    {
        checkArgument(values.length > 0, "values is empty");
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    public int count()
    {
        return sorted.length;
    }

    /**
     * The smallest value that at least this share of all values does not pass.
     */
    public double percentile(double percent)
    {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    public double median()
    {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double sum()
    {
        return Arrays.stream(sorted).sum();
    }

    public double mean()
    {
        return sum() / sorted.length;
    }

    public double max()
    {
        return sorted[sorted.length - 1];
    }
}
