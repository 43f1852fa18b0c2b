package io.tarn.bench.glue;

import io.tarn.server.glue.GlueStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;

/**
 * A table with very many partitions in the Glue endpoint.
 */
@Command(
        name = "glue",
        description = "A table with very many partitions in the Glue endpoint: how they are created, found and listed.",
        mixinStandardHelpOptions = true)
public final class GlueBench
        implements Callable<Integer>
{
    enum Part
    {
        SQLITE, POSTGRES
    }

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "Which of it: ${COMPLETION-CANDIDATES}; all of it otherwise.")
    private Set<Part> only = Set.of(Part.values());

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of the table, in thousands (${DEFAULT-VALUE}).", defaultValue = "1000")
    private int thousands;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each expression is asked (${DEFAULT-VALUE}).", defaultValue = "50")
    private int rounds;

    @Override
    public Integer call()
            throws Exception
    {
        Path folder = Files.createTempDirectory("tarn-bench");
        try {
            if (only.contains(Part.SQLITE)) {
                new ManyPartitions("SQLite", GlueStore.open(folder.resolve("glue.db")), thousands, rounds).measure().print(System.out);
            }
            if (only.contains(Part.POSTGRES)) {
                try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres")).start()) {
                    GlueStore store = GlueStore.open(postgres.getJdbcUrl("postgres", "postgres"), Optional.empty(), Optional.empty());
                    new ManyPartitions("PostgreSQL", store, thousands, rounds).measure().print(System.out);
                }
            }
            return 0;
        }
        finally {
            deleteRecursively(folder, ALLOW_INSECURE);
        }
    }
}
