package io.tarn.server.thrift.service;

import io.tarn.metastore.DatabaseChanges;
import io.tarn.metastore.ParallelCalls;
import io.tarn.metastore.TableCache;
import io.tarn.metastore.TableListings;
import io.tarn.metastore.UserFunctions;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.metastore.HiveMetastore;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The catalogue that is served: a metastore, and what it can do beyond a metastore's interface.
 *
 * @param databaseChanges where databases can be changed
 * @param functions where there are functions of Hive; without, no call for functions is served
 * @param listings where a listing tells the types of tables; without, each table is asked for
 * @param cache where the metastore remembers tables
 * @param files where the tables' files can be reached; without, no table is truncated, and no folder of a new one made
 * @param parallel runs what one call of a client asks of the metastore several times
 */
public record ServedCatalogue(
        HiveMetastore metastore,
        Optional<DatabaseChanges> databaseChanges,
        Optional<UserFunctions> functions,
        Optional<TableListings> listings,
        Optional<TableCache> cache,
        Optional<TrinoFileSystemFactory> files,
        ParallelCalls parallel)
{
    public ServedCatalogue
    {
        requireNonNull(metastore, "metastore is null");
        requireNonNull(databaseChanges, "databaseChanges is null");
        requireNonNull(functions, "functions is null");
        requireNonNull(listings, "listings is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(files, "files is null");
        requireNonNull(parallel, "parallel is null");
    }
}
