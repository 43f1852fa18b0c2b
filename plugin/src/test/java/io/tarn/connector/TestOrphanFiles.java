package io.tarn.connector;

import io.tarn.storage.BucketFolderFileSystemFactory;
import io.tarn.storage.FileLister;
import io.tarn.write.TablePublisher;
import io.tarn.writelog.OpenWrite;
import io.tarn.writelog.ReplacedFiles;
import io.tarn.writelog.WriteFileName;
import io.tarn.writelog.WriteLog;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.Table;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static io.tarn.connector.Orphans.LONG_AGO;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DELETE_TABLE;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.DROP_SCHEMA;
import static io.trino.testing.TestingAccessControlManager.TestingPrivilegeType.INSERT_TABLE;
import static io.trino.testing.TestingAccessControlManager.privilege;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
class TestOrphanFiles
{
    private static final String DEAD = "20260101_000000_00001_dead0";
    private static final String ALIVE = "20260102_000000_00002_alive";

    private Path folder;
    private TarnQueryRunner runner;
    private TrinoFileSystem fileSystem;

    @BeforeAll
    void start(@TempDir Path folder)
            throws Exception
    {
        this.folder = folder;
        runner = new TarnQueryRunner(folder);
        fileSystem = new BucketFolderFileSystemFactory(folder.resolve("s3")).create(ConnectorIdentity.ofUser("tests"));
        execute("CREATE SCHEMA tarn.kept WITH (location = 's3://lake/kept')");
    }

    @AfterAll
    void stop()
    {
        runner.close();
    }

    @Test
    void unfinishedWrites()
    {
        execute("CREATE TABLE tarn.kept.written WITH (external_location = 's3://lake/kept/written', partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) t (a, p)");
        Orphans orphans = new Orphans(runner, folder, "kept", "written");
        Path elsewhere = orphans.path("s3://lake/elsewhere");
        Orphans.write(elsewhere.resolve("_marker"), "");
        execute("CALL tarn.system.register_partition('kept', 'written', ARRAY['p'], ARRAY['z'], 's3://lake/elsewhere')");
        orphans.openWrite(DEAD, LONG_AGO);
        orphans.openWrite(ALIVE, Instant.now());
        Path inPartition = orphans.file("p=x", 2);
        Path inNone = orphans.file("p=new", 2);
        Path outside = Orphans.write(elsewhere.resolve(new WriteFileName(orphans.log().id(), 2).unique("orphan", "")), "half");
        Path ofOther = Orphans.write(orphans.location().resolve("p=x").resolve(new WriteFileName("0123456789ab", 2).unique("_other", "")), "a table's that was here before");
        Path alive = orphans.file("p=x", 3);
        String rows = rows("kept.written");

        assertThat(text("SELECT path, size, query_id, reason, removable_after < current_timestamp FROM tarn.kept.\"written$orphan_files\"").split("\\], \\["))
                .hasSize(4)
                .anyMatch(row -> row.contains("/p=x/" + inPartition.getFileName() + ", 4, %s, unfinished write, true".formatted(DEAD)))
                .anyMatch(row -> row.contains("/p=new/" + inNone.getFileName() + ", 4, %s, unfinished write, true".formatted(DEAD)))
                .anyMatch(row -> row.contains("s3://lake/elsewhere/" + outside.getFileName() + ", 4, %s, unfinished write, true".formatted(DEAD)))
                .anyMatch(row -> row.contains("/p=x/" + alive.getFileName() + ", 4, %s, unfinished write, false".formatted(ALIVE)));

        remove("schema_name => 'kept', table_name => 'written', dry_run => true");
        assertThat(List.of(inPartition, inNone, outside, ofOther, alive)).allSatisfy(file -> assertThat(file).exists());
        assertThat(orphans.log().open()).hasSize(2);

        // not older than that
        remove("'kept', 'written', '60d'");
        assertThat(inPartition).exists();

        remove("'kept', 'written'");
        assertThat(List.of(inPartition, inNone, outside)).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(List.of(ofOther, alive)).allSatisfy(file -> assertThat(file).exists());
        assertThat(orphans.log().open().stream().map(OpenWrite::queryId)).containsExactly(ALIVE);
        assertThat(rows("kept.written")).isEqualTo(rows);
        assertThat(text("SELECT query_id FROM tarn.kept.\"written$orphan_files\"")).isEqualTo("[[%s]]".formatted(ALIVE));
        execute("INSERT INTO tarn.kept.written VALUES (3, 'z')");
        assertThat(text("SELECT sum(a) FROM tarn.kept.written")).isEqualTo("[[6]]");
    }

