package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import io.tarn.clients.TrinoClient;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Comparator.comparing;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What Iceberg's users do with a catalogue. Rows are read back with Iceberg and with Trino: by the engine's Iceberg
 * catalogue, and by Tarn's, which hands the table on to that.
 *
 * @param <T> the catalogue's class
 */
@TestInstance(PER_CLASS)
abstract class AbstractIcebergCatalogTest<T extends Catalog & SupportsNamespaces>
{
    static final Schema SCHEMA = new Schema(
            required(1, "id", LongType.get()),
            optional(2, "word", StringType.get()));
    private static final Comparator<List<String>> BY_ID = comparing(List::getFirst);

    private final String database;
    protected T catalog;
    protected TrinoClient trino;

    /**
     * @param database of this class, which no other uses
     */
    AbstractIcebergCatalogTest(String database)
    {
        this.database = database;
    }

    protected abstract T openCatalog(LocalEngine engine);

    /**
     * What the catalogue throws where a table is renamed to one that is there.
     */
    protected Class<? extends Exception> renameConflict()
    {
        return AlreadyExistsException.class;
    }

    /**
     * What the catalogue throws where tables are listed or created in a namespace that is not there.
     */
    protected Class<? extends Exception> missingNamespace()
    {
        return NoSuchNamespaceException.class;
    }

    @BeforeAll
    void start()
    {
        LocalEngine engine = SharedEngine.engine();
        trino = engine.connect(database);
        catalog = openCatalog(engine);
        catalog.createNamespace(Namespace.of(database), Map.of("location", SharedEngine.location(database)));
    }

    @AfterAll
    void stop()
            throws IOException
    {
        if (trino != null) {
            trino.close();
        }
        if (catalog instanceof AutoCloseable closeable) {
            closeQuietly(closeable);
        }
    }

