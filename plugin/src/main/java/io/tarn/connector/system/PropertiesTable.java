package io.tarn.connector.system;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Table;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;

/**
 * {@code "t$properties"}: one row, a column for each of the table's parameters in the catalogue. Of parameters whose
 * names differ in case only the one that sorts first is shown, because columns cannot be told apart by case.
 */
public final class PropertiesTable
        extends CoordinatorTable
{
    private final Page row;

    /**
     * @param name of this table
     * @param table the one that is told about
     */
    public PropertiesTable(SchemaTableName name, Table table)
    {
        this(name, properties(table));
    }

    private PropertiesTable(SchemaTableName name, SortedMap<String, String> properties)
    {
        super(name, properties.keySet().stream().map(key -> column(key, VARCHAR, Optional.empty())).collect(toImmutableList()));
        row = new Page(1, properties.values().stream().map(value -> writeNativeValue(VARCHAR, utf8Slice(value))).toArray(Block[]::new));
    }

    private static SortedMap<String, String> properties(Table table)
    {
        SortedMap<String, String> properties = new TreeMap<>();
        for (Map.Entry<String, String> parameter : new TreeMap<>(table.getParameters()).entrySet()) {
            if (!parameter.getKey().isEmpty()) {
                properties.putIfAbsent(parameter.getKey().toLowerCase(ENGLISH), parameter.getValue());
            }
        }
        return properties;
    }

    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession session, TupleDomain<Integer> constraint)
    {
        return new ListedPages(ImmutableList.of(row).iterator());
    }
}