    @Test
    void aWriteThatFails()
    {
        execute("CREATE TABLE tarn.kept.failing WITH (external_location = 's3://lake/kept/failing') AS SELECT 1 a");
        assertThatThrownBy(() -> execute("INSERT INTO tarn.kept.failing SELECT CAST(fail('on purpose') AS integer)")).hasMessageContaining("on purpose");
        Orphans orphans = new Orphans(runner, folder, "kept", "failing");
        assertThat(orphans.log().open()).hasSize(1);
        remove("'kept', 'failing'");
        // it might still be under way
        assertThat(orphans.log().open()).hasSize(1);
        WriteLog log = orphans.log();
        orphans.change(_ -> new WriteLog(log.id(), log.last(), List.of(new OpenWrite(log.last(), DEAD, LONG_AGO)), List.of(), 0), Map.of());
        remove("'kept', 'failing'");
        assertThat(orphans.log().open()).isEmpty();
        assertThat(rows("kept.failing")).isEqualTo("[[1]]");
    }

    @Test
    void aWriteThatIsGivenUpCannotBePublished()
    {
        execute("CREATE TABLE tarn.kept.raced WITH (external_location = 's3://lake/kept/raced') AS SELECT 1 a");
        Orphans orphans = new Orphans(runner, folder, "kept", "raced");
        TablePublisher publisher = new TablePublisher(new SchemaTableName("kept", "raced"), location(orphans), fileSystem, new FileLister(), new FileTables(runner.metastore().metastore()));
        Table table = runner.metastore().metastore().getTable("kept", "raced").orElseThrow();
        WriteFileName published = publisher.begin(table, ALIVE);
        WriteFileName dead = publisher.begin(table, DEAD);
        publisher.publish(published);
        assertThat(publisher.giveUp(dead.logId(), _ -> true).stream().map(OpenWrite::queryId)).containsExactly(DEAD);
        orphans.file("", dead.sequence());
        assertThatThrownBy(() -> publisher.publish(dead)).hasMessageContaining("was given up as dead by remove_orphan_files");
        assertThat(rows("kept.raced")).isEqualTo("[[1]]");
        remove("'kept', 'raced'");
        assertThat(orphans.files()).hasSize(1);
        assertThatThrownBy(() -> publisher.publish(dead)).hasMessageContaining("was given up as dead by remove_orphan_files");
        assertThat(rows("kept.raced")).isEqualTo("[[1]]");
    }

    @Test
    void replacedFiles()
    {
        execute("CREATE TABLE tarn.kept.replaced WITH (external_location = 's3://lake/kept/replaced') AS SELECT 1 a");
        Orphans orphans = new Orphans(runner, folder, "kept", "replaced");
        Path first = orphans.files().getFirst();
        execute("INSERT INTO tarn.kept.replaced VALUES 2");
        // killed after it was published
        orphans.openWrite(ALIVE, Instant.now());
        long sequence = orphans.log().last();
        ReplacedFiles lists = new ReplacedFiles(fileSystem, location(orphans));
        lists.write(orphans.log().fileName(sequence), List.of(location(orphans).appendPath(first.getFileName().toString())));
        orphans.change(log -> log.publishReplacing(sequence), Map.of());
        // of no use any more, or not yet
        Path old = Orphans.age(Orphans.write(orphans.location().resolve("_tarn_replaced/0123456789ab-7"), "s3://lake/kept/x"));
        Path young = Orphans.write(orphans.location().resolve("_tarn_replaced/0123456789ab-8"), "s3://lake/kept/x");
        assertThat(rows("kept.replaced")).isEqualTo("[[2]]");
        assertThat(text("SELECT reason, count(*), count(removable_after) FROM tarn.kept.\"replaced$orphan_files\" GROUP BY 1 ORDER BY 1")).isEqualTo("[[replaced, 2, 0], [unused list, 2, 2]]");

        execute("CALL tarn.system.remove_orphan_files(schema_name => 'kept', table_name => 'replaced', dry_run => true)");
        assertThat(first).exists();
        assertThat(old).exists();

        remove("'kept', 'replaced'");
        assertThat(first).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(orphans.log().replaced()).isEmpty();
        assertThat(orphans.log().replacements()).isEqualTo(1);
        assertThat(lists.read(orphans.log().fileName(sequence))).isEmpty();
        assertThat(rows("kept.replaced")).isEqualTo("[[2]]");
    }

