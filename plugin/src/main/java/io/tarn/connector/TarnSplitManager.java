package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.partition.SelectedPartition;
import io.tarn.scan.FileConditions;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.TableScanner;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorExpressionEvaluator;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.FixedSplitSource;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static io.tarn.connector.TarnSessionProperties.dynamicFilteringWaitTimeout;
import static java.util.Objects.requireNonNull;

public class TarnSplitManager
        implements ConnectorSplitManager
{
    private final TarnTransactions transactions;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final TableScanner scanner;
    private final ConnectorExpressionEvaluator evaluator;
    private final long usualSplitBytes;

    @Inject
    public TarnSplitManager(
            TarnTransactions transactions,
            TrinoFileSystemFactory fileSystemFactory,
            TableScanner scanner,
            ConnectorExpressionEvaluator evaluator,
            ScanConfig scanConfig)
    {
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.scanner = requireNonNull(scanner, "scanner is null");
        this.evaluator = requireNonNull(evaluator, "evaluator is null");
        this.usualSplitBytes = scanConfig.getMaxSplitSize().toBytes();
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle tableHandle,
            Set<ColumnHandle> dynamicFilterColumns,
            Constraint constraint)
    {
        TarnTableHandle handle = (TarnTableHandle) tableHandle;
        TupleDomain<TarnColumnHandle> partitionConstraint = handle.partitionConstraint();
        if (partitionConstraint.isNone() || handle.fileConstraint().isNone()) {
            return new FixedSplitSource(List.of());
        }
        HiveMetastore metastore = transactions.metastore(transaction);
        Table table = metastore.getTable(handle.name().getSchemaName(), handle.name().getTableName())
                .orElseThrow(() -> new TableNotFoundException(handle.name()));

        Predicate<List<NullableValue>> filter = PartitionExpression.predicate(evaluator, session, constraint, handle.partitionKeys());
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        DynamicPartitionFilter dynamicFilter = new DynamicPartitionFilter(handle.partitionKeys());
        // the catalogue and the storage are asked on the scanner's threads, not on the engine's
        return new TarnSplitSource(
                () -> groups(metastore, table, handle, fileSystem, filter, dynamicFilter),
                dynamicFilter,
                dynamicFilterColumns.isEmpty() ? 0 : dynamicFilteringWaitTimeout(session).toMillis(),
                usualSplitBytes,
                scanner.executor());
    }

    private Iterator<ScanGroup> groups(
            HiveMetastore metastore,
            Table table,
            TarnTableHandle handle,
            TrinoFileSystem fileSystem,
            Predicate<List<NullableValue>> filter,
            DynamicPartitionFilter dynamicFilter)
    {
        Iterator<SelectedPartition> partitions = scanner.partitions(
                metastore,
                table,
                TableColumns.keys(handle.partitionKeys()),
                handle.partitionConstraint().transformKeys(TarnColumnHandle::name),
                values -> filter.test(values) && dynamicFilter.test(values));
        return scanner.scan(fileSystem, table, partitions, partition -> dynamicFilter.test(partition.values()), conditions(handle.fileConstraint()));
    }

    private static FileConditions conditions(TupleDomain<TarnColumnHandle> constraint)
    {
        Map<TarnColumnHandle, Domain> domains = constraint.getDomains().orElseThrow();
        return new FileConditions(
                Optional.ofNullable(domains.get(HiddenColumn.PATH.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.FILE_SIZE.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.FILE_MODIFIED_TIME.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.PARTITION.handle())));
    }
}
