package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.tarn.connector.system.ListingMeter;
import io.tarn.format.FileFormats;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.QueryOrigin;
import io.tarn.quota.QuotaGate;
import io.tarn.quota.ScanDescription;
import io.tarn.quota.ScanQuota;
import io.tarn.quota.policy.QueryAttributes;
import io.tarn.scan.FileSchemas;
import io.trino.metastore.Column;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.tarn.connector.TarnSessionProperties.isDryRun;
import static io.tarn.connector.TarnSessionProperties.workgroup;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Between a scan and the quota's gate: tells the gate what is scanned.
 */
public class ScanMeter
        implements ListingMeter
{
    private final String catalog;
    private final CurrentGate currentGate;
    private final FileFormats formats;

    @Inject
    public ScanMeter(CatalogName catalog, CurrentGate currentGate, FileFormats formats)
    {
        this.catalog = catalog.toString();
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
        this.formats = requireNonNull(formats, "formats is null");
    }

    /**
     * @param columns what the query reads of the table
     * @return empty where nothing that the scan could take is limited
     * @throws TrinoException where the gate refuses the query
     */
    Optional<ScanQuota> quota(
            ConnectorSession session,
            Table table,
            TarnTableHandle handle,
            List<TarnColumnHandle> columns,
            boolean partitionFiltered,
            boolean partitionsMayBeDropped)
    {
        Optional<QuotaGate> gate = currentGate.get();
        if (gate.isEmpty()) {
            if (isDryRun(session)) {
                throw new TrinoException(NOT_SUPPORTED, "This cluster estimates no queries: set access-control.name=tarn-quota in its access-control.properties, or switch off the session property '%s.dry_run'".formatted(catalog));
            }
            return Optional.empty();
        }
        return gate.get().scan(
                origin(session),
                new ScanDescription(
                        catalog,
                        handle.name().getSchemaName(),
                        handle.name().getTableName(),
                        columns.stream()
                                .filter(column -> column.kind() == TarnColumnHandle.Kind.DATA)
                                .map(TarnColumnHandle::name)
                                .collect(toImmutableSet())
                                .size(),
                        table.getDataColumns().size(),
                        formats.require(FileSchemas.readable(FileSchemas.of(table))).columnar(),
                        table.getPartitionColumns().stream().map(Column::getName).collect(toImmutableList()),
                        partitionFiltered,
                        handle.readLimit(true).isPresent() || partitionsMayBeDropped),
                isDryRun(session));
    }

    @Override
    public Optional<ScanQuota> quota(ConnectorSession session, SchemaTableName name)
    {
        // a listing is no scan of the table: what it costs does not depend on the partitions' size
        ScanDescription description = new ScanDescription(catalog, name.getSchemaName(), name.getTableName(), 0, 0, true, ImmutableList.of(), true, true);
        Optional<ScanQuota> quota = currentGate.get().flatMap(gate -> gate.scan(origin(session), description, isDryRun(session)));
        quota.ifPresent(scan -> scan.counted(false));
        return quota;
    }

    private static QueryOrigin origin(ConnectorSession session)
    {
        return new QueryOrigin(
                session.getQueryId(),
                session.getStart(),
                new QueryAttributes(
                        session.getUser(),
                        session.getIdentity().getGroups(),
                        session.getSource(),
                        ImmutableSet.of(),
                        Optional.empty(),
                        workgroup(session)),
                "");
    }
}
