package io.tarn.server.demo;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TestScanBound
{
    private static final Map<String, List<Long>> LAKE = ImmutableMap.of(
            "log/", List.of(10_000_000L, 5_000_000L),
            "more/", List.of(1L),
            "parquet/", List.of(4_000_000L, 1000L));

    @Test
    void testBounds()
    {
        assertThat(bytes(ScanBound.everything("", List.of("log/", "more/")))).isEqualTo(Range.singleton(15_000_001L));
        // of a small file the footer is all there is to read
        assertThat(bytes(ScanBound.footers("", "parquet/"))).isEqualTo(Range.closed(0L, 65_536L + 1000));
        assertThat(bytes(ScanBound.fraction("", "parquet/", "log/", 100))).isEqualTo(Range.closed(0L, 65_536L + 1000 + 150_000));
        assertThat(bytes(ScanBound.none()).contains(Long.MAX_VALUE)).isTrue();
    }

    private static Range<Long> bytes(ScanBound bound)
    {
        return bound.bytes().apply(LAKE::get);
    }
}
