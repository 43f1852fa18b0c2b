package io.tarn.server.glue;

import io.tarn.store.SqliteStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import software.amazon.awssdk.services.glue.model.InternalServiceException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.lang.ProcessBuilder.Redirect.INHERIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestGlueStore
{
    @TempDir
    private Path folder;

    @Test
    void testRestart()
    {
        Path file = folder.resolve("new/folder/glue.db");
        Table table;
        Partition partition;
        String token;
        try (LocalGlue glue = new LocalGlue(file)) {
            glue.createDatabase("shop");
            glue.createTable("shop", "t", "year:int");
            glue.createTable("shop", "u");
            glue.createPartition("shop", "t", "2018");
            table = glue.client().getTable(request -> request.databaseName("shop").name("t")).table();
            partition = glue.client().getPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2018")).partition();
            token = glue.client().getTables(request -> request.databaseName("shop").maxResults(1)).nextToken();
        }
        try (LocalGlue glue = new LocalGlue(file)) {
            assertThat(glue.client().getTable(request -> request.databaseName("shop").name("t")).table()).isEqualTo(table);
            assertThat(glue.client().getPartition(request -> request.databaseName("shop").tableName("t").partitionValues("2018")).partition()).isEqualTo(partition);
            // a listing goes on where it was
            assertThat(glue.client().getTables(request -> request.databaseName("shop").maxResults(1).nextToken(token)).tableList())
                    .extracting(Table::name)
                    .containsExactly("u");
        }
    }

    @Test
    void testTwoStores()
    {
        try (LocalGlue first = new LocalGlue(folder.resolve("first.db"));
                LocalGlue second = new LocalGlue(folder.resolve("second.db"))) {
            first.createDatabase("a");
            second.createDatabase("b");
            assertThat(first.client().getDatabases(_ -> {}).databaseList()).extracting(database -> database.name()).containsExactly("a");
            assertThat(second.client().getDatabases(_ -> {}).databaseList()).extracting(database -> database.name()).containsExactly("b");
        }
    }

    @Test
    void testKilledInTheMiddleOfWriting()
            throws Exception
    {
        Path file = folder.resolve("glue.db");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreWriter.class.getName(),
                file.toString())
                .redirectError(INHERIT)
                .start();
        int acknowledged = -1;
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged == 20) {
                    // Process's own method would close its output, too, with acknowledgements in it
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isGreaterThanOrEqualTo(20);

        try (LocalGlue glue = new LocalGlue(file)) {
            List<Partition> partitions = glue.client().getPartitions(request -> request.databaseName("shop").tableName("t")).partitions();
            // one write may have been made but not acknowledged
            assertThat(partitions).hasSizeBetween(acknowledged + 1, acknowledged + 2);
            assertThat(glue.client().getTableVersionsPaginator(request -> request.databaseName("shop").tableName("t")).stream()
                    .flatMap(page -> page.tableVersions().stream())
                    .map(TableVersion::versionId))
                    .contains(Integer.toString(acknowledged + 1), Integer.toString(acknowledged), "0");
            glue.createPartition("shop", "t", "-1");
        }
        assertThat(text(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(text(file, "PRAGMA foreign_key_check")).isNull();
    }

    @Test
    void testFileThatIsNoDatabase()
            throws Exception
    {
        Path file = Files.writeString(folder.resolve("notes.txt"), "remember the milk\n".repeat(100));
        assertThatThrownBy(() -> GlueStore.open(file))
                .isInstanceOf(GlueStoreException.class)
                .hasMessage("The catalogue file %s is damaged or not a SQLite database: restore it from a backup, or move it away to start with an empty catalogue".formatted(file));
        assertThat(file).hasContent("remember the milk\n".repeat(100));
    }

    @Test
    void testDatabaseOfAnotherProgram()
            throws Exception
    {
        Path file = folder.resolve("other.db");
        execute(file, "CREATE TABLE glue_tables (x INT)");
        assertThatThrownBy(() -> GlueStore.open(file))
                .isInstanceOf(GlueStoreException.class)
                .hasMessageContaining("%s is a SQLite database, but not a catalogue of Tarn's".formatted(file));
        assertThat(text(file, "SELECT count(*) FROM sqlite_master")).isEqualTo("1");
    }

    @Test
    void testNewerVersion()
            throws Exception
    {
        Path file = folder.resolve("glue.db");
        GlueStore.open(file).close();
        execute(file, "INSERT INTO glue_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
        assertThatThrownBy(() -> GlueStore.open(file))
                .isInstanceOf(GlueStoreException.class)
                .hasMessageContaining("%s was written by another version of Tarn".formatted(file));
    }

    @Test
    void testDamagedFile()
            throws Exception
    {
        Path file = folder.resolve("glue.db");
        try (LocalGlue glue = new LocalGlue(file)) {
            glue.createDatabase("shop");
            for (int i = 0; i < 50; i++) {
                glue.createTable("shop", "t" + i);
            }
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
            byte[] garbage = new byte[4096];
            Arrays.fill(garbage, (byte) 0xAA);
            // every page but the first two, which hold the header and the schema
            for (long position = 2 * 4096; position < Files.size(file); position += 4096) {
                channel.position(position).write(ByteBuffer.wrap(garbage));
            }
        }
        assertThatThrownBy(() -> {
            try (LocalGlue glue = new LocalGlue(file)) {
                glue.client().getTables(request -> request.databaseName("shop"));
            }
        })
                .isInstanceOfAny(GlueStoreException.class, InternalServiceException.class)
                .hasMessageContaining("The catalogue file %s is damaged".formatted(file));
    }

    @Test
    void testFullDisk()
    {
        Path file = folder.resolve("glue.db");
        GlueStore.open(file).close();
        SQLiteConfig config = SqliteStore.durableConfig();
        // to SQLite, a file that may not grow is a disk that is full
        config.setMaxPageCount(100);
        int tables = 0;
        try (LocalGlue glue = new LocalGlue(GlueStore.open(file, config))) {
            glue.createDatabase("shop");
            String text = "x".repeat(50_000);
            InternalServiceException failure = null;
            while (failure == null) {
                String name = "t" + tables;
                try {
                    glue.client().createTable(request -> request.databaseName("shop").tableInput(input -> input.name(name).parameters(Map.of("text", text))));
                    tables++;
                }
                catch (InternalServiceException e) {
                    failure = e;
                }
            }
            assertThat(failure).hasMessageContaining("The catalogue file %s cannot grow, its disk is full: free some space; nothing of this request was written".formatted(file));
            assertThat(glue.client().getTables(request -> request.databaseName("shop")).tableList()).hasSize(tables).isNotEmpty();
            // it goes on as soon as there is space
            glue.client().deleteTable(request -> request.databaseName("shop").name("t0"));
            glue.createTable("shop", "small");
        }
        try (LocalGlue glue = new LocalGlue(file)) {
            assertThat(glue.client().getTables(request -> request.databaseName("shop")).tableList()).hasSize(tables);
        }
    }

    @Test
    void testLockedByAnotherProcess()
            throws Exception
    {
        Path file = folder.resolve("glue.db");
        SQLiteConfig config = SqliteStore.durableConfig();
        config.setBusyTimeout(1);
        try (LocalGlue glue = new LocalGlue(GlueStore.open(file, config));
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> glue.createDatabase("shop"))
                    .isInstanceOf(InternalServiceException.class)
                    .hasMessageContaining("%s is locked by another process".formatted(file));
            // readers do not wait
            assertThat(glue.client().getDatabases(_ -> {}).databaseList()).isEmpty();
            statement.execute("ROLLBACK");
            glue.createDatabase("shop");
        }
    }

    private static void execute(Path file, String sql)
            throws Exception
    {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Path file, String sql)
            throws Exception
    {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }
}
