package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import com.google.inject.Inject;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.maintenance.PartitionKeys;
import io.tarn.metastore.LiveTables;
import io.trino.metastore.Column;
import io.trino.metastore.Table;
import io.trino.metastore.TableInfo;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaNotFoundException;
import io.trino.spi.connector.SchemaTableName;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.metastore.Partitions.makePartName;
import static java.util.Objects.requireNonNull;

/**
 * The {@code SHOW} statements whose answers are names.
 */
public class Listings
{
    private final HiveTables tables;
    private final LiveTables liveTables;

    @Inject
    public Listings(HiveTables tables, LiveTables liveTables)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
    }

    Iterator<List<String>> databases(ShowDatabases statement, StatementContext context)
    {
        List<String> names = context.metastore().getAllDatabases().stream().filter(filter(statement.pattern())).sorted().toList();
        return rows(names, context.visibility().databases(Set.copyOf(names)));
    }

    /**
     * Tables and views.
     */
    Iterator<List<String>> tables(ShowTables statement, StatementContext context)
    {
        return relations(context, context.database(statement.database()), statement.pattern(), _ -> true);
    }

    Iterator<List<String>> views(ShowViews statement, StatementContext context)
    {
        return relations(context, context.database(statement.database()), statement.pattern(), table -> table.extendedRelationType().toRelationType() == RelationType.VIEW);
    }

    private static Iterator<List<String>> relations(StatementContext context, String database, Optional<String> pattern, Predicate<TableInfo> kind)
    {
        if (context.metastore().getDatabase(database).isEmpty()) {
            throw new SchemaNotFoundException(database);
        }
        Predicate<String> filter = filter(pattern);
        List<SchemaTableName> names = context.metastore().getTables(database).stream()
                .filter(kind)
                .map(TableInfo::tableName)
                .filter(name -> filter.test(name.getTableName()))
                .toList();
        Set<String> visible = context.visibility().tables(Set.copyOf(names)).stream().map(SchemaTableName::getTableName).collect(toImmutableSet());
        return rows(names.stream().map(SchemaTableName::getTableName).sorted().toList(), visible);
    }

    private static Predicate<String> filter(Optional<String> pattern)
    {
        return pattern.<Predicate<String>>map(HivePattern::new).orElse(_ -> true);
    }

    Iterator<List<String>> columns(ShowColumns statement, StatementContext context)
    {
        SchemaTableName name = context.table(statement.table());
        Table table = tables.any(context, name);
        List<String> names = Stream.concat(table.getDataColumns().stream(), table.getPartitionColumns().stream()).map(Column::getName).toList();
        return rows(names, context.visibility().columns(name, Set.copyOf(names)));
    }

    /**
     * As the catalogue has them and in its order, a page at a time, whatever a projection says.
     */
    Iterator<List<String>> partitions(ShowPartitions statement, StatementContext context)
    {
        Table table = tables.hive(context, context.table(statement.table()), statement);
        PartitionSpec.requirePartitioned(table);
        Map<String, String> given = PartitionSpec.given(table, statement.partition());
        List<String> keys = PartitionKeys.names(table);
        return Iterators.transform(
                Iterators.filter(liveTables.partitionValues(table.getSchemaTableName()), values -> matches(given, keys, values)),
                values -> ImmutableList.of(makePartName(keys, values)));
    }

    private static boolean matches(Map<String, String> given, List<String> keys, List<String> values)
    {
        for (int i = 0; i < keys.size(); i++) {
            String value = given.get(keys.get(i));
            if (value != null && !value.equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * All properties with their values, or the value of the one that is asked for.
     */
    Iterator<List<String>> properties(ShowTableProperties statement, StatementContext context)
    {
        Table table = tables.any(context, context.table(statement.table()));
        Map<String, String> properties = DeclaredProperties.shown(table.getParameters());
        if (statement.key().isPresent()) {
            String key = statement.key().get();
            // Hive answers with a sentence too
            return Iterators.singletonIterator(ImmutableList.of(properties.getOrDefault(key, "Table %s does not have property: %s".formatted(table.getSchemaTableName(), key))));
        }
        return Iterators.transform(properties.entrySet().iterator(), property -> ImmutableList.of(property.getKey(), property.getValue()));
    }

    private static Iterator<List<String>> rows(List<String> names, Set<String> visible)
    {
        return Iterators.transform(Iterators.filter(names.iterator(), visible::contains), ImmutableList::of);
    }
}
