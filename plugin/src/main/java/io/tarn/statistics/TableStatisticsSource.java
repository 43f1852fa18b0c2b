package io.tarn.statistics;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.partition.SelectedPartition;
import io.tarn.scan.FileConditions;
import io.tarn.scan.FileSchemas;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.TableScanner;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;
import io.trino.metastore.Table;
import io.trino.spi.connector.ConnectorSession;

import java.util.List;
import java.util.Optional;

import static io.tarn.statistics.StatisticsSessionProperties.footerStatisticsMaxFiles;
import static java.util.Objects.requireNonNull;

/**
 * The planner's statistics, for each transaction anew.
 */
public class TableStatisticsSource
{
    /**
     * A thousand files are listed with one request.
     */
    private static final long MAX_LISTED_FILES = 100_000;

    private final TableScanner scanner;
    private final FileFormats formats;
    private final TrinoFileSystemFactory fileSystemFactory;
    private final int concurrency;

    @Inject
    public TableStatisticsSource(TableScanner scanner, FileFormats formats, TrinoFileSystemFactory fileSystemFactory, ScanConfig scanConfig)
    {
        this.scanner = requireNonNull(scanner, "scanner is null");
        this.formats = requireNonNull(formats, "formats is null");
        this.fileSystemFactory = requireNonNull(fileSystemFactory, "fileSystemFactory is null");
        this.concurrency = scanConfig.getEstimateConcurrency();
    }

    /**
     * @param metastore of the transaction
     */
    public TransactionStatistics forTransaction(HiveMetastore metastore)
    {
        return new TransactionStatistics(this, metastore);
    }

    List<SelectedPartition> partitions(HiveMetastore metastore, TablePart part)
    {
        return scanner.selector(metastore).names(part.table(), part.keys(), part.constraint(), _ -> true);
    }

    List<SelectedPartition> definitions(HiveMetastore metastore, Table table, List<SelectedPartition> partitions)
    {
        return ImmutableList.copyOf(scanner.selector(metastore).definitions(table, partitions));
    }

    /**
     * Lists the files of partitions and chooses those to ask.
     *
     * @param partitionCount how many partitions the sample stands for
     * @return empty where the files are in formats that tell nothing of themselves, so that listing them is for nothing
     */
    Optional<FooterStatistics> footers(ConnectorSession session, Table table, List<SelectedPartition> sample, int partitionCount)
    {
        if (sample.stream().noneMatch(partition -> formats.require(schema(table, partition)).columnar())) {
            return Optional.empty();
        }
        TrinoFileSystem fileSystem = fileSystemFactory.create(session);
        FileSample files = FileSample.of(
                scanner.scan(fileSystem, table, sample.iterator(), _ -> true, FileConditions.NONE, false),
                footerStatisticsMaxFiles(session),
                MAX_LISTED_FILES);
        double totalBytes = sample.isEmpty() ? 0 : (double) files.listedBytes() * partitionCount / sample.size();
        return Optional.of(new FooterStatistics(formats, session, fileSystem, files, totalBytes, scanner.executor(), concurrency));
    }

    private FileSchema schema(Table table, SelectedPartition partition)
    {
        return FileSchemas.readable(partition.partition()
                .map(definition -> FileSchemas.of(table, definition, formats))
                .orElseGet(() -> FileSchemas.of(table)));
    }
}
