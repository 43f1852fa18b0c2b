package io.tarn.server.quota;

import com.google.common.collect.ImmutableMap;
import io.tarn.server.engine.EngineException;
import io.tarn.server.quota.QueryEstimate.TableEstimate;
import io.tarn.server.quota.StatementRunner.Outcome;
import io.trino.client.ClientSession;
import io.trino.client.QueryError;
import okhttp3.OkHttpClient;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.util.Objects.requireNonNull;

/**
 * Asks a running engine what a query would read: with the session property {@code dry_run} the query ends before it
 * reads, and the query log has the figures.
 */
public final class QueryEstimator
{
    private static final String DRY_RUN = "QUOTA_DRY_RUN";
    private static final String REFUSED = "QUOTA_EXCEEDED";
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOG_POLL = Duration.ofMillis(20);

    private final StatementRunner statements = new StatementRunner(new OkHttpClient());
    private final URI server;
    private final String user;
    private final String catalog;
    private final String schema;
    private final Optional<String> workgroup;

    /**
     * @param catalog one of Tarn's; names without a catalog are its
     * @param workgroup empty leaves the choice to the policy
     */
    public QueryEstimator(URI server, String user, String catalog, String schema, Optional<String> workgroup)
    {
        this.server = requireNonNull(server, "server is null");
        this.user = requireNonNull(user, "user is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.schema = requireNonNull(schema, "schema is null");
        this.workgroup = requireNonNull(workgroup, "workgroup is null");
    }

    /**
     * @param sql one statement
     * @throws EngineException where the statement fails for another reason than its cost; the message is the engine's
     */
    public QueryEstimate estimate(String sql)
    {
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        properties.put(catalog + ".dry_run", "true");
        workgroup.ifPresent(name -> properties.put(catalog + ".workgroup", name));
        Outcome outcome = statements.run(session(properties.buildOrThrow()), sql);
        Optional<String> error = outcome.error().map(QueryError::getErrorName);
        if (error.isPresent() && !error.get().equals(DRY_RUN) && !error.get().equals(REFUSED)) {
            throw new EngineException(FAILED, "The query fails: " + outcome.error().get().getMessage());
        }
        List<Object> logged = logged(outcome.queryId());
        return new QueryEstimate(
                (String) logged.get(0),
                ((Number) logged.get(1)).longValue(),
                new BigDecimal(logged.get(2).toString()),
                (String) logged.get(3),
                error.filter(REFUSED::equals).isPresent(),
                outcome.error().map(QueryError::getMessage).orElse("The query reads no table of this catalog; it has run."),
                tables(outcome.queryId()));
    }

    /**
     * A query's end reaches the log a moment after its client.
     */
    private List<Object> logged(String queryId)
    {
        long start = System.nanoTime();
        while (true) {
            Outcome outcome = query("SELECT workgroup, coalesce(estimated_bytes, 0), coalesce(estimated_price, 0), currency FROM %s.system.query_log WHERE query_id = '%s' AND state <> 'RUNNING'".formatted(quoted(catalog), queryId));
            if (!outcome.rows().isEmpty()) {
                return outcome.rows().getFirst();
            }
            if (System.nanoTime() - start > LOG_PATIENCE.toNanos()) {
                throw new EngineException(FAILED, "Query %s does not appear in the query log: is the quota ledger reachable?".formatted(queryId));
            }
            try {
                Thread.sleep(LOG_POLL);
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(FAILED, "Interrupted while waiting for the query log", e);
            }
        }
    }

    private List<TableEstimate> tables(String queryId)
    {
        return query("SELECT table_catalog || '.' || table_schema || '.' || table_name, files, partitions, estimated_bytes, estimated_rows FROM %s.system.query_scans WHERE query_id = '%s' AND files IS NOT NULL ORDER BY estimated_bytes DESC, 1".formatted(quoted(catalog), queryId))
                .rows().stream()
                .map(row -> new TableEstimate(
                        (String) row.get(0),
                        ((Number) row.get(1)).longValue(),
                        ((Number) row.get(2)).longValue(),
                        ((Number) row.get(3)).longValue(),
                        Optional.ofNullable(row.get(4)).map(rows -> ((Number) rows).longValue())))
                .collect(toImmutableList());
    }

    private Outcome query(String sql)
    {
        Outcome outcome = statements.run(session(ImmutableMap.of()), sql);
        outcome.error().ifPresent(error -> {
            throw new EngineException(FAILED, "The query log cannot be read: " + error.getMessage());
        });
        return outcome;
    }

    private ClientSession session(Map<String, String> properties)
    {
        return ClientSession.builder()
                .server(server)
                .user(Optional.of(user))
                .source("tarn-estimate")
                .catalog(catalog)
                .schema(schema)
                .timeZone(ZoneId.systemDefault())
                .locale(Locale.ROOT)
                .properties(properties)
                .clientRequestTimeout(new io.airlift.units.Duration(2, java.util.concurrent.TimeUnit.MINUTES))
                .build();
    }

    private static String quoted(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
