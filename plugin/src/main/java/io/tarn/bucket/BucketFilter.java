package io.tarn.bucket;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import io.tarn.type.HiveTypes;
import io.trino.metastore.Partition;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Which files of a bucketed table can hold rows that a query needs, as far as their names tell.
 */
public final class BucketFilter
{
    // more values than this, and than four times the buckets, hit them all
    private static final int MIN_COMBINATIONS = 1000;
    private static final int COMBINATIONS_PER_BUCKET = 4;

    private final Bucketing bucketing;
    private final Optional<Set<Integer>> hashes;
    private final Optional<Domain> bucket;

    private BucketFilter(Bucketing bucketing, Optional<Set<Integer>> hashes, Optional<Domain> bucket)
    {
        this.bucketing = requireNonNull(bucketing, "bucketing is null");
        this.hashes = hashes.map(ImmutableSet::copyOf);
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    /**
     * @param columns what is known of the table's data columns, by their names
     * @param bucket what is known of {@code $bucket}
     * @return empty where any file can hold such rows
     */
    public static Optional<BucketFilter> of(Bucketing bucketing, TupleDomain<String> columns, Optional<Domain> bucket)
    {
        Optional<Set<Integer>> hashes = hashes(bucketing, columns);
        return hashes.isEmpty() && bucket.isEmpty() ? Optional.empty() : Optional.of(new BucketFilter(bucketing, hashes, bucket));
    }

    private static Optional<Set<Integer>> hashes(Bucketing bucketing, TupleDomain<String> columns)
    {
        Map<String, Domain> domains = columns.getDomains().orElse(Map.of());
        List<List<Block>> values = new ArrayList<>();
        long combinations = 1;
        int limit = Math.max(MIN_COMBINATIONS, COMBINATIONS_PER_BUCKET * bucketing.count());
        for (int i = 0; i < bucketing.columns().size(); i++) {
            Type type = HiveTypes.trinoType(bucketing.types().get(i)).orElseThrow();
            Optional<List<Block>> known = Optional.ofNullable(domains.get(bucketing.columns().get(i))).flatMap(domain -> values(type, domain, limit));
            if (known.isEmpty() || combinations * known.get().size() > limit) {
                return Optional.empty();
            }
            combinations *= known.get().size();
            values.add(known.get());
        }
        RowHash hash = bucketing.hash();
        Set<Integer> hashes = new HashSet<>();
        Lists.cartesianProduct(values).forEach(row -> hashes.add(hash.hash(new Page(row.toArray(Block[]::new)), 0)));
        return Optional.of(hashes);
    }

    private static Optional<List<Block>> values(Type type, Domain domain, int limit)
    {
        if (hasNestedZeros(type)) {
            return Optional.empty();
        }
        Optional<Collection<Object>> values = domain.getValues().isDiscreteSet() ?
                Optional.of(domain.getValues().getDiscreteSet()) :
                domain.getValues().tryExpandRanges(limit);
        return values.map(expanded -> Stream.concat(
                        expanded.stream().flatMap(value -> equalValues(type, value)),
                        domain.isNullAllowed() ? Stream.of(writeNativeValue(type, null)) : Stream.of())
                .collect(toImmutableList()));
    }

    // 0.0 and -0.0 are equal, but have two hashes
    private static Stream<Block> equalValues(Type type, Object value)
    {
        boolean zero = value != null && ((type.equals(DOUBLE) && (double) value == 0) || (type.equals(REAL) && intBitsToFloat(toIntExact((long) value)) == 0));
        if (!zero) {
            return Stream.of(writeNativeValue(type, value));
        }
        return type.equals(DOUBLE) ?
                Stream.of(writeNativeValue(type, 0.0), writeNativeValue(type, -0.0)) :
                Stream.of(writeNativeValue(type, (long) floatToRawIntBits(0.0f)), writeNativeValue(type, (long) floatToRawIntBits(-0.0f)));
    }

    private static boolean hasNestedZeros(Type type)
    {
        return type.getTypeParameters().stream().anyMatch(parameter -> parameter.equals(DOUBLE) || parameter.equals(REAL) || hasNestedZeros(parameter));
    }

    /**
     * @param partition of the file; empty for a table without partitions
     * @return false where the file holds no row that the query needs
     */
    public boolean test(Optional<Partition> partition, String fileName)
    {
        OptionalInt count = bucketing.countOf(partition);
        if (bucket.isPresent() && !bucket.get().includesNullableValue(hiddenBucket(count, fileName))) {
            return false;
        }
        if (hashes.isEmpty() || count.isEmpty()) {
            return true;
        }
        OptionalInt own = BucketFileName.bucket(fileName, count.getAsInt());
        return own.isEmpty() || hashes.get().stream().anyMatch(hash -> RowHash.bucket(hash, count.getAsInt()) == own.getAsInt());
    }

    private Object hiddenBucket(OptionalInt count, String fileName)
    {
        OptionalInt number = count.isEmpty() ? OptionalInt.empty() : bucketing.bucket(fileName, count.getAsInt());
        return number.isEmpty() ? null : (Object) (long) number.getAsInt();
    }
}
