package io.tarn.statistics;

import com.google.common.collect.ImmutableMap;
import io.airlift.concurrent.BoundedExecutor;
import io.airlift.log.Logger;
import io.tarn.format.ColumnChunkStatistics;
import io.tarn.format.FileColumn;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileStatistics;
import io.tarn.format.RowGroupStatistics;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ColumnStatistics;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What the files of a table tell of themselves, for one transaction. Files that cannot be asked, and those that were not
 * chosen, are taken to have as many rows a byte as the others.
 */
final class FooterStatistics
{
    private static final Logger log = Logger.get(FooterStatistics.class);

    private final FileFormats formats;
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final FileSample sample;
    private final double totalBytes;
    private final Executor executor;
    private final Map<StatisticsColumn, Optional<FooterColumn>> columns = new HashMap<>();

    private boolean read;
    private long rows;
    private long bytes;

    /**
     * @param totalBytes of all files, those that were not listed included
     * @param concurrency how many files are asked at once
     */
    FooterStatistics(
            FileFormats formats,
            ConnectorSession session,
            TrinoFileSystem fileSystem,
            FileSample sample,
            double totalBytes,
            Executor executor,
            int concurrency)
    {
        this.formats = requireNonNull(formats, "formats is null");
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.sample = requireNonNull(sample, "sample is null");
        this.totalBytes = totalBytes;
        this.executor = new BoundedExecutor(executor, concurrency);
    }

    /**
     * Asks the files for columns that they were not asked for yet.
     */
    synchronized void read(Collection<StatisticsColumn> wanted)
    {
        Set<StatisticsColumn> lacking = wanted.stream()
                .filter(column -> !columns.containsKey(column))
                .collect(toImmutableSet());
        if (read && lacking.isEmpty()) {
            return;
        }
        List<CompletableFuture<Optional<FileAnswer>>> answers = sample.files().stream()
                .map(file -> CompletableFuture.supplyAsync(() -> ask(file, lacking), executor))
                .toList();
        lacking.forEach(column -> columns.put(column, Optional.of(new FooterColumn(column.type()))));
        long answeredRows = 0;
        long answeredBytes = 0;
        for (int i = 0; i < answers.size(); i++) {
            Optional<FileAnswer> answer = answers.get(i).join();
            if (answer.isPresent()) {
                answeredRows += answer.get().statistics().rows();
                answeredBytes += sample.files().get(i).unit().fileLength();
                add(answer.get());
            }
        }
        rows = answeredRows;
        bytes = answeredBytes;
        read = true;
    }

    private void add(FileAnswer answer)
    {
        for (RowGroupStatistics rowGroup : answer.statistics().rowGroups()) {
            answer.columns().forEach((column, fileColumn) -> {
                ColumnChunkStatistics chunk = fileColumn.isPresent() && !answer.statistics().absent().contains(fileColumn.get())
                        ? rowGroup.columns().get(fileColumn.get())
                        : ColumnChunkStatistics.absent(rowGroup.rows());
                if (chunk == null) {
                    columns.put(column, Optional.empty());
                }
                else {
                    columns.get(column).ifPresent(known -> known.add(rowGroup.rows(), fileColumn.map(FileColumn::type).orElse(column.type()), chunk));
                }
            });
        }
    }

    private Optional<FileAnswer> ask(SampledFile file, Set<StatisticsColumn> wanted)
    {
        try {
            FileFormat format = formats.require(file.schema());
            Map<StatisticsColumn, Optional<FileColumn>> fileColumns = new HashMap<>();
            for (StatisticsColumn column : wanted) {
                fileColumns.put(column, SchemaColumns.find(file.schema(), format.byPosition(file.schema()), column));
            }
            FileRead request = new FileRead(
                    session,
                    fileSystem,
                    file.wholeFile(),
                    file.schema(),
                    fileColumns.values().stream().flatMap(Optional::stream).distinct().toList(),
                    TupleDomain.all(),
                    Optional.empty(),
                    MemoryContext.NO_LIMIT);
            return format.statistics(request).map(statistics -> new FileAnswer(statistics, fileColumns));
        }
        catch (RuntimeException e) {
            // the query may not need the file, and says better what is wrong with it if it does
            log.warn("File %s tells nothing of its rows: %s", file.unit().location(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Empty where no file tells; exact where all files were asked and told.
     */
    synchronized OptionalDouble rows()
    {
        if (sample.listedFiles() == 0) {
            return OptionalDouble.of(0);
        }
        return bytes == 0 ? OptionalDouble.empty() : OptionalDouble.of(rows * (totalBytes / bytes));
    }

    /**
     * @param tableRows as the planner will know them, from here or from elsewhere
     */
    synchronized Map<StatisticsColumn, ColumnStatistics> columns(double tableRows, Collection<StatisticsColumn> wanted)
    {
        if (bytes == 0) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<StatisticsColumn, ColumnStatistics> statistics = ImmutableMap.builder();
        for (StatisticsColumn column : wanted) {
            columns.get(column).ifPresent(known -> statistics.put(column, known.statistics(tableRows, totalBytes / bytes)));
        }
        return statistics.buildOrThrow();
    }

    private record FileAnswer(FileStatistics statistics, Map<StatisticsColumn, Optional<FileColumn>> columns) {}
}
