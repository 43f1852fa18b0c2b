package io.tarn.format.parquet;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.units.DataSize.Unit.KILOBYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;

final class TestParquetReadConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(ParquetReadConfig.class)
                .setUseColumnNames(true)
                .setVerifyChecksums(true)
                .setDomainCompactionThreshold(1000)
                .setFooterCacheSize(DataSize.of(64, MEGABYTE))
                .setTimeZone("UTC")
                .setIgnoreStatistics(false)
                .setUseColumnIndex(true)
                .setUseBloomFilter(true)
                .setVectorizedDecodingEnabled(true)
                .setMaxReadBlockSize(DataSize.of(16, MEGABYTE))
                .setMaxReadBlockRowCount(8192)
                .setMaxMergeDistance(DataSize.of(1, MEGABYTE))
                .setMaxBufferSize(DataSize.of(8, MEGABYTE))
                .setSmallFileThreshold(DataSize.of(3, MEGABYTE))
                .setFooterReadSize(DataSize.of(48, KILOBYTE))
                .setMaxFooterReadSize(DataSize.of(15, MEGABYTE))
                .setMaxPageReadSize(DataSize.of(500, MEGABYTE)));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("parquet.use-column-names", "false")
                .put("parquet.verify-checksums", "false")
                .put("parquet.domain-compaction-threshold", "7")
                .put("parquet.footer-cache-size", "3MB")
                .put("parquet.time-zone", "Europe/Vienna")
                .put("parquet.ignore-statistics", "true")
                .put("parquet.use-column-index", "false")
                .put("parquet.use-bloom-filter", "false")
                .put("parquet.experimental.vectorized-decoding.enabled", "false")
                .put("parquet.max-read-block-size", "66kB")
                .put("parquet.max-read-block-row-count", "1000")
                .put("parquet.max-merge-distance", "5kB")
                .put("parquet.max-buffer-size", "2MB")
                .put("parquet.small-file-threshold", "1kB")
                .put("parquet.footer-read-size", "16kB")
                .put("parquet.max-footer-read-size", "25MB")
                .put("parquet.max-page-read-size", "400MB")
                .buildOrThrow();
        assertFullMapping(properties, new ParquetReadConfig()
                .setUseColumnNames(false)
                .setVerifyChecksums(false)
                .setDomainCompactionThreshold(7)
                .setFooterCacheSize(DataSize.of(3, MEGABYTE))
                .setTimeZone("Europe/Vienna")
                .setIgnoreStatistics(true)
                .setUseColumnIndex(false)
                .setUseBloomFilter(false)
                .setVectorizedDecodingEnabled(false)
                .setMaxReadBlockSize(DataSize.of(66, KILOBYTE))
                .setMaxReadBlockRowCount(1000)
                .setMaxMergeDistance(DataSize.of(5, KILOBYTE))
                .setMaxBufferSize(DataSize.of(2, MEGABYTE))
                .setSmallFileThreshold(DataSize.of(1, KILOBYTE))
                .setFooterReadSize(DataSize.of(16, KILOBYTE))
                .setMaxFooterReadSize(DataSize.of(25, MEGABYTE))
                .setMaxPageReadSize(DataSize.of(400, MEGABYTE)));
    }
}
