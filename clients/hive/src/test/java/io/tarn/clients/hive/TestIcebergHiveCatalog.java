package io.tarn.clients.hive;

import io.tarn.clients.LocalEngine;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.hive.HiveCatalog;
import org.apache.iceberg.view.View;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Iceberg's Hive catalogue, which commits under locks of the metastore.
 */
final class TestIcebergHiveCatalog
        extends AbstractIcebergCatalogTest<HiveCatalog>
{
    private static final String DATABASE = "iceberg_hive";

    TestIcebergHiveCatalog()
    {
        super(DATABASE);
    }

    @Override
    protected HiveCatalog openCatalog(LocalEngine engine)
    {
        return IcebergCatalogs.hive(engine, engine.metastore(), "hive");
    }

    /**
     * A view of Iceberg's own, which Spark reads, and Trino only lists.
     */
    @Test
    void testViews()
    {
        catalog.createTable(name("seen"), SCHEMA);
        View view = catalog.buildView(name("view"))
                .withSchema(SCHEMA)
                .withDefaultNamespace(Namespace.of(DATABASE))
                .withQuery("spark", "SELECT * FROM seen")
                .create();
        assertThat(catalog.listViews(Namespace.of(DATABASE))).containsExactly(name("view"));
        assertThat(catalog.listTables(Namespace.of(DATABASE))).contains(name("seen")).doesNotContain(name("view"));
        assertThat(catalog.loadView(name("view")).sqlFor("spark").sql()).isEqualTo("SELECT * FROM seen");
        view.replaceVersion()
                .withSchema(SCHEMA)
                .withDefaultNamespace(Namespace.of(DATABASE))
                .withQuery("spark", "SELECT * FROM seen WHERE id > 1")
                .commit();
        assertThat(catalog.loadView(name("view")).sqlFor("spark").sql()).isEqualTo("SELECT * FROM seen WHERE id > 1");
        assertThatThrownBy(() -> catalog.createTable(name("view"), SCHEMA)).isInstanceOf(AlreadyExistsException.class);
        assertThat(trino.column("SHOW TABLES")).contains("seen", "view");
        catalog.renameView(name("view"), name("other_view"));
        assertThat(catalog.viewExists(name("other_view"))).isTrue();
        assertThat(catalog.dropView(name("other_view"))).isTrue();
        assertThat(catalog.listViews(Namespace.of(DATABASE))).isEmpty();
    }

    /**
     * A table that Hive can read with Iceberg's storage handler, so that its descriptor is another one.
     */
    @Test
    void testTableForHive()
            throws Exception
    {
        Table table = catalog.createTable(name("for_hive"), SCHEMA, PartitionSpec.unpartitioned(), Map.of("engine.hive.enabled", "true"));
        IcebergRows.append(table, Map.of("id", 1L, "word", "a"));
        assertRows("for_hive", List.of("1", "a"));
        try (HiveClient client = HiveClient.connect(SharedEngine.engine().metastore())) {
            var found = client.calls().getTable(DATABASE, "for_hive");
            assertThat(found.getParameters()).containsEntry("storage_handler", "org.apache.iceberg.mr.hive.HiveIcebergStorageHandler").containsEntry("numRows", "1");
            assertThat(found.getSd().getCols()).extracting("name").containsExactly("id", "word");
            assertThat(found.getSd().getSerdeInfo().getSerializationLib()).isEqualTo("org.apache.iceberg.mr.hive.HiveIcebergSerDe");
        }
    }
}
