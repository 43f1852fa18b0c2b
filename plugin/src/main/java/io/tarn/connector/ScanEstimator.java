package io.tarn.connector;

import com.google.inject.Inject;
import io.airlift.concurrent.BoundedExecutor;
import io.airlift.log.Logger;
import io.tarn.connector.UnitReads.UnitRead;
import io.tarn.format.FileFormats;
import io.tarn.format.ReadEstimate;
import io.tarn.format.ReadLimit;
import io.tarn.scan.ScanConfig;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanUnit;
import io.tarn.scan.TableScanner;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Tells what the splits of a scan would fetch, before they do.
 */
public class ScanEstimator
{
    private static final Logger log = Logger.get(ScanEstimator.class);

    private final FileFormats formats;
    private final ExecutorService executor;
    private final int concurrency;
    private final int domainCompactionThreshold;

    @Inject
    public ScanEstimator(FileFormats formats, TableScanner scanner, ScanConfig scanConfig, TarnConfig config)
    {
        this(formats, scanner.executor(), scanConfig.getEstimateConcurrency(), config.getDomainCompactionThreshold());
    }

    ScanEstimator(FileFormats formats, ExecutorService executor, int concurrency, int domainCompactionThreshold)
    {
        this.formats = requireNonNull(formats, "formats is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.concurrency = concurrency;
        this.domainCompactionThreshold = domainCompactionThreshold;
    }

    /**
     * The groups in their order, each with its cost. Files are asked ahead of the group that is consumed, several at
     * once, which blocks on the storage; the iterator is for one thread at a time, and to be closed where it is not
     * consumed to its end.
     * <p>
     * A unit whose cost cannot be told, for its footer is broken or a column does not fit, costs its length, and what
     * is wrong with it is left for the split to tell. What {@code groups} throws, the iterator throws when the groups
     * before it are consumed.
     *
     * @param columns what the query reads of the table
     * @param dynamicFilterColumns columns for which filters may arrive while the query runs
     */
    EstimatedGroups estimates(
            ConnectorSession session,
            TrinoFileSystem fileSystem,
            TarnTableHandle table,
            List<TarnColumnHandle> columns,
            Collection<? extends ColumnHandle> dynamicFilterColumns,
            Iterator<ScanGroup> groups)
    {
        List<TarnColumnHandle> filterable = table.limit().isPresent() ? List.of() : dynamicFilterColumns.stream()
                                                                                    .map(TarnColumnHandle.class::cast)
                                                                                    .collect(toImmutableList());
        TupleDomain<TarnColumnHandle> predicate = ScanPredicate.of(table, domainCompactionThreshold);
        return new EstimatedGroups(
                groups,
                group -> {
                    UnitReads reads = new UnitReads(formats, session, fileSystem, table, group, columns, MemoryContext.NO_LIMIT);
                    return unit -> estimate(reads, unit, predicate, filterable, table.readLimit(true));
                },
                table.readLimit(true).map(ReadLimit::rows).map(OptionalLong::of).orElse(OptionalLong.empty()),
                new BoundedExecutor(executor, concurrency),
                2 * concurrency);
    }

    private static ReadEstimate estimate(UnitReads reads, ScanUnit unit, TupleDomain<TarnColumnHandle> predicate, List<TarnColumnHandle> filterable, Optional<ReadLimit> limit)
    {
        try {
            Optional<UnitRead> read = reads.resolve(unit, predicate, limit);
            if (read.isEmpty()) {
                return new ReadEstimate(0, OptionalLong.of(0), true);
            }
            return read.get().format().estimate(read.get().read(), reads.fileColumns(unit, filterable));
        }
        catch (TrinoException e) {
            return unknown(unit);
        }
        catch (RuntimeException e) {
            log.warn(e, "What %s would cost to read cannot be told", unit);
            return unknown(unit);
        }
    }

    private static ReadEstimate unknown(ScanUnit unit)
    {
        return new ReadEstimate(unit.length(), OptionalLong.empty(), false);
    }
}
