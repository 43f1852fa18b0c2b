package io.tarn.connector.system;

import com.google.common.collect.Lists;
import io.tarn.partition.PartitionKey;
import io.tarn.partition.PartitionValues;
import io.trino.metastore.Column;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.metastore.Partitions.toPartitionValues;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * {@code "t$partitions"}: a row for each registered partition, a column for each key. Partitions that have come with a
 * write which is not published are left out.
 */
public final class PartitionsTable
        extends CoordinatorTable
{
    private static final int PAGE_ROWS = 1000;

    private final HiveMetastore metastore;
    private final UnpublishedPartitions unpublished;
    private final Table table;
    private final SchemaTableName source;
    private final List<PartitionKey> keys;

    /**
     * @param name of this table
     * @param keys of the table that is told about
     */
    public PartitionsTable(SchemaTableName name, HiveMetastore metastore, Table table, List<PartitionKey> keys, UnpublishedPartitions unpublished)
    {
        super(name, keys.stream().map(key -> columnOf(table, key)).collect(toImmutableList()));
        this.unpublished = requireNonNull(unpublished, "unpublished is null");
        this.table = requireNonNull(table, "table is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.source = table.getSchemaTableName();
        this.keys = requireNonNull(keys, "keys is null");
    }

    private static ColumnMetadata columnOf(Table table, PartitionKey key)
    {
        Optional<String> comment = table.getPartitionColumns().stream()
                .filter(column -> column.getName().equalsIgnoreCase(key.name()))
                .findFirst()
                .flatMap(Column::getComment);
        return column(key.name(), key.type(), comment);
    }

    /**
     * @throws io.trino.spi.security.AccessDeniedException where the keys are not the user's to select from the table itself
     */
    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession session, TupleDomain<Integer> constraint, ConnectorAccessControl accessControl)
    {
        accessControl.checkCanSelectFromColumns(null, source, Optional.empty(), keys.stream().map(PartitionKey::name).collect(toImmutableSet()));
        if (constraint.isNone()) {
            return new EmptyPageSource();
        }
        Map<String, Domain> domains = new HashMap<>();
        constraint.getDomains().orElseThrow().forEach((column, domain) -> domains.put(keys.get(column).name(), domain));
        List<String> names = metastore.getPartitionNamesByFilter(source.getSchemaName(), source.getTableName(), keys.stream().map(PartitionKey::name).toList(), TupleDomain.withColumnDomains(domains))
                .orElse(List.of());
        UnaryOperator<List<String>> published = unpublished.filter(table);
        // one page at a time
        return new ListedPages(Lists.partition(names, PAGE_ROWS).stream().map(page -> page(published.apply(page))).iterator());
    }

    private Page page(List<String> names)
    {
        PageBuilder rows = new PageBuilder(names.size(), types());
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
