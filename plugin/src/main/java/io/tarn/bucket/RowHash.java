package io.tarn.bucket;

import io.trino.metastore.HiveType;
import io.trino.spi.Page;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Hive's hash of the columns that rows are bucketed by, which tells the bucket of a row.
 */
public final class RowHash
{
    private static final int FACTOR = 31;

    private final List<ValueHash> columns;

    /**
     * @throws IllegalArgumentException for a type that {@link #isSupported} does not know
     */
    public RowHash(BucketingVersion version, List<HiveType> types)
    {
        this.columns = types.stream()
                .map(type -> ValueHashes.of(version, type.getTypeInfo()).orElseThrow(() -> new IllegalArgumentException("rows cannot be bucketed by " + type)))
                .collect(toImmutableList());
    }

    /**
     * Whether rows can be bucketed by a column of this type.
     */
    public static boolean isSupported(HiveType type)
    {
        return ValueHashes.of(BucketingVersion.V1, type.getTypeInfo()).isPresent();
    }

    /**
     * @param page whose first columns are those that rows are bucketed by; it may have more
     */
    public int hash(Page page, int position)
    {
        int hash = 0;
        for (int i = 0; i < columns.size(); i++) {
            hash = hash * FACTOR + columns.get(i).of(page.getBlock(i), position);
        }
        return hash;
    }

    /**
     * The bucket of a row with this hash.
     *
     * @param count of buckets
     */
    public static int bucket(int hash, int count)
    {
        return (hash & Integer.MAX_VALUE) % count;
    }
}
