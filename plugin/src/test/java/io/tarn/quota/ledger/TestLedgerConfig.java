package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableMap;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.testing.ValidationAssertions.assertFailsValidation;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

final class TestLedgerConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(LedgerConfig.class)
                .setUrl("jdbc:sqlite:var/quota-ledger.db")
                .setUser(null)
                .setPassword(null)
                .setRetention(new Duration(400, DAYS))
                .setLease(new Duration(30, SECONDS)));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.of(
                "quota.ledger.url", "jdbc:postgresql://db/quota",
                "quota.ledger.user", "tarn",
                "quota.ledger.password", "secret",
                "quota.ledger.retention", "30d",
                "quota.ledger.lease", "1m");
        assertFullMapping(properties, new LedgerConfig()
                .setUrl("jdbc:postgresql://db/quota")
                .setUser("tarn")
                .setPassword("secret")
                .setRetention(new Duration(30, DAYS))
                .setLease(new Duration(1, MINUTES)));
    }

    @Test
    void testValidation()
    {
        assertFailsValidation(new LedgerConfig().setRetention(new Duration(23, HOURS)), "retention", "must be greater than or equal to 1d", MinDuration.class);
        assertFailsValidation(new LedgerConfig().setLease(new Duration(999, MILLISECONDS)), "lease", "must be greater than or equal to 1s", MinDuration.class);
    }
}
