package io.tarn.bench.report;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How many times one quantity is another, by measurements that came out differently.
 *
 * @param value the geometric mean of the measured ratios
 * @param standardError of its logarithm; for a small one that is the share by which the value is uncertain
 */
public record Ratio(double value, double standardError)
{
    /**
     * Student's factor for a bound with 95 % on one side, of 40 measurements; with more it is smaller.
     */
    private static final double ONE_SIDED_95 = 1.685;

    /**
     * @param ratios measured, none depending on another; two or more
     */
    public static Ratio of(double[] ratios)
    {
        checkArgument(ratios.length > 1, "%s ratios tell nothing of how they differ", ratios.length);
        double[] logarithms = Arrays.stream(ratios).map(Math::log).toArray();
        double mean = Arrays.stream(logarithms).average().orElseThrow();
        double squares = Arrays.stream(logarithms).map(logarithm -> (logarithm - mean) * (logarithm - mean)).sum();
        double deviation = Math.sqrt(squares / (logarithms.length - 1));
        return new Ratio(Math.exp(mean), deviation / Math.sqrt(logarithms.length));
    }

    /**
     * What the ratio passes with a certainty of 95 %, where 40 measurements or more were made.
     */
    public double atLeast()
    {
        return value * Math.exp(-ONE_SIDED_95 * standardError);
    }
}
