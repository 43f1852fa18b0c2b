package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.inject.Inject;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.PartitionCondition;
import io.tarn.athena.statement.PartitionLocation;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RepairTable;
import io.tarn.maintenance.PartitionSync;
import io.tarn.metastore.LiveTables;
import io.tarn.metastore.QueryMetastores;
import io.tarn.write.PartitionRegistrar;
import io.trino.filesystem.Location;
import io.trino.metastore.Partition;
import io.trino.metastore.PartitionStatistics;
import io.trino.metastore.PartitionWithStatistics;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_PARTITION_CONFLICT;
import static io.tarn.error.TarnErrorCode.TARN_STATEMENT_REFUSED;
import static io.trino.metastore.Partitions.toPartitionValues;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What statements do to the partitions that are registered; files are neither written, moved nor deleted.
 */
public class PartitionChanges
{
    private static final int BATCH = 1000;
    private static final int NAMED_IN_ROW = 1000;

    private final HiveTables tables;
    private final LiveTables liveTables;
    private final QueryMetastores metastores;
    private final PartitionSync sync;
    private final DeclaredLocations locations;

    @Inject
    public PartitionChanges(HiveTables tables, LiveTables liveTables, QueryMetastores metastores, PartitionSync sync, DeclaredLocations locations)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.liveTables = requireNonNull(liveTables, "liveTables is null");
        this.metastores = requireNonNull(metastores, "metastores is null");
        this.sync = requireNonNull(sync, "sync is null");
        this.locations = requireNonNull(locations, "locations is null");
    }

    /**
     * A partition without a location is at the folder below the table's that its name is.
     *
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where one is registered and that is not allowed; none is
     *         registered then
     */
    void add(AddPartitions statement, StatementContext context)
    {
        Table table = tables.hive(context, context.table(statement.table()), statement);
        Map<String, String> folders = new LinkedHashMap<>();
        for (PartitionLocation partition : statement.partitions()) {
            String name = PartitionSpec.name(table, PartitionSpec.values(table, partition.values()));
            String folder = partition.location()
                    .map(location -> locations.requireFolder(context, location))
                    .orElseGet(() -> Location.of(table.getStorage().getLocation()).appendPath(name).toString());
            if (folders.putIfAbsent(name, folder) != null && !statement.ifNotExists()) {
                throw new TrinoException(TARN_PARTITION_CONFLICT, "Partition %s of table %s is added twice by the statement".formatted(name, table.getSchemaTableName()));
            }
        }
        if (!statement.ifNotExists()) {
            requireNotRegistered(context, table, folders.keySet());
        }
        PartitionRegistrar registrar = new PartitionRegistrar(metastores::forQuery, table, context.session().getQueryId());
        for (List<String> batch : Iterables.partition(folders.keySet(), BATCH)) {
            Map<String, String> batchFolders = new LinkedHashMap<>();
            batch.forEach(name -> batchFolders.put(name, folders.get(name)));
            registrar.register(batchFolders, Map.of());
        }
    }

    private static void requireNotRegistered(StatementContext context, Table table, Set<String> names)
    {
        for (List<String> batch : Iterables.partition(names, BATCH)) {
            context.metastore().getPartitionsByNames(table, batch).forEach((name, partition) -> partition.ifPresent(found -> {
                throw new TrinoException(TARN_PARTITION_CONFLICT, "Partition already exists: %s of table %s, with location %s. Use ADD IF NOT EXISTS, or ALTER TABLE ... PARTITION ... SET LOCATION"
                        .formatted(name, table.getSchemaTableName(), found.getStorage().getOptionalLocation().orElse("")));
            }));
        }
    }

    /**
     * @throws TrinoException {@code TARN_PARTITION_CONFLICT} where conditions select no partition and that is not
     *         allowed; none is dropped then
     */
    void drop(DropPartitions statement, StatementContext context)
    {
        Table table = tables.hive(context, context.table(statement.table()), statement);
        Set<List<String>> dropped = new LinkedHashSet<>();
        for (List<PartitionCondition> conditions : statement.partitions()) {
            List<String> names = PartitionConditions.select(context.metastore(), table, conditions);
            if (names.isEmpty() && !statement.ifExists()) {
                throw new TrinoException(TARN_PARTITION_CONFLICT, "Partition not found (%s) of table %s. SHOW PARTITIONS lists those that are there; DROP IF EXISTS passes over others"
                        .formatted(conditions.stream().map(condition -> condition.column() + condition.operator().symbol() + condition.value()).collect(joining(", ")), table.getSchemaTableName()));
            }
            names.forEach(name -> dropped.add(toPartitionValues(name)));
        }
        liveTables.dropPartitions(table.getSchemaTableName(), List.copyOf(dropped));
    }

    /**
     * Gives a partition other values, and leaves its files at its location.
     */
    void rename(RenamePartition statement, StatementContext context)
    {
        Table table = tables.hive(context, context.table(statement.table()), statement);
        List<String> from = PartitionSpec.values(table, statement.partition());
        List<String> to = PartitionSpec.values(table, statement.renamed());
        Partition partition = PartitionSpec.require(context, table, from);
        if (from.equals(to)) {
            return;
        }
        requireNotRegistered(context, table, Set.of(PartitionSpec.name(table, to)));
        // first the new one: were it to fail in between, there would be one too many rather than none
        context.metastore().addPartitions(table.getDatabaseName(), table.getTableName(), List.of(new PartitionWithStatistics(
                Partition.builder(partition).setValues(to).build(),
                PartitionSpec.name(table, to),
                PartitionStatistics.empty())));
        liveTables.dropPartitions(table.getSchemaTableName(), List.of(from));
    }

    /**
     * Registers the folders that are not registered, and drops none; folders with a colon in a value are passed over,
     * as by Athena.
     *
     * @return what it found and added, in Hive's words
     */
    Iterator<List<String>> repair(RepairTable statement, StatementContext context)
    {
        Table table = tables.hive(context, context.table(statement.table()), statement);
        PartitionSpec.requirePartitioned(table);
        if (!table.getStorage().getOptionalLocation().orElse("").startsWith("s3://")) {
            throw new TrinoException(TARN_STATEMENT_REFUSED, "MSCK REPAIR TABLE looks into locations of s3://, and table %s is at '%s'".formatted(table.getSchemaTableName(), table.getStorage().getOptionalLocation().orElse("")));
        }
        List<String> added = sync.add(context.session(), table, values -> values.stream().noneMatch(value -> value.contains(":")));
        String prefix = table.getTableName() + ":";
        Iterable<List<String>> missing = Iterables.transform(
                Lists.partition(added, NAMED_IN_ROW),
                names -> ImmutableList.of(names.stream().map(prefix::concat).collect(joining("\t", "Partitions not in metastore:\t", ""))));
        Iterable<List<String>> repaired = Iterables.transform(added, name -> ImmutableList.of("Repair: Added partition to metastore " + prefix + name));
        return Iterables.concat(missing, repaired).iterator();
    }
}