    private static void closeQuietly(AutoCloseable closeable)
            throws IOException
    {
        try {
            closeable.close();
        }
        catch (IOException | RuntimeException e) {
            throw e;
        }
        catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void testCreateAppendRead()
    {
        Table table = catalog.createTable(name("made"), SCHEMA);
        IcebergRows.append(table, Map.of("id", 1L, "word", "a"), Map.of("id", 2L));
        IcebergRows.append(table, Map.of("id", 3L, "word", "ü"));
        assertRows("made", List.of("1", "a"), row("2", null), List.of("3", "ü"));
        assertThat(table.location()).isEqualTo(SharedEngine.location(database + "/made"));
        assertThat(trino.column("SELECT count(*) FROM \"made$snapshots\"")).containsExactly("2");
        assertThatThrownBy(() -> catalog.createTable(name("made"), SCHEMA))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void testSchemaChange()
    {
        Table table = catalog.createTable(name("changed"), SCHEMA);
        IcebergRows.append(table, Map.of("id", 1L, "word", "a"));
        table.updateSchema().addColumn("more", LongType.get()).renameColumn("word", "text").commit();
        table.updateProperties().set("comment", "changed by Iceberg").commit();
        IcebergRows.append(table, Map.of("id", 2L, "text", "b", "more", 7L));
        assertRows("changed", row("1", "a", null), List.of("2", "b", "7"));
        assertThat(trino.column("SELECT more FROM changed WHERE text = 'b'")).containsExactly("7");
        assertThat(trino.column("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'iceberg' AND schema_name = '%s' AND table_name = 'changed'".formatted(database)))
                .containsExactly("changed by Iceberg");
    }

    @Test
    void testRename()
    {
        Table table = catalog.createTable(name("before"), SCHEMA);
        IcebergRows.append(table, Map.of("id", 1L, "word", "a"));
        catalog.createTable(name("taken"), SCHEMA);
        assertThatThrownBy(() -> catalog.renameTable(name("before"), name("taken"))).isInstanceOf(renameConflict());
        catalog.renameTable(name("before"), name("after"));
        assertThat(catalog.tableExists(name("before"))).isFalse();
        assertThatThrownBy(() -> catalog.loadTable(name("before"))).isInstanceOf(NoSuchTableException.class);
        assertThat(catalog.listTables(Namespace.of(database))).contains(name("after"), name("taken")).doesNotContain(name("before"));
        IcebergRows.append(catalog.loadTable(name("after")), Map.of("id", 2L, "word", "b"));
        assertRows("after", List.of("1", "a"), List.of("2", "b"));
    }

    @Test
    void testDrop()
    {
        Table table = catalog.createTable(name("dropped"), SCHEMA);
        IcebergRows.append(table, Map.of("id", 1L, "word", "a"));
        String file = table.currentSnapshot().addedDataFiles(table.io()).iterator().next().location();
        assertThat(table.io().newInputFile(file).exists()).isTrue();
        assertThat(catalog.dropTable(name("dropped"), true)).isTrue();
        assertThat(catalog.tableExists(name("dropped"))).isFalse();
        assertThat(catalog.dropTable(name("dropped"), true)).isFalse();
        assertThat(table.io().newInputFile(file).exists()).isFalse();
        assertThat(trino.column("SHOW TABLES")).doesNotContain("dropped");

        IcebergRows.append(catalog.createTable(name("dropped"), SCHEMA), Map.of("id", 2L, "word", "b"));
        assertRows("dropped", List.of("2", "b"));
    }

    @Test
    void testTableOfTrino()
    {
        trino.execute("CREATE TABLE iceberg.%s.foreign AS SELECT * FROM (VALUES (bigint '1', 'a'), (2, NULL)) AS t (id, word)".formatted(database));
        assertRows("foreign", List.of("1", "a"), row("2", null));
        Table table = catalog.loadTable(name("foreign"));
        IcebergRows.append(table, Map.of("id", 3L, "word", "c"));
        trino.execute("INSERT INTO foreign VALUES (4, 'd')");
        trino.execute("DELETE FROM foreign WHERE id = 1");
        table.refresh();
        // Iceberg's reader applies the deletes that Trino writes
        assertRows("foreign", row("2", null), List.of("3", "c"), List.of("4", "d"));
        assertThat(catalog.listTables(Namespace.of(database))).contains(name("foreign"));
        trino.execute("DROP TABLE foreign");
        assertThat(catalog.tableExists(name("foreign"))).isFalse();
    }

    @Test
    void testNamespaces()
    {
        Namespace namespace = Namespace.of(database + "_other");
        catalog.createNamespace(namespace, Map.of("location", SharedEngine.location(database + "_other"), "comment", "for others", "kind", "test"));
        assertThatThrownBy(() -> catalog.createNamespace(namespace)).isInstanceOf(AlreadyExistsException.class);
        assertThat(catalog.listNamespaces()).contains(namespace, Namespace.of(database));
        assertThat(catalog.loadNamespaceMetadata(namespace))
                .containsEntry("location", SharedEngine.location(database + "_other"))
                .containsEntry("comment", "for others")
                .containsEntry("kind", "test");
        catalog.setProperties(namespace, Map.of("kind", "other", "more", "x"));
        catalog.removeProperties(namespace, Set.of("more"));
        assertThat(catalog.loadNamespaceMetadata(namespace)).containsEntry("kind", "other").doesNotContainKey("more");

        TableIdentifier table = TableIdentifier.of(namespace, "t");
        catalog.createTable(table, SCHEMA);
        assertThatThrownBy(() -> catalog.dropNamespace(namespace)).isInstanceOf(NamespaceNotEmptyException.class);
        catalog.dropTable(table);
        assertThat(catalog.dropNamespace(namespace)).isTrue();
        assertThat(catalog.namespaceExists(namespace)).isFalse();
        assertThatThrownBy(() -> catalog.listTables(namespace)).isInstanceOf(missingNamespace());
        assertThatThrownBy(() -> catalog.loadNamespaceMetadata(namespace)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog.createTable(table, SCHEMA)).isInstanceOf(missingNamespace());
    }

    protected TableIdentifier name(String table)
    {
        return TableIdentifier.of(database, table);
    }

    @SafeVarargs
    protected final void assertRows(String table, List<String>... rows)
    {
        assertThat(IcebergRows.read(catalog.loadTable(name(table))).stream().sorted(BY_ID)).as("by Iceberg").containsExactly(rows);
        // in one query, as an engine's queries are most of what these tests cost
        List<List<String>> ofTrino = trino.rows("SELECT 'tarn', * FROM %2$s UNION ALL SELECT 'iceberg', * FROM iceberg.%1$s.%2$s".formatted(database, table));
        assertThat(through("tarn", ofTrino)).as("by Tarn's catalogue").containsExactly(rows);
        assertThat(through("iceberg", ofTrino)).as("by Trino's Iceberg catalogue").containsExactly(rows);
    }

    private static List<List<String>> through(String door, List<List<String>> rows)
    {
        return rows.stream()
                .filter(row -> row.getFirst().equals(door))
                .map(row -> row.subList(1, row.size()))
                .sorted(BY_ID)
                .toList();
    }

    private static List<String> row(String... values)
    {
        List<String> row = new ArrayList<>();
        for (String value : values) {
            row.add(value);
        }
        return row;
    }
}
