package io.tarn.bench;

import io.tarn.bench.quota.Admission;
import io.tarn.bench.report.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
    void testPercentiles()
    {
        Samples samples = new Samples(new double[] {4, 1, 3, 2});
        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.percentile(50)).isEqualTo(2);
        assertThat(samples.percentile(99)).isEqualTo(4);
        assertThat(samples.max()).isEqualTo(4);
    }
}
