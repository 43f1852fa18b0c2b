package io.tarn.connector;

import com.google.inject.Inject;
import io.tarn.format.FileFormats;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.MemoryContext;

import java.util.List;
import java.util.Optional;

import static io.tarn.connector.TarnSessionProperties.isValidateBucketing;
import static java.util.Objects.requireNonNull;

public class TarnPageSourceProvider
        implements ConnectorPageSourceProvider
{
    private final TrinoFileSystemFactory fileSystemFactory;
    private final FileFormats formats;
    private final int domainCompactionThreshold;

    @Inject
    public TarnPageSourceProvider(TrinoFileSystemFactory fileSystemFactory, FileFormats formats, TarnConfig config)
    {
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.domainCompactionThreshold = config.getDomainCompactionThreshold();
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle tableHandle,
            Optional<ConnectorTableCredentials> tableCredentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter,
            MemoryContext memoryContext)
    {
        TarnTableHandle table = (TarnTableHandle) tableHandle;
        TarnSplit tarnSplit = (TarnSplit) split;
        List<TarnColumnHandle> tarnColumns = columns.stream().map(TarnColumnHandle.class::cast).toList();
        UnitReads reads = new UnitReads(
                formats,
                session,
                fileSystemFactory.create(session),
                table,
                tarnSplit.group(),
                tarnColumns,
                memoryContext);
        UnitReader reader = new UnitReader(
                reads,
                () -> ScanPredicate.of(table, dynamicFilter.getCurrentPredicate(), domainCompactionThreshold),
                unit -> isValidateBucketing(session) ? BucketCheck.of(table, tarnColumns, unit) : Optional.empty());
        return new SplitPageSource(reader, tarnSplit.group().units(), table.readLimit(tarnSplit.enforceAllowance()));
    }
}
