package io.tarn.server.quota;

import io.tarn.server.quota.StatementRunner.Outcome;
import io.trino.client.ClientSession;
import okhttp3.OkHttpClient;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the quotas' policy has that is probably not meant, as a running engine tells it.
 */
public final class PolicyNotes
{
    private static final String ADMINISTRATOR = "admin";

    private PolicyNotes() {}

    /**
     * Sentences; none where the engine has no quotas, or shows them to other administrators only.
     */
    public static List<String> read(URI server)
    {
        ClientSession session = ClientSession.builder()
                .server(server)
                .user(Optional.of(ADMINISTRATOR))
                .source("tarn-up")
                .timeZone(ZoneOffset.UTC)
                .locale(Locale.ROOT)
                .build();
        Outcome outcome = new StatementRunner(new OkHttpClient())
                .run(session, "SELECT warning FROM awsdatacatalog.system.workgroups CROSS JOIN UNNEST(warnings) AS t(warning) ORDER BY position");
        return outcome.rows().stream()
                .map(row -> (String) row.getFirst())
                .toList();
    }
}
