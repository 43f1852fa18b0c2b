package io.tarn.connector;

import io.tarn.bucket.RowHash;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.BucketFunction;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.lang.invoke.MethodHandle;
import java.util.List;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.function.InvocationConvention.InvocationArgumentConvention.BLOCK_POSITION_NOT_NULL;
import static io.trino.spi.function.InvocationConvention.InvocationReturnConvention.FAIL_ON_NULL;
import static io.trino.spi.function.InvocationConvention.simpleConvention;

/**
 * Tells which writer a row goes to: the same for all rows of a bucket of a partition.
 */
final class WriterOfRow
        implements BucketFunction
{
    private final RowHash hash;
    private final int buckets;
    private final int firstKey;
    private final List<MethodHandle> keyHashes;
    private final int writers;

    /**
     * @param keys types of the partition keys, which come after the bucket columns
     */
    WriterOfRow(TarnPartitioningHandle handle, List<Type> keys, TypeOperators typeOperators, int writers)
    {
        this.hash = new RowHash(handle.version(), handle.types());
        this.buckets = handle.count();
        this.firstKey = handle.types().size();
        this.keyHashes = keys.stream()
                .map(type -> typeOperators.getHashCodeOperator(type, simpleConvention(FAIL_ON_NULL, BLOCK_POSITION_NOT_NULL)))
                .collect(toImmutableList());
        this.writers = writers;
    }

    @Override
    public int getBucket(Page page, int position)
    {
        long number = RowHash.bucket(hash.hash(page, position), buckets);
        for (int i = 0; i < keyHashes.size(); i++) {
            number = number * 31 + keyHash(keyHashes.get(i), page.getBlock(firstKey + i), position);
        }
        return Math.floorMod(number, writers);
    }

    private static long keyHash(MethodHandle hash, Block block, int position)
    {
        if (block.isNull(position)) {
            return -1;
        }
        try {
            return (long) hash.invokeExact(block, position);
        }
        catch (Throwable e) {
            throwIfUnchecked(e);
            throw new IllegalStateException(e);
        }
    }
}