    @Test
    void unfinishedTables()
    {
        for (String table : List.of("halfway", "running")) {
            execute("CREATE TABLE tarn.kept.%s WITH (external_location = 's3://lake/kept/%1$s', partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) t (a, p)".formatted(table));
            Orphans orphans = new Orphans(runner, folder, "kept", table);
            Instant begun = table.equals("halfway") ? LONG_AGO : Instant.now();
            orphans.change(log -> new WriteLog(log.id(), 1, List.of(new OpenWrite(1, DEAD, begun)), List.of(), 0), Map.of(WriteLog.CREATING, DEAD));
        }
        Orphans halfway = new Orphans(runner, folder, "kept", "halfway");
        Path location = halfway.location();
        assertThatThrownBy(() -> rows("kept.halfway")).hasMessageContaining("does not exist");
        assertThat(text("SELECT DISTINCT query_id, reason FROM tarn.kept.\"halfway$orphan_files\"")).isEqualTo("[[%s, unfinished table]]".formatted(DEAD));
        assertThatThrownBy(() -> execute("CALL tarn.system.sync_partition_metadata('kept', 'halfway', 'FULL')")).hasMessageContaining("not found");

        execute("CALL tarn.system.remove_orphan_files(schema_name => 'kept', table_name => 'halfway', dry_run => true)");
        assertThat(halfway.files()).hasSize(2);

        remove("'kept', 'halfway'");
        assertThat(Orphans.files(location)).isEmpty();
        assertThat(runner.metastore().metastore().getTable("kept", "halfway")).isEmpty();

        Orphans running = new Orphans(runner, folder, "kept", "running");
        remove("'kept', 'running'");
        assertThat(running.files()).hasSize(2);
        assertThat(running.table().getParameters()).containsEntry(WriteLog.CREATING, DEAD);
    }

    @Test
    void foldersOfNoTable()
    {
        execute("CREATE SCHEMA tarn.abandoned WITH (location = 's3://lake/abandoned')");
        Path schema = folder.resolve("s3/lake/abandoned");
        String dead = folderOfTable(schema, "dead", "0123456789a1", true);
        String young = folderOfTable(schema, "young", "0123456789a2", false);
        String mixed = folderOfTable(schema, "mixed", "0123456789a3", true);
        Orphans.age(Orphans.write(schema.resolve(mixed).resolve("report.csv"), "of a person"));
        String partition = folderOfTable(schema, "partition", "0123456789a4", true);
        String below = folderOfTable(schema, "below", "0123456789a5", true);
        String foreign = folderOfTable(schema, "foreign", "0123456789", true);
        execute("CREATE TABLE tarn.kept.keys (a integer, p varchar) WITH (external_location = 's3://lake/kept/keys', partitioned_by = ARRAY['p'])");
        execute("CALL tarn.system.register_partition('kept', 'keys', ARRAY['p'], ARRAY['x'], 's3://lake/abandoned/%s')".formatted(partition));
        execute("CREATE TABLE tarn.kept.deep (a integer) WITH (external_location = 's3://lake/abandoned/%s/p=x')".formatted(below));
        execute("CREATE TABLE tarn.abandoned.alive WITH (external_location = 's3://lake/abandoned/alive-0123456789b1') AS SELECT 1 a");
        Orphans alive = new Orphans(runner, folder, "abandoned", "alive");
        alive.files().forEach(Orphans::age);
        String moved = folderOfTable(schema, "moved", "0123456789a6", true);
        execute("CREATE TABLE tarn.kept.moved (a integer) WITH (external_location = 's3://lake/abandoned/%s')".formatted(moved));
        // and what is left of a table's own
        alive.openWrite(DEAD, LONG_AGO);
        Path orphan = alive.file("", 2);

        execute("CALL tarn.system.remove_orphan_files(schema_name => 'abandoned', dry_run => true)");
        assertThat(schema.resolve(dead)).exists();
        assertThat(orphan).exists();

        remove("'abandoned'");
        assertThat(schema.resolve(dead)).doesNotExist();
        assertThat(orphan).doesNotExist();
        for (String kept : List.of(young, mixed, partition, below, foreign, moved)) {
            assertThat(Orphans.files(schema.resolve(kept))).as(kept).isNotEmpty();
        }
        assertThat(Orphans.files(schema.resolve(mixed))).hasSize(3);
        assertThat(rows("abandoned.alive")).isEqualTo("[[1]]");
    }

