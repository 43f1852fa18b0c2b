package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.bucket.Bucketing;
import io.tarn.format.ReadLimit;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A table, and what the engine has pushed down into its scan.
 *
 * @param partitionKeys in declared order
 * @param partitionConstraint on partition keys; the scan applies it exactly
 * @param fileConstraint on data and hidden columns; the scan leaves out what cannot satisfy it, the engine filters rows
 * @param projected the columns that the query reads; empty until the engine says
 * @param limit rows that are enough for one split
 * @param partitions values of the only partitions to read, where {@code ANALYZE} names them
 * @param scannedFiles whether the statement wants to know which files it has read
 * @param bucketing empty for a table without buckets, or with such as cannot be made use of
 */
public record TarnTableHandle(
        SchemaTableName name,
        List<TarnColumnHandle> partitionKeys,
        TupleDomain<TarnColumnHandle> partitionConstraint,
        TupleDomain<TarnColumnHandle> fileConstraint,
        Set<TarnColumnHandle> projected,
        OptionalLong limit,
        Optional<List<List<String>>> partitions,
        boolean scannedFiles,
        Optional<Bucketing> bucketing)
        implements ConnectorTableHandle
{
    public TarnTableHandle
    {
        requireNonNull(name, "name is null");
        partitionKeys = ImmutableList.copyOf(partitionKeys);
        requireNonNull(partitionConstraint, "partitionConstraint is null");
        requireNonNull(fileConstraint, "fileConstraint is null");
        projected = ImmutableSet.copyOf(projected);
        requireNonNull(limit, "limit is null");
        requireNonNull(partitions, "partitions is null");
        requireNonNull(bucketing, "bucketing is null");
    }

    static TarnTableHandle of(SchemaTableName name, List<TarnColumnHandle> partitionKeys, Optional<Bucketing> bucketing)
    {
        return new TarnTableHandle(name, partitionKeys, TupleDomain.all(), TupleDomain.all(), ImmutableSet.of(), OptionalLong.empty(), Optional.empty(), false, bucketing);
    }

    TarnTableHandle withConstraints(TupleDomain<TarnColumnHandle> partition, TupleDomain<TarnColumnHandle> file)
    {
        return new TarnTableHandle(name, partitionKeys, partition, file, projected, limit, partitions, scannedFiles, bucketing);
    }

    TarnTableHandle withProjected(Set<TarnColumnHandle> columns)
    {
        return new TarnTableHandle(name, partitionKeys, partitionConstraint, fileConstraint, columns, limit, partitions, scannedFiles, bucketing);
    }

    TarnTableHandle withLimit(long rows)
    {
        return new TarnTableHandle(name, partitionKeys, partitionConstraint, fileConstraint, projected, OptionalLong.of(rows), partitions, scannedFiles, bucketing);
    }

    TarnTableHandle withScannedFiles()
    {
        return new TarnTableHandle(name, partitionKeys, partitionConstraint, fileConstraint, projected, limit, partitions, true, bucketing);
    }

    /**
     * @param constraint what all of the partitions satisfy
     */
    TarnTableHandle withPartitions(TupleDomain<TarnColumnHandle> constraint, List<List<String>> partitions)
    {
        return new TarnTableHandle(name, partitionKeys, constraint, fileConstraint, projected, limit, Optional.of(partitions), scannedFiles, bucketing);
    }

    /**
     * What of a split's rows is enough; empty where all are needed, as where a filter on rows is still to be applied.
     *
     * @param enforced whether the split must not be read further than its cost was told
     */
    Optional<ReadLimit> readLimit(boolean enforced)
    {
        return limit.isEmpty() || !fileConstraint.isAll() ? Optional.empty() : Optional.of(new ReadLimit(limit.getAsLong(), enforced));
    }

    @Override
    public String toString()
    {
        StringBuilder text = new StringBuilder(name.toString());
        if (!partitionConstraint.isAll()) {
            text.append(" partitions on ").append(columns(partitionConstraint));
        }
        if (!fileConstraint.isAll()) {
            text.append(" files on ").append(columns(fileConstraint));
        }
        limit.ifPresent(rows -> text.append(" limit ").append(rows));
        return text.toString();
    }

    private static String columns(TupleDomain<TarnColumnHandle> constraint)
    {
        return constraint.getDomains()
                .map(domains -> domains.keySet().stream().map(TarnColumnHandle::qualifiedName).sorted().toList().toString())
                .orElse("none");
    }
}
