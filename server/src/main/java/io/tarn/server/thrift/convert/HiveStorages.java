package io.tarn.server.thrift.convert;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Storage;
import io.trino.metastore.StorageFormat;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.Order;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.SkewedInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static com.google.common.base.Strings.emptyToNull;

/**
 * Storage descriptors between Hive's form and the metastore's.
 */
final class HiveStorages
{
    // Hive's word for "not bucketed"
    private static final int NO_BUCKETS = -1;

    private HiveStorages() {}

    static StorageDescriptor toHive(String name, List<Column> columns, Storage storage)
    {
        StorageFormat format = storage.getStorageFormat();
        SerDeInfo serde = new SerDeInfo(name, format.getSerDeNullable(), new TreeMap<>(storage.getSerdeParameters()));
        Optional<HiveBucketProperty> bucket = storage.getBucketProperty();
        StorageDescriptor descriptor = new StorageDescriptor(
                HiveColumns.toHive(columns),
                // none, as Hive's metastore has it for views: a client would make a path of the empty string
                storage.getOptionalLocation().orElse(null),
                format.getInputFormatNullable(),
                format.getOutputFormatNullable(),
                false,
                bucket.map(HiveBucketProperty::bucketCount).orElse(NO_BUCKETS),
                serde,
                new ArrayList<>(bucket.map(HiveBucketProperty::bucketedBy).orElse(ImmutableList.of())),
                sortColumns(bucket),
                new TreeMap<>());
        // clients ask for the lists without asking whether they are there
        descriptor.setSkewedInfo(new SkewedInfo(new ArrayList<>(), new ArrayList<>(), new TreeMap<>()));
        return descriptor;
    }

    private static List<Order> sortColumns(Optional<HiveBucketProperty> bucket)
    {
        List<Order> orders = new ArrayList<>();
        for (SortingColumn column : bucket.map(HiveBucketProperty::sortedBy).orElse(ImmutableList.of())) {
            orders.add(new Order(column.columnName(), column.order().getHiveOrder()));
        }
        return orders;
    }

    /**
     * @param owner the table or partition that is stored so
     */
    static Storage toStorage(String owner, StorageDescriptor descriptor)
            throws InvalidObjectException, MetaException
    {
        if (descriptor == null) {
            throw new InvalidObjectException("%s has no storage descriptor".formatted(owner));
        }
        Optional<SerDeInfo> serde = Optional.ofNullable(descriptor.getSerdeInfo());
        return Storage.builder()
                .setStorageFormat(StorageFormat.createNullable(
                        serde.map(SerDeInfo::getSerializationLib).map(library -> emptyToNull(library)).orElse(null),
                        emptyToNull(descriptor.getInputFormat()),
                        emptyToNull(descriptor.getOutputFormat())))
                .setLocation(Optional.ofNullable(emptyToNull(descriptor.getLocation())))
                .setBucketProperty(bucketProperty(owner, descriptor))
                .setSkewed(isSkewed(descriptor))
                .setSerdeParameters(serde.map(SerDeInfo::getParameters).map(HiveMaps::withoutNulls).orElse(Map.of()))
                .build();
    }

    private static boolean isSkewed(StorageDescriptor descriptor)
    {
        SkewedInfo skewed = descriptor.getSkewedInfo();
        return skewed != null && skewed.getSkewedColNames() != null && !skewed.getSkewedColNames().isEmpty();
    }

    private static Optional<HiveBucketProperty> bucketProperty(String owner, StorageDescriptor descriptor)
            throws InvalidObjectException, MetaException
    {
        List<String> bucketColumns = descriptor.getBucketCols();
        if (descriptor.getNumBuckets() <= 0 || bucketColumns == null || bucketColumns.isEmpty()) {
            return Optional.empty();
        }
        ImmutableList.Builder<String> bucketedBy = ImmutableList.builder();
        for (String column : bucketColumns) {
            bucketedBy.add(HiveNames.object(column));
        }
        ImmutableList.Builder<SortingColumn> sortedBy = ImmutableList.builder();
        for (Order order : descriptor.getSortCols() == null ? ImmutableList.<Order>of() : descriptor.getSortCols()) {
            sortedBy.add(new SortingColumn(HiveNames.object(order.getCol()), direction(owner, order)));
        }
        return Optional.of(new HiveBucketProperty(bucketedBy.build(), descriptor.getNumBuckets(), sortedBy.build()));
    }

    private static SortingColumn.Order direction(String owner, Order order)
            throws InvalidObjectException
    {
        for (SortingColumn.Order candidate : SortingColumn.Order.values()) {
            if (candidate.getHiveOrder() == order.getOrder()) {
                return candidate;
            }
        }
        throw new InvalidObjectException("%s is sorted by %s in the order %s: it must be 1 (ascending) or 0 (descending)".formatted(owner, order.getCol(), order.getOrder()));
    }
}
