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

    /**
     * Of the values up to a percentile: without those in which something else was at work.
     */
    public double meanUpTo(double percent)
    {
        double most = percentile(percent);
        return Arrays.stream(sorted).filter(value -> value <= most).average().orElseThrow();
    }

    public double max()
    {
        return sorted[sorted.length - 1];
    }
}
