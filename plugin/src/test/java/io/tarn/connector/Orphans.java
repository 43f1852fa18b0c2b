package io.tarn.connector;

import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.metastore.Table;
import io.trino.spi.connector.SchemaTableName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import static io.trino.metastore.PrincipalPrivileges.NO_PRIVILEGES;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Leaves behind what writes leave that are killed.
 */
final class Orphans
{
    static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));

    private final TarnQueryRunner runner;
    private final Path root;
    private final SchemaTableName name;

    Orphans(TarnQueryRunner runner, Path folder, String schema, String table)
    {
        this.runner = runner;
        this.root = folder.resolve("s3");
        this.name = new SchemaTableName(schema, table);
    }

    Table table()
    {
        return runner.metastore().metastore().getTable(name.getSchemaName(), name.getTableName()).orElseThrow();
    }

    WriteLog log()
    {
        return WriteLog.of(name, table().getParameters()).orElseThrow();
    }

    /**
     * Puts a write into the log.
     */
    void openWrite(String queryId, Instant begun)
    {
        change(log -> log.begin(name, queryId, begun), Map.of());
    }

    void change(UnaryOperator<WriteLog> change, Map<String, String> more)
    {
        Table table = table();
        Map<String, String> parameters = new HashMap<>(change.apply(log()).addTo(table.getParameters()));
        parameters.putAll(more);
        runner.metastore().metastore().replaceTable(name.getSchemaName(), name.getTableName(), Table.builder(table).setParameters(parameters).build(), NO_PRIVILEGES, Map.of());
    }

    /**
     * Puts a file of a write into a folder of the table.
     */
    Path file(String folder, long sequence)
    {
        Path location = folder.isEmpty() ? location() : location().resolve(folder);
        return write(location.resolve(new WriteFileName(log().id(), sequence).unique("orphan", ".parquet")), "half");
    }

    static Path write(Path file, String content)
    {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content.getBytes(UTF_8));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path age(Path file)
    {
        try {
            return Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path location()
    {
        return path(table().getStorage().getLocation());
    }

    Path path(String location)
    {
        return root.resolve(location.substring("s3://".length()));
    }

    List<Path> files()
    {
        return files(location());
    }

    static List<Path> files(Path folder)
    {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
