package io.tarn.server.thrift.service;

import io.tarn.server.thrift.call.CallTable;
import io.tarn.server.thrift.lock.LockTable;
import io.trino.metastore.HiveMetastore;

import java.time.InstantSource;

/**
 * Everything that is served, over any metastore.
 */
public final class MetastoreCalls
{
    private MetastoreCalls() {}

    /**
     * @param identity tells the catalogue from others
     * @param version of the server, as clients are told
     */
    public static CallTable over(ServedCatalogue served, LockTable locks, String identity, String version, InstantSource clock)
    {
        HiveMetastore metastore = served.metastore();
        Catalogue catalogue = new Catalogue(served);
        TableListing listing = new TableListing(catalogue);
        PartitionReader partitions = new PartitionReader(catalogue);
        PartitionChanges partitionChanges = new PartitionChanges(partitions, metastore);
        ColumnStatisticsStore statistics = new ColumnStatisticsStore(metastore);
        CallTable.Builder calls = CallTable.builder()
                .addAll(new DatabaseCalls(catalogue, served.databaseChanges()))
                .addAll(new TableCalls(catalogue, listing))
                .addAll(listing)
                .addAll(new TableChangeCalls(catalogue, served.files().map(TableFolders::new), served.files().map(files -> new TableTruncation(partitions, metastore, files)), clock))
                .addAll(new PartitionCalls(partitions))
                .addAll(new PartitionPrefixCalls(partitions))
                .addAll(new PartitionSpecCalls(partitions, partitionChanges))
                .addAll(new PartitionChangeCalls(partitions, partitionChanges))
                .addAll(new StatisticsCalls(catalogue, statistics))
                .addAll(new StatisticsChangeCalls(catalogue, statistics))
                .addAll(new LockCalls(locks))
                .addAll(new SessionCalls(identity, version, clock.instant()))
                .addAll(new GrantCalls())
                .addAll(new ConstraintCalls());
        served.functions().ifPresent(known -> calls.addAll(new FunctionCalls(catalogue, known)));
        return calls.build();
    }
}
