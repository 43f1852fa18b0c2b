package io.tarn.server.write;

import io.tarn.TarnPlugin;
import io.tarn.relay.Relay;
import io.tarn.relay.Witness.Verdict;
import io.tarn.server.lake.Clients;
import io.tarn.server.lake.EngineProcess;
import io.trino.testing.DistributedQueryRunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.anyOf;
import static java.util.concurrent.CompletableFuture.runAsync;

/**
 * An engine in a process of its own, which is killed at a certain one of its requests.
 */
final class MortalEngine
        implements AutoCloseable
{
    /**
     * The table that its statements create, if they do.
     */
    static final String CREATED = "n";

    private static final String CATALOG = "mortal";

    private final Life life;
    private final Relay glue;
    private final Relay s3;
    private final EngineProcess process;

    private MortalEngine(Life life, Relay glue, Relay s3, EngineProcess process)
    {
        this.life = requireNonNull(life, "life is null");
        this.glue = requireNonNull(glue, "glue is null");
        this.s3 = requireNonNull(s3, "s3 is null");
        this.process = requireNonNull(process, "process is null");
    }

    static MortalEngine start(WrittenLake lake, Path folder)
    {
        try {
            Life life = new Life();
            Relay glue = Relay.start(lake.services().awsEndpoint(), life);
            Relay s3 = Relay.start(lake.services().s3Endpoint(), life);
            EngineProcess process = EngineProcess.start(Files.createTempDirectory(folder, "engine"), MortalEngine.class, List.of(lake.catalog(glue.uri(), s3.uri())));
            return new MortalEngine(life, glue, s3, process);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments)
            throws Exception
    {
        EngineProcess.serve(arguments, properties -> {
            DistributedQueryRunner runner = DistributedQueryRunner.builder(testSessionBuilder().build()).setWorkerCount(0).build();
            runner.installPlugin(new TarnPlugin());
            runner.createCatalog(CATALOG, "tarn", properties.getFirst());
            return runner.getCoordinator().getBaseUrl();
        });
    }

    /**
     * Runs a statement, and kills the process, as {@code kill -9} does, at one of the statement's requests.
     *
     * @return whether it was killed; else the statement has ended by itself
     */
    boolean executeUntil(LifeEnd end, Verdict last, WriteStatement statement, Executor executor)
    {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        life.endAt(end, last, () -> {
            process.kill();
            killed.complete(null);
        });
        CompletableFuture<Void> ended = runAsync(() -> execute(statement), executor);
        anyOf(killed, ended.exceptionally(failure -> {
            if (life.ended()) {
                return killed.join();
            }
            throw new CompletionException(failure);
        })).join();
        if (killed.isDone()) {
            return true;
        }
        life.liveOn();
        return false;
    }

    private void execute(WriteStatement statement)
    {
        Map<String, String> sessionProperties = statement.sessionProperties().entrySet().stream()
                .collect(toImmutableMap(entry -> CATALOG + "." + entry.getKey(), Map.Entry::getValue));
        try (Connection connection = Clients.connect(process.uri(), CATALOG, "writes", "writer", sessionProperties);
                Statement jdbcStatement = connection.createStatement()) {
            jdbcStatement.execute(statement.sql(CATALOG, CREATED));
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * At which request it was killed.
     */
    @Override
    public String toString()
    {
        return life.toString();
    }

    @Override
    public void close()
            throws IOException
    {
        try (glue; s3; process) {
            // in the opposite order of the start
        }
    }
}
