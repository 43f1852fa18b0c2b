package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.bucket.BucketFilter;
import io.tarn.bucket.Bucketing;
import io.tarn.connector.athena.AthenaFunctionHandle;
import io.tarn.connector.athena.PreparedStatements;
import io.tarn.partition.PartitionValues;
import io.tarn.partition.SelectedPartition;
import io.tarn.quota.ScanQuota;
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
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.connector.TarnSessionProperties.dynamicFilteringWaitTimeout;
import static io.tarn.connector.TarnSessionProperties.isBucketExecutionEnabled;
import static java.util.Objects.requireNonNull;

public class TarnSplitManager
        implements ConnectorSplitManager
{
    private final TarnTransactions transactions;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final TableScanner scanner;
    private final ConnectorExpressionEvaluator evaluator;
    private final ScanMeter meter;
    private final PreparedStatements statements;
    private final ScanEstimator estimator;
    private final long usualSplitBytes;

    @Inject
    public TarnSplitManager(
            TarnTransactions transactions,
            TrinoFileSystemFactory fileSystemFactory,
            TableScanner scanner,
            ConnectorExpressionEvaluator evaluator,
            ScanMeter meter,
            ScanEstimator estimator,
            PreparedStatements statements,
            ScanConfig scanConfig)
    {
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.scanner = requireNonNull(scanner, "scanner is null");
        this.evaluator = requireNonNull(evaluator, "evaluator is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.estimator = requireNonNull(estimator, "estimator is null");
        this.statements = requireNonNull(statements, "statements is null");
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
        ConnectorSplitSource splits = splits(transaction, session, handle, dynamicFilterColumns, constraint);
        return handle.scannedFiles() ? new ScannedFilesSplitSource(splits) : splits;
    }

    @Override
    public ConnectorSplitSource getSplits(ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorTableFunctionHandle function)
    {
        return new AthenaSplitSource(() -> statements.rows((AthenaFunctionHandle) function), scanner.executor());
    }

    private ConnectorSplitSource splits(ConnectorTransactionHandle transaction, ConnectorSession session, TarnTableHandle handle, Set<ColumnHandle> dynamicFilterColumns, Constraint constraint)
    {
        TupleDomain<TarnColumnHandle> partitionConstraint = handle.partitionConstraint();
        if (partitionConstraint.isNone() || handle.fileConstraint().isNone()) {
            return new FixedSplitSource(List.of());
        }
        HiveMetastore metastore = transactions.metastore(transaction);
        Table table = metastore.getTable(handle.name().getSchemaName(), handle.name().getTableName())
                .orElseThrow(() -> new TableNotFoundException(handle.name()));

        Optional<Predicate<List<NullableValue>>> filter = PartitionExpression.predicate(evaluator, session, constraint, handle.partitionKeys());
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        DynamicPartitionFilter dynamicFilter = new DynamicPartitionFilter(handle.partitionKeys());
        long dynamicFilterWaitMillis = dynamicFilterColumns.isEmpty() ? 0 : dynamicFilteringWaitTimeout(session).toMillis();

        boolean partitionFiltered = !partitionConstraint.isAll() || filter.isPresent();
        boolean partitionsMayBeDropped = !Collections.disjoint(dynamicFilterColumns, handle.partitionKeys());
        List<TarnColumnHandle> columns = constraint.getAssignments().values().stream()
                .map(TarnColumnHandle.class::cast)
                .toList();
        Optional<ScanQuota> quota = meter.quota(session, table, handle, columns, partitionFiltered, partitionsMayBeDropped);
        boolean filesApart = quota.isPresent() && handle.readLimit(true).isPresent();
        Supplier<Iterator<ScanGroup>> scan = () -> groups(session, metastore, table, handle, fileSystem, filter.orElse(_ -> true), dynamicFilter, filesApart);
        if (quota.isPresent()) {
            return new MeteredSplitSource(
                    quota.get(),
                    () -> estimator.estimates(session, fileSystem, handle, columns, dynamicFilterColumns, scan.get()),
                    dynamicFilter,
                    partition -> dynamicFilter.test(PartitionValues.parse(handle.name(), TableColumns.keys(handle.partitionKeys()), partition.values())),
                    handle.readLimit(true).map(limit -> OptionalLong.of(limit.rows())).orElse(OptionalLong.empty()),
                    (group, enforceAllowance) -> TarnSplit.of(group, usualSplitBytes, enforceAllowance),
                    dynamicFilterWaitMillis,
                    scanner.executor())
                    .start();
        }
        // the catalogue and the storage are asked on the scanner's threads, not on the engine's
        return new TarnSplitSource(scan, dynamicFilter, dynamicFilterWaitMillis, usualSplitBytes, scanner.executor());
    }

    private Iterator<ScanGroup> groups(
            ConnectorSession session,
            HiveMetastore metastore,
            Table table,
            TarnTableHandle handle,
            TrinoFileSystem fileSystem,
            Predicate<List<NullableValue>> filter,
            DynamicPartitionFilter dynamicFilter,
            boolean filesApart)
    {
        Predicate<List<NullableValue>> chosen = handle.partitions().map(partitions -> chosen(handle, partitions)).orElse(_ -> true);
        Iterator<SelectedPartition> partitions = scanner.partitions(
                metastore,
                table,
                TableColumns.keys(handle.partitionKeys()),
                handle.partitionConstraint().transformKeys(TarnColumnHandle::name),
                values -> filter.test(values) && dynamicFilter.test(values) && chosen.test(values));
        return scanner.scan(
                fileSystem,
                table,
                partitions,
                partition -> dynamicFilter.test(partition.values()),
                conditions(handle.fileConstraint(), isBucketExecutionEnabled(session) ? handle.bucketing() : Optional.empty()),
                filesApart);
    }

    private static Predicate<List<NullableValue>> chosen(TarnTableHandle handle, List<List<String>> partitions)
    {
        return partitions.stream()
                .map(texts -> PartitionValues.parse(handle.name(), TableColumns.keys(handle.partitionKeys()), texts))
                .collect(toImmutableSet())::contains;
    }

    private static FileConditions conditions(TupleDomain<TarnColumnHandle> constraint, Optional<Bucketing> bucketing)
    {
        Map<TarnColumnHandle, Domain> domains = constraint.getDomains().orElseThrow();
        return new FileConditions(
                Optional.ofNullable(domains.get(HiddenColumn.PATH.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.FILE_SIZE.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.FILE_MODIFIED_TIME.handle())),
                Optional.ofNullable(domains.get(HiddenColumn.PARTITION.handle())),
                bucketing.flatMap(buckets -> BucketFilter.of(buckets, dataColumns(constraint), Optional.ofNullable(domains.get(HiddenColumn.BUCKET.handle())))));
    }

    private static TupleDomain<String> dataColumns(TupleDomain<TarnColumnHandle> constraint)
    {
        return constraint.filter((column, _) -> column.kind() == TarnColumnHandle.Kind.DATA && column.path().isEmpty()).transformKeys(TarnColumnHandle::name);
    }
}
