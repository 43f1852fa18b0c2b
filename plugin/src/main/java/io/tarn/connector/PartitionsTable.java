package io.tarn.connector;

import com.google.common.collect.Lists;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.trino.metastore.Partitions.toPartitionValues;
import static io.trino.spi.connector.SystemTable.Distribution.SINGLE_COORDINATOR;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * {@code "t$partitions"}: a row for each registered partition, a column for each key.
 */
final class PartitionsTable
        implements SystemTable
{
    private static final String SUFFIX = "$partitions";
    private static final int PAGE_ROWS = 1000;

    private final HiveMetastore metastore;
    private final SchemaTableName source;
    private final List<PartitionKey> keys;

    private PartitionsTable(HiveMetastore metastore, SchemaTableName source, List<PartitionKey> keys)
    {
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.source = requireNonNull(source, "source is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * @return empty where the name is not that of a partitioned table's partitions
     */
    static Optional<SystemTable> of(HiveMetastore metastore, SchemaTableName name)
    {
        if (!name.getTableName().endsWith(SUFFIX) || name.getTableName().length() == SUFFIX.length()) {
            return Optional.empty();
        }
        String source = name.getTableName().substring(0, name.getTableName().length() - SUFFIX.length());
        Optional<Table> table = metastore.getTable(name.getSchemaName(), source)
                .filter(value -> !ViewDefinitions.isView(value) && !value.getPartitionColumns().isEmpty() && ForeignTables.connector(value).isEmpty());
        return table.map(value -> new PartitionsTable(metastore, value.getSchemaTableName(), TableColumns.keys(TableColumns.partitionKeys(value))));
    }

    @Override
    public Distribution getDistribution()
    {
        return SINGLE_COORDINATOR;
    }

    @Override
    public ConnectorTableMetadata getTableMetadata()
    {
        return new ConnectorTableMetadata(
                new SchemaTableName(source.getSchemaName(), source.getTableName() + SUFFIX),
                keys.stream().map(key -> new ColumnMetadata(key.name(), key.type())).toList());
    }

    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession session, TupleDomain<Integer> constraint)
    {
        if (constraint.isNone()) {
            return new EmptyPageSource();
        }
        Map<String, Domain> domains = new HashMap<>();
        constraint.getDomains().orElseThrow().forEach((column, domain) -> domains.put(keys.get(column).name(), domain));
        List<String> names = metastore.getPartitionNamesByFilter(source.getSchemaName(), source.getTableName(), keys.stream().map(PartitionKey::name).toList(), TupleDomain.withColumnDomains(domains))
                .orElse(List.of());
        return new FixedPageSource(Lists.partition(names, PAGE_ROWS).stream().map(this::page).toList());
    }

    private Page page(List<String> names)
    {
        PageBuilder rows = new PageBuilder(names.size(), keys.stream().map(PartitionKey::type).toList());
        for (String name : names) {
            List<NullableValue> values = PartitionValues.parse(source, keys, toPartitionValues(name));
            rows.declarePosition();
            for (int i = 0; i < values.size(); i++) {
                writeNativeValue(keys.get(i).type(), rows.getBlockBuilder(i), values.get(i).getValue());
            }
        }
        return rows.build();
    }
}
