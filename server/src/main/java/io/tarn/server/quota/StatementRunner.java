package io.tarn.server.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.server.engine.EngineException;
import io.trino.client.ClientException;
import io.trino.client.ClientSession;
import io.trino.client.QueryError;
import io.trino.client.StatementClient;
import io.trino.client.StatementClientFactory;
import okhttp3.OkHttpClient;

import java.util.List;
import java.util.Optional;

import static io.tarn.server.engine.EngineException.Reason.FAILED;
import static java.util.Objects.requireNonNull;

/**
 * Runs statements over Trino's client protocol, which tells a failed query's id and the name of its error.
 */
final class StatementRunner
{
    private final OkHttpClient client;

    StatementRunner(OkHttpClient client)
    {
        this.client = requireNonNull(client, "client is null");
    }

    record Outcome(String queryId, List<List<Object>> rows, Optional<QueryError> error) {}

    /**
     * @throws EngineException where no engine answers
     */
    Outcome run(ClientSession session, String sql)
    {
        try (StatementClient statement = StatementClientFactory.newStatementClient(client, session, sql)) {
            ImmutableList.Builder<List<Object>> rows = ImmutableList.builder();
            while (statement.isRunning()) {
                statement.currentRows().forEach(rows::add);
                statement.advance();
            }
            if (!statement.isFinished()) {
                throw new EngineException(FAILED, "The engine at %s stopped answering".formatted(session.getServer()));
            }
            return new Outcome(statement.finalStatusInfo().getId(), rows.build(), Optional.ofNullable(statement.finalStatusInfo().getError()));
        }
        catch (ClientException e) {
            throw new EngineException(FAILED, "The engine at %s does not answer: %s".formatted(session.getServer(), e.getMessage()), e);
        }
    }
}
