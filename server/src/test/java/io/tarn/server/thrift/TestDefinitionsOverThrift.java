package io.tarn.server.thrift;

import io.tarn.server.lake.LakeServices;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.GetPartitionsFilterSpec;
import org.apache.hadoop.hive.metastore.api.GetPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.PartitionFilterMode;
import org.apache.hadoop.hive.metastore.api.PartitionListComposingSpec;
import org.apache.hadoop.hive.metastore.api.PartitionSpec;
import org.apache.hadoop.hive.metastore.api.PartitionSpecWithSharedSD;
import org.apache.hadoop.hive.metastore.api.PartitionWithoutSD;
import org.apache.hadoop.hive.metastore.api.PartitionsByExprRequest;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.TableMeta;
import org.apache.hadoop.hive.metastore.api.TruncateTableRequest;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.tarn.server.thrift.HiveSamples.partition;
import static io.tarn.server.thrift.HiveSamples.table;
import static io.tarn.server.thrift.HiveSamples.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Listings of tables, specifications of partitions, and truncation.
 */
final class TestDefinitionsOverThrift
        extends AbstractDoorTest
{
    @Test
    void testListedTypesAndComments()
            throws Exception
    {
        Table managed = table("lake", "listed_managed");
        managed.setOwner("somebody");
        client.create_table(managed);
        Table external = table("lake", "listed_external");
        external.setParameters(Map.of("EXTERNAL", "TRUE", "comment", "of others"));
        client.create_table(external);
        client.create_table(view("lake", "listed_view"));
        lake.glue().createTable(request -> request.databaseName("lake").tableInput(input -> input.name("listed_bare")));

        assertThat(client.get_table_meta("lake", "listed_*", List.of())).extracting(TableMeta::getTableName, TableMeta::getTableType, TableMeta::getComments).containsExactlyInAnyOrder(
                tuple("listed_managed", "MANAGED_TABLE", null),
                tuple("listed_external", "EXTERNAL_TABLE", "of others"),
                tuple("listed_view", "VIRTUAL_VIEW", null),
                tuple("listed_bare", "EXTERNAL_TABLE", null));
        assertThat(client.get_table_meta("lake", "listed_managed", List.of()).getFirst().getOwnerName()).isEqualTo("somebody");
        assertThat(client.get_table_meta("l*", "listed_*", List.of("VIRTUAL_VIEW", "MANAGED_TABLE"))).hasSize(2);
        long calls = door.glueStats().callCount();
        assertThat(client.get_tables_by_type("lake", "listed_*", "MANAGED_TABLE")).containsExactly("listed_managed");
        assertThat(client.get_tables_by_type("lake", "listed_*", "EXTERNAL_TABLE")).containsExactlyInAnyOrder("listed_external", "listed_bare");
        assertThat(client.get_tables_by_type("lake", "listed_*", "MATERIALIZED_VIEW")).isEmpty();
        assertThat(door.glueStats().callCount() - calls).isEqualTo(3);
    }

    @Test
    void testPartitionSpecs()
            throws Exception
    {
        client.create_table(table("lake", "specified"));
        PartitionSpec listed = new PartitionSpec("lake", "specified", LakeServices.location("warehouse/specified"));
        listed.setPartitionList(new PartitionListComposingSpec(List.of(partition("specified", "2019", "a"), partition("specified", "2020", "b"))));
        StorageDescriptor shared = partition("specified", "1", "1").getSd();
        PartitionSpec sharing = new PartitionSpec("lake", "specified", LakeServices.location("elsewhere"));
        sharing.setSharedSDPartitionSpec(new PartitionSpecWithSharedSD(List.of(new PartitionWithoutSD(List.of("10", "a"), 0, 0, "/year=10/kind=a", new HashMap<>(Map.of("k", "v")))), shared));
        assertThat(client.add_partitions_pspec(List.of(listed, sharing))).isEqualTo(3);
        assertThatThrownBy(() -> client.add_partitions_pspec(List.of(sharing))).isInstanceOf(AlreadyExistsException.class);
        Partition added = client.get_partition("lake", "specified", List.of("10", "a"));
        assertThat(added.getSd().getLocation()).isEqualTo(LakeServices.location("elsewhere/year=10/kind=a"));
        assertThat(added.getParameters()).containsEntry("k", "v");

        assertThat(client.get_partitions_pspec("lake", "specified", -1).getFirst().getPartitionList().getPartitions()).hasSize(3);
        assertThat(selected(null)).hasSize(3);
        assertThat(selected(filter(PartitionFilterMode.BY_NAMES, "year=2019/kind=a", "year=1/kind=none"))).containsExactly(List.of("2019", "a"));
        assertThat(selected(filter(PartitionFilterMode.BY_VALUES, "2020"))).containsExactly(List.of("2020", "b"));
        assertThat(selected(filter(PartitionFilterMode.BY_EXPR, "year > 100", "kind = 'a' OR kind = 'c'"))).containsExactly(List.of("2019", "a"));
        assertThatThrownBy(() -> selected(filter(PartitionFilterMode.BY_EXPR, "word = 1"))).isInstanceOf(MetaException.class);

        PartitionsByExprRequest request = new PartitionsByExprRequest("lake", "specified", ByteBuffer.wrap(new byte[] {-1}));
        assertThat(client.get_partition_names_req(request)).hasSize(3);
        request.setOrder("1,0:+-");
        assertThat(client.get_partition_names_req(request)).containsExactly("year=2019/kind=a", "year=10/kind=a", "year=2020/kind=b");
        request.setMaxParts((short) 1);
        assertThat(client.get_partition_names_req(request)).containsExactly("year=2019/kind=a");
        request.setOrder("7:+");
        assertThatThrownBy(() -> client.get_partition_names_req(request)).isInstanceOf(MetaException.class).hasMessageContaining("no order");
        request.setExpr(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> client.get_partition_names_req(request)).isInstanceOf(MetaException.class).hasMessageContaining("get_partition_names_req");
    }

    private List<List<String>> selected(GetPartitionsFilterSpec filter)
            throws TException
    {
        GetPartitionsRequest request = new GetPartitionsRequest();
        request.setDbName("lake");
        request.setTblName("specified");
        request.setFilterSpec(filter);
        return client.get_partitions_with_specs(request).getPartitionSpec().stream()
                .flatMap(spec -> spec.getPartitionList().getPartitions().stream())
                .map(Partition::getValues)
                .toList();
    }

    private static GetPartitionsFilterSpec filter(PartitionFilterMode mode, String... filters)
    {
        GetPartitionsFilterSpec spec = new GetPartitionsFilterSpec();
        spec.setFilterMode(mode);
        spec.setFilters(List.of(filters));
        return spec;
    }

    @Test
    void testTruncate()
            throws Exception
    {
        client.create_table(table("lake", "emptied"));
        for (String kind : List.of("a", "b")) {
            Partition partition = partition("emptied", "1", kind);
            partition.getParameters().put("numRows", "5");
            client.add_partition(partition);
            put("warehouse/emptied/year=1/kind=%s/part-0".formatted(kind));
            put("warehouse/emptied/year=1/kind=%s/.hidden".formatted(kind));
        }
        client.truncate_table("lake", "emptied", List.of("year=1/kind=a"));
        assertThat(keys("warehouse/emptied/")).containsExactlyInAnyOrder("warehouse/emptied/.keep", "warehouse/emptied/year=1/kind=a/.hidden", "warehouse/emptied/year=1/kind=b/.hidden", "warehouse/emptied/year=1/kind=b/part-0");
        assertThat(client.get_partition("lake", "emptied", List.of("1", "a")).getParameters()).containsEntry("numRows", "0");
        assertThat(client.get_partition("lake", "emptied", List.of("1", "b")).getParameters()).containsEntry("numRows", "5");
        assertThatThrownBy(() -> client.truncate_table("lake", "emptied", List.of("year=1/kind=none"))).isInstanceOfAny(MetaException.class, TApplicationException.class).hasMessageContaining("year=1/kind=none");
        client.truncate_table_req(new TruncateTableRequest("lake", "emptied"));
        assertThat(keys("warehouse/emptied/")).noneMatch(key -> key.endsWith("part-0"));

        Table external = table("lake", "not_emptied");
        external.setPartitionKeys(List.of());
        external.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE", "numRows", "5")));
        client.create_table(external);
        put("warehouse/not_emptied/part-0");
        assertThatThrownBy(() -> client.truncate_table("lake", "not_emptied", null)).isInstanceOf(MetaException.class).hasMessageContaining("external.table.purge");
        assertThat(keys("warehouse/not_emptied/")).contains("warehouse/not_emptied/part-0");
        external.getParameters().put("external.table.purge", "true");
        client.alter_table("lake", "not_emptied", external);
        client.truncate_table("lake", "not_emptied", null);
        assertThat(keys("warehouse/not_emptied/")).containsExactly("warehouse/not_emptied/.keep");

        client.create_table(view("lake", "no_table"));
        assertThatThrownBy(() -> client.truncate_table("lake", "no_table", null)).isInstanceOf(MetaException.class).hasMessageContaining("VIRTUAL_VIEW");
    }

    private void put(String key)
    {
        lake.put(key, new byte[] {1});
    }

    private List<String> keys(String prefix)
    {
        return lake.s3().listObjectsV2(request -> request.bucket(LakeServices.BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
