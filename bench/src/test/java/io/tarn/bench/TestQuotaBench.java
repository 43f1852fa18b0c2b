package io.tarn.bench;

import io.tarn.bench.quota.Admission;
import io.tarn.bench.quota.Throughput;
import io.tarn.bench.report.Ratio;
import io.tarn.bench.report.Samples;
import io.tarn.bench.report.TextTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TestQuotaBench
{
    @Test
    void testEverySessionIsMeasured(@TempDir Path folder)
            throws Exception
    {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Admission(folder, 3, 1000, 1).sqlite().print(new PrintStream(out, true, UTF_8));

        assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("| ")))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("| each twice a second "));
    }

    @Test
    void testScansAreComparedInBlocks(@TempDir Path folder)
            throws Exception
    {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (TextTable table : new Throughput(folder, 1000, 2, 3).measure()) {
            table.print(new PrintStream(out, true, UTF_8));
        }
        assertThat(out.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("| JSON gzip, one column "))
                .anyMatch(line -> line.startsWith("| Parquet, one column of many files "))
                .anyMatch(line -> line.startsWith("| Parquet, all columns "))
                .anyMatch(line -> line.startsWith("| ms of processors "));
    }

    @Test
    void testRatio()
    {
        Ratio ratio = Ratio.of(new double[] {0.5, 2});
        assertThat(ratio.value()).isCloseTo(1, within(1e-9));
        // the logarithms are log 2 from their mean, by n - 1 and the root of n
        assertThat(ratio.standardError()).isCloseTo(Math.log(2), within(1e-9));
        assertThat(Ratio.of(new double[] {1, 1, 1}).atLeast()).isEqualTo(1);
        assertThat(ratio.atLeast()).isBetween(0.31, 0.32);
    }

    @Test
    void testPercentiles()
    {
        Samples samples = new Samples(new double[] {4, 1, 3, 2});
        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.percentile(50)).isEqualTo(2);
        assertThat(samples.percentile(99)).isEqualTo(4);
        assertThat(samples.max()).isEqualTo(4);
    }
}
