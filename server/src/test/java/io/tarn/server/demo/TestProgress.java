package io.tarn.server.demo;

import io.airlift.testing.TestingTicker;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

class TestProgress
{
    @Test
    void testALineEachTwoSeconds()
    {
        StringWriter text = new StringWriter();
        TestingTicker ticker = new TestingTicker();
        Progress progress = new Progress(new PrintWriter(text), ticker);
        for (int step = 0; step <= 50; step++) {
            int current = step;
            progress.report(() -> "step " + current);
            ticker.increment(100, MILLISECONDS);
        }
        assertThat(text.toString().lines()).containsExactly("  … step 20", "  … step 40");
        assertThat(text.toString().chars()).noneMatch(character -> character < ' ' && character != '\n' && character != '\r');
    }
}
