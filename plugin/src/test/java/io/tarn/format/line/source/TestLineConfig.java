package io.tarn.format.line.source;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.units.DataSize.Unit.MEGABYTE;

class TestLineConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(LineConfig.class)
                .setMaxLineLength(DataSize.of(32, MEGABYTE)));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.of("tarn.text.max-line-length", "13MB");
        assertFullMapping(properties, new LineConfig().setMaxLineLength(DataSize.of(13, MEGABYTE)));
    }
}
