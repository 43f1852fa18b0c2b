package io.tarn.server.quota;

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static io.trino.spi.security.Identity.ofUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A database that goes away under running coordinators.
 */
final class TestLedgerUnavailable
{
    private static final String QUERY = "SELECT count(zipcode) FROM zipcodes";

    @Test
    void queriesAreRefusedOrRunUncounted(@TempDir Path folder)
            throws Exception
    {
        Path policy = Files.writeString(folder.resolve("quotas.json"),
                """
                {"workgroups": [{"name": "counted", "selectors": [{"user": "ann"}], "budgets": [{"name": "daily", "per": "user", "period": "day", "bytes": "1GB"}]}]}
                """);
        try (QuotaLake lake = new QuotaLake(1000);
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> quota = QuotaEngine.quota(policy, postgres.getJdbcUrl("postgres", "postgres"));
            try (QuotaEngine closed = new QuotaEngine(quota, lake.catalog());
                    QuotaEngine open = new QuotaEngine(ImmutableMap.<String, String>builder().putAll(quota).put("quota.when-ledger-unavailable", "FAIL_OPEN").buildOrThrow(), lake.catalog())) {
                Object codes = run(closed, "ann", QUERY);
                assertThat(run(open, "ann", QUERY)).isEqualTo(codes);

                postgres.close();
                lake.meter().reset();
                assertThatThrownBy(() -> run(closed, "ann", QUERY))
                        .hasMessageStartingWith("The query is refused because its budget cannot be told: The quota ledger ")
                        .hasMessageContaining("quota.when-ledger-unavailable=FAIL_OPEN");
                assertThat(lake.meter().objectBytes()).isZero();
                // what counts for no budget needs no ledger
                assertThat(run(closed, "bert", QUERY)).isEqualTo(codes);
                assertThat(run(closed, "ann", "SELECT count(*) FROM information_schema.tables WHERE table_name = 'zipcodes'")).isEqualTo(1L);
                assertThat(run(open, "ann", QUERY)).isEqualTo(codes);
            }
        }
    }

    private static Object run(QuotaEngine engine, String user, String sql)
    {
        Session session = Session.builder(engine.queryRunner().getDefaultSession()).setIdentity(ofUser(user)).setOriginalIdentity(ofUser(user)).build();
        return engine.queryRunner().execute(session, sql).getOnlyValue();
    }
}
