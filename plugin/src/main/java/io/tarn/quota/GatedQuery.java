package io.tarn.quota;

import com.google.common.collect.ImmutableList;
import io.tarn.quota.QueryEnd.TableRead;
import io.tarn.quota.ledger.Cost;
import io.tarn.quota.ledger.QueryState;
import io.tarn.quota.ledger.Settlement;
import io.tarn.quota.ledger.TableScan;
import io.tarn.quota.policy.Pricing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import static io.tarn.error.TarnErrorCode.QUOTA_DRY_RUN;
import static io.tarn.error.TarnErrorCode.QUOTA_EXCEEDED;
import static io.tarn.error.TarnErrorCode.QUOTA_PARTITION_FILTER_REQUIRED;
import static io.tarn.error.TarnErrorCode.QUOTA_WORKGROUP_UNAVAILABLE;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * A query that the engine has told of. Which workgroup it belongs to is settled when it names its first table.
 */
final class GatedQuery
{
    private static final int MAX_REASON_LENGTH = 4096;

    private final QueryOrigin origin;
    private RunningQuery running;

    GatedQuery(QueryOrigin origin)
    {
        this.origin = requireNonNull(origin, "origin is null");
    }

    synchronized RunningQuery running(Function<QueryOrigin, RunningQuery> start)
    {
        if (running == null) {
            running = start.apply(origin);
        }
        return running;
    }

    synchronized Optional<RunningQuery> running()
    {
        return Optional.ofNullable(running);
    }

    Settlement settle(QueryEnd end, Function<QueryOrigin, RunningQuery> start)
    {
        RunningQuery query = running(start);
        query.end();
        Pricing pricing = query.workgroup().pricing();
        List<TableScan> scans = scans(query.scans(), end.tables());
        long estimated = scans.stream().mapToLong(scan -> scan.estimatedBytes().orElse(0)).sum();
        return new Settlement(
                query.start(),
                state(end),
                end.ended(),
                new Cost(estimated, pricing.price(estimated)),
                new Cost(end.bytes(), pricing.price(end.bytes())),
                end.rows(),
                end.failure()
                        .map(failure -> failure.substring(0, min(failure.length(), MAX_REASON_LENGTH)))
                        .or(query::remark),
                scans,
                query.accounts());
    }

    private static QueryState state(QueryEnd end)
    {
        if (end.errorName().isEmpty()) {
            return QueryState.FINISHED;
        }
        String error = end.errorName().get();
        if (error.equals(QUOTA_DRY_RUN.name())) {
            return QueryState.DRY_RUN;
        }
        if (error.equals(QUOTA_EXCEEDED.name()) || error.equals(QUOTA_WORKGROUP_UNAVAILABLE.name()) || error.equals(QUOTA_PARTITION_FILTER_REQUIRED.name())) {
            return QueryState.REFUSED;
        }
        return QueryState.FAILED;
    }

    private static List<TableScan> scans(List<ScanQuota> estimated, List<TableRead> read)
    {
        Map<List<String>, TableScan> scans = new LinkedHashMap<>();
        for (ScanQuota scan : estimated) {
            ScanDescription description = scan.description();
            ScanTotals totals = scan.totals();
            scans.merge(
                    ImmutableList.of(description.catalog(), description.schema(), description.table()),
                    new TableScan(
                            description.catalog(),
                            description.schema(),
                            description.table(),
                            OptionalLong.of(totals.files()),
                            OptionalLong.of(totals.partitions()),
                            OptionalLong.of(totals.bytes()),
                            totals.rows(),
                            0,
                            0),
                    GatedQuery::sum);
        }
        for (TableRead table : read) {
            scans.merge(
                    ImmutableList.of(table.catalog(), table.schema(), table.table()),
                    new TableScan(table.catalog(), table.schema(), table.table(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), table.bytes(), table.rows()),
                    GatedQuery::addRead);
        }
        return ImmutableList.copyOf(scans.values());
    }

    private static TableScan sum(TableScan one, TableScan other)
    {
        return new TableScan(
                one.catalog(),
                one.schema(),
                one.table(),
                sum(one.files(), other.files()),
                sum(one.partitions(), other.partitions()),
                sum(one.estimatedBytes(), other.estimatedBytes()),
                sum(one.estimatedRows(), other.estimatedRows()),
                one.readBytes() + other.readBytes(),
                one.readRows() + other.readRows());
    }

    private static TableScan addRead(TableScan one, TableScan read)
    {
        return new TableScan(
                one.catalog(),
                one.schema(),
                one.table(),
                one.files(),
                one.partitions(),
                one.estimatedBytes(),
                one.estimatedRows(),
                one.readBytes() + read.readBytes(),
                one.readRows() + read.readRows());
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other)
    {
        return one.isPresent() && other.isPresent() ? OptionalLong.of(one.getAsLong() + other.getAsLong()) : OptionalLong.empty();
    }
}
