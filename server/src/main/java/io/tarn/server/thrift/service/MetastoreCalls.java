package io.tarn.server.thrift.service;

import io.tarn.metastore.DatabaseChanges;
import io.tarn.metastore.UserFunctions;
import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.lock.LockTable;
import io.trino.metastore.HiveMetastore;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Everything that is served, over any metastore.
 */
public final class MetastoreCalls
{
    private MetastoreCalls() {}

    /**
     * @param changes where the metastore can change databases
     * @param functions where the metastore has functions of Hive; without, no call for functions is served
     * @param identity tells the catalogue from others
     * @param version of the server, as clients are told
     */
    public static CallTable over(
            HiveMetastore metastore,
            Optional<DatabaseChanges> changes,
            Optional<UserFunctions> functions,
            LockTable locks,
            String identity,
            String version,
            InstantSource clock)
    {
        Catalogue catalogue = new Catalogue(metastore);
        TableListing listing = new TableListing(catalogue);
        PartitionReader partitions = new PartitionReader(catalogue);
        ColumnStatisticsStore statistics = new ColumnStatisticsStore(metastore);
        CallTable.Builder calls = CallTable.builder()
                .addAll(new DatabaseCalls(catalogue, changes))
                .addAll(new TableCalls(catalogue, listing))
                .addAll(listing)
                .addAll(new TableChangeCalls(catalogue, clock))
                .addAll(new PartitionCalls(partitions))
                .addAll(new PartitionPrefixCalls(partitions))
                .addAll(new PartitionChangeCalls(partitions, new PartitionChanges(partitions, metastore)))
                .addAll(new StatisticsCalls(catalogue, statistics))
                .addAll(new StatisticsChangeCalls(catalogue, statistics))
                .addAll(new LockCalls(locks))
                .addAll(new SessionCalls(identity, version, clock.instant()))
                .addAll(new GrantCalls())
                .addAll(new ConstraintCalls());
        functions.ifPresent(known -> calls.addAll(new FunctionCalls(catalogue, known)));
        return calls.build();
    }
}
