package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;

final class TestStatisticsConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(StatisticsConfig.class)
                .setStatisticsEnabled(true)
                .setCatalogStatisticsEnabled(true)
                .setFooterStatisticsEnabled(true)
                .setPartitionStatisticsSampleSize(100)
                .setFooterStatisticsMaxFiles(32)
                .setCollectColumnStatisticsOnWrite(true));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("tarn.statistics-enabled", "false")
                .put("tarn.catalog-statistics-enabled", "false")
                .put("tarn.footer-statistics-enabled", "false")
                .put("tarn.partition-statistics-sample-size", "7")
                .put("tarn.footer-statistics-max-files", "3")
                .put("tarn.collect-column-statistics-on-write", "false")
                .buildOrThrow();
        assertFullMapping(properties, new StatisticsConfig()
                .setStatisticsEnabled(false)
                .setCatalogStatisticsEnabled(false)
                .setFooterStatisticsEnabled(false)
                .setPartitionStatisticsSampleSize(7)
                .setFooterStatisticsMaxFiles(3)
                .setCollectColumnStatisticsOnWrite(false));
    }
}
