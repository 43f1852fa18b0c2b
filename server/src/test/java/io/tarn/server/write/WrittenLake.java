package io.tarn.server.write;

import com.google.common.collect.ImmutableMap;
import io.tarn.TarnPlugin;
import io.tarn.server.lake.LakeServices;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static io.tarn.server.lake.LakeServices.BUCKET;
import static io.tarn.server.lake.LakeServices.location;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lake that engines die in, and a healthy one that tells what has become of it.
 */
final class WrittenLake
        implements AutoCloseable
{
    static final String HEALTHY = "healthy";

    static final String NO_TABLE = "no table";

    private final LakeServices services = new LakeServices();
    private final DistributedQueryRunner healthy;
    private TableSnapshot prepared;

    WrittenLake()
            throws Exception
    {
        try {
            healthy = DistributedQueryRunner.builder(testSessionBuilder().setCatalog(HEALTHY).setSchema("writes").build())
                    .setWorkerCount(0)
                    .build();
        }
        catch (Throwable t) {
            services.close();
            throw t;
        }
        healthy.installPlugin(new TarnPlugin());
        healthy.createCatalog(HEALTHY, "tarn", ImmutableMap.<String, String>builder()
                .putAll(services.tarnGlueProperties())
                .put("storage.kind", "s3")
                .putAll(services.s3Properties(services.s3Endpoint()))
                .put("tarn.remove-orphan-files.min-retention", "0s")
                .buildOrThrow());
        execute("CREATE SCHEMA writes WITH (location = '%s')".formatted(location("writes")));
    }

    LakeServices services()
    {
        return services;
    }

    QueryRunner healthy()
    {
        return healthy;
    }

    /**
     * Whether no writer of any statement does anything any more. A client hears of a failure before that.
     */
    boolean tasksEnded()
    {
        return healthy.getServers().stream()
                .flatMap(server -> server.getTaskManager().getAllTaskInfo().stream())
                .allMatch(task -> task.taskStatus().state().isDone());
    }

    /**
     * The properties of a catalogue that is to die, and reaches this lake by other addresses.
     */
    Map<String, String> catalog(URI glue, URI s3)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(services.tarnGlueProperties())
                .put("glue.endpoint-url", glue.toString())
                // who is dead does not try again
                .put("glue.max-attempts", "1")
                .put("storage.kind", "s3")
                .putAll(services.s3Properties(s3))
                .put("s3.max-error-retries", "1")
                .buildKeepingLast();
    }

    private MaterializedResult execute(String sql)
    {
        return healthy.execute(sql);
    }

    /**
     * Makes the table {@code t} one of five rows.
     */
    void prepare()
    {
        if (prepared == null) {
            execute("CREATE TABLE t WITH (partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) v (x, p)");
            execute("INSERT INTO t VALUES (4, 'a'), (5, 'b')");
            prepared = TableSnapshot.of(services, "writes", "t");
        }
        else {
            // whatever has become of it
            execute("DROP TABLE IF EXISTS t");
            prepared.restore(services, "writes");
        }
    }

    /**
     * What a reader sees of a table: its rows, or that there is none.
     */
    String state(String table)
    {
        try {
            return execute("SELECT x, p FROM %s ORDER BY x".formatted(table)).getMaterializedRows().toString();
        }
        catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("does not exist");
            return NO_TABLE;
        }
    }

    /**
     * The table {@code t} takes rows as before.
     */
    void requireWritable(String description)
    {
        execute("INSERT INTO t VALUES (1000, 'e')");
        assertThat(execute("SELECT x FROM t WHERE p = 'e'").getMaterializedRows().toString()).as(description).isEqualTo("[[1000]]");
    }

    /**
     * When orphans are removed, a table is as it was, and there is no object beside the tables' files.
     */
    void requireCleanable(String table, String description)
    {
        String before = state(table);
        execute("CALL system.remove_orphan_files(schema_name => 'writes', retention_threshold => '0s')");
        assertThat(state(table)).as(description).isEqualTo(before);
        assertThat(objects()).as(description).isEqualTo(liveFiles());
    }

    /**
     * The name of a table is free, or becomes free by dropping it.
     */
    void requireCreatable(String table, String description)
    {
        execute("DROP TABLE IF EXISTS " + table);
        execute("CREATE TABLE %s AS SELECT 1 x, 'a' p".formatted(table));
        assertThat(state(table)).as(description).isEqualTo("[[1, a]]");
        execute("DROP TABLE " + table);
    }

    private Set<String> objects()
    {
        return services.s3().listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix("writes/")).contents().stream()
                .map(S3Object::key)
                .map(LakeServices::location)
                .collect(toCollection(TreeSet::new));
    }

    private Set<String> liveFiles()
    {
        List<String> tables = execute("SHOW TABLES").getOnlyColumn().map(String.class::cast).toList();
        return tables.stream()
                .flatMap(table -> execute("SELECT path FROM \"%s$files\"".formatted(table)).getOnlyColumn())
                .map(String.class::cast)
                .collect(toCollection(TreeSet::new));
    }

    @Override
    public void close()
    {
        try (services; healthy) {
            // in the opposite order of the start
        }
    }
}