    private static String folderOfTable(Path schema, String name, String logId, boolean old)
    {
        Path table = schema.resolve(name + "-" + logId);
        String writer = logId.length() == 12 ? logId : logId + "00";
        for (String key : List.of("p=x", "p=y")) {
            Path file = Orphans.write(table.resolve(key).resolve(new WriteFileName(writer, 1).unique("left", ".orc")), "rows");
            if (old) {
                Orphans.age(file);
            }
        }
        return table.getFileName().toString();
    }

    @Test
    void refused()
    {
        execute("CREATE TABLE tarn.kept.plain AS SELECT 1 a");
        execute("CREATE VIEW tarn.kept.looking AS SELECT 1 a");
        assertThatThrownBy(() -> remove("'kept', 'plain', '1h'"))
                .hasMessageContaining("retention_threshold is 1.00h, but must be at least 1.00d, which tarn.remove-orphan-files.min-retention says");
        assertThatThrownBy(() -> remove("'kept', NULL, '1h'")).hasMessageContaining("must be at least 1.00d");
        assertThatThrownBy(() -> remove("'kept', 'plain', 'soon'")).hasMessageContaining("retention_threshold is 'soon', but must be a duration");
        assertThatThrownBy(() -> remove("'kept', 'plain', NULL")).hasMessageContaining("retention_threshold cannot be null");
        assertThatThrownBy(() -> remove("NULL")).hasMessageContaining("schema_name cannot be null");
        assertThatThrownBy(() -> remove("'kept', 'missing'")).hasMessageContaining("Table 'kept.missing' not found");
        assertThatThrownBy(() -> remove("'missing'")).hasMessageContaining("Schema missing not found");
        assertThatThrownBy(() -> remove("'kept', 'looking'")).hasMessageContaining("Table is a view: kept.looking");
    }

    @Test
    void permissions()
            throws Exception
    {
        execute("CREATE SCHEMA tarn.guarded WITH (location = 's3://lake/guarded')");
        execute("CREATE TABLE tarn.guarded.keys (a integer, p varchar) WITH (partitioned_by = ARRAY['p'])");
        var accessControl = runner.queryRunner().getAccessControl();
        try {
            accessControl.deny(privilege("keys", DELETE_TABLE));
            assertThatThrownBy(() -> remove("'guarded', 'keys'")).hasMessageContaining("Cannot delete from table");
            assertThatThrownBy(() -> remove("'guarded'")).hasMessageContaining("Cannot delete from table");
            assertThatThrownBy(() -> execute("CALL tarn.system.sync_partition_metadata('guarded', 'keys', 'DROP')")).hasMessageContaining("Cannot delete from table");
            assertThatThrownBy(() -> execute("CALL tarn.system.unregister_partition('guarded', 'keys', ARRAY['p'], ARRAY['x'])")).hasMessageContaining("Cannot delete from table");
            execute("CALL tarn.system.sync_partition_metadata('guarded', 'keys', 'ADD')");
            accessControl.reset();
            accessControl.deny(privilege("keys", INSERT_TABLE), privilege("guarded", DROP_SCHEMA));
            assertThatThrownBy(() -> execute("CALL tarn.system.sync_partition_metadata('guarded', 'keys', 'ADD')")).hasMessageContaining("Cannot insert into table");
            assertThatThrownBy(() -> execute("CALL tarn.system.register_partition('guarded', 'keys', ARRAY['p'], ARRAY['x'])")).hasMessageContaining("Cannot insert into table");
            assertThatThrownBy(() -> execute("CALL tarn.system.create_empty_partition('guarded', 'keys', ARRAY['p'], ARRAY['x'])")).hasMessageContaining("Cannot insert into table");
            assertThatThrownBy(() -> remove("'guarded'")).hasMessageContaining("Cannot drop schema");
            remove("'guarded', 'keys'");
        }
        finally {
            accessControl.reset();
        }
    }

    private static Location location(Orphans orphans)
    {
        return Location.of(orphans.table().getStorage().getLocation());
    }

    private void remove(String arguments)
    {
        execute("CALL tarn.system.remove_orphan_files(%s)".formatted(arguments));
    }

    private String rows(String table)
    {
        return text("SELECT * FROM tarn.%s ORDER BY 1".formatted(table));
    }

    private void execute(String sql)
    {
        runner.queryRunner().execute(sql);
    }

    private String text(String sql)
    {
        return runner.queryRunner().execute(sql).getMaterializedRows().toString();
    }
}
