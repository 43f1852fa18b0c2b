package io.tarn.connector.system;

import com.google.inject.Inject;
import io.airlift.concurrent.BoundedExecutor;
import io.tarn.format.FileFormats;
import io.tarn.partition.PartitionKey;
import io.tarn.scan.FileConditions;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.TableFile;
import io.tarn.scan.TableScanner;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * {@code "t$files"}: a row for each data file that a scan of the table reads. Partitions that a condition on
 * {@code partition} leaves out are not listed, and files are opened only for columns that the listing cannot fill.
 */
public final class FilesTable
        extends CoordinatorTable
{
    private final Services services;
    // the engine hands a system table a session without the catalogue's properties
    private final ConnectorSession session;
    private final HiveMetastore metastore;
    private final Table table;
    private final List<PartitionKey> keys;
    private final List<ColumnMetadata> columns;

    private FilesTable(Services services, ConnectorSession session, SchemaTableName name, HiveMetastore metastore, Table table, List<PartitionKey> keys, List<ColumnMetadata> columns)
    {
        super(name, FilesColumn.ALL.stream().map(FilesColumn::metadata).collect(toImmutableList()));
        this.services = requireNonNull(services, "services is null");
        this.session = requireNonNull(session, "session is null");
        this.metastore = requireNonNull(metastore, "metastore is null");
        this.table = requireNonNull(table, "table is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    /**
     * @throws io.trino.spi.security.AccessDeniedException where the user may select nothing of the table itself
     * @throws io.trino.spi.TrinoException where the quota's gate refuses the query; from the pages, too, and there also
     *         where the storage or the catalogue is at fault
     */
    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession systemSession, TupleDomain<Integer> constraint, ConnectorAccessControl accessControl)
    {
        Set<String> visibleColumns = VisibleColumns.of(table.getSchemaTableName(), columns, accessControl);
        if (constraint.isNone()) {
            return new EmptyPageSource();
        }
        Map<Integer, Domain> domains = constraint.getDomains().orElseThrow();
        Optional<Domain> partition = domain(domains, FilesColumn.PARTITION);
        TupleDomain<String> keyConstraint = partition.map(names -> PartitionNames.keyConstraint(table.getSchemaTableName(), keys, names)).orElse(TupleDomain.all());
        TrinoFileSystem fileSystem = services.fileSystemFactory().create(session);
        Iterator<TableFile> files = services.scanner().files(
                metastore,
                fileSystem,
                table,
                keys,
                keyConstraint,
                name -> partition.map(names -> PartitionNames.matches(names, name)).orElse(true),
                new FileConditions(domain(domains, FilesColumn.PATH), domain(domains, FilesColumn.SIZE), domain(domains, FilesColumn.MODIFIED), partition, Optional.empty()));
        return new FilesPageSource(
                files,
                new FileDescriber(
                        services.formats(),
                        session,
                        fileSystem,
                        visibleColumns,
                        new FooterAllowance(services.meter().quota(session, getTableMetadata().getTable())),
                        new BoundedExecutor(services.scanner().executor(), services.concurrency())));
    }

    private static Optional<Domain> domain(Map<Integer, Domain> domains, FilesColumn column)
    {
        return Optional.ofNullable(domains.get(column.ordinal()));
    }

    /**
     * What tables of files share.
     */
    public static final class Factory
    {
        private final Services services;

        @Inject
        public Factory(TableScanner scanner, TrinoFileSystemFactory fileSystemFactory, FileFormats formats, ListingMeter meter, ScanConfig config)
        {
            services = new Services(scanner, fileSystemFactory, formats, meter, config.getEstimateConcurrency());
        }

        /**
         * @param session the catalogue's
         * @param name of the table of files
         * @param keys of the table that is told about
         * @param columns of that table
         */
        public FilesTable create(ConnectorSession session, SchemaTableName name, HiveMetastore metastore, Table table, List<PartitionKey> keys, List<ColumnMetadata> columns)
        {
            return new FilesTable(services, session, name, metastore, table, keys, columns);
        }
    }

    private record Services(TableScanner scanner, TrinoFileSystemFactory fileSystemFactory, FileFormats formats, ListingMeter meter, int concurrency)
    {
        private Services
        {
            requireNonNull(scanner, "scanner is null");
            requireNonNull(fileSystemFactory, "fileSystemFactory is null");
            requireNonNull(formats, "formats is null");
            requireNonNull(meter, "meter is null");
        }
    }
}
