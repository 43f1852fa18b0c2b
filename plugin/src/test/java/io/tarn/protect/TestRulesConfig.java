package io.tarn.protect;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

class TestRulesConfig
{
    @Test
    void defaults()
    {
        assertRecordedDefaults(recordDefaults(RulesConfig.class)
                .setConfigFile(Path.of("etc/rules.json"))
                .setRefreshPeriod(new Duration(1, SECONDS))
                .setGuardLocations(true));
    }

    @Test
    void explicitProperties()
    {
        Map<String, String> properties = ImmutableMap.of(
                "security.config-file", "etc/other.json",
                "security.refresh-period", "2m",
                "security.guard-locations", "false");
        assertFullMapping(properties, new RulesConfig()
                .setConfigFile(Path.of("etc/other.json"))
                .setRefreshPeriod(new Duration(2, MINUTES))
                .setGuardLocations(false));
    }
}
