package io.tarn.metastore;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Storage;
import io.trino.metastore.StorageFormat;
import io.trino.spi.TrinoException;
import jakarta.annotation.Nullable;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.SkewedInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import static com.google.common.base.Strings.emptyToNull;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.tarn.metastore.GlueColumns.toGlueColumns;
import static io.tarn.metastore.GlueMaps.withoutNulls;
import static io.trino.metastore.StorageFormat.NULL_STORAGE_FORMAT;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * Storage descriptors between Glue's form and the metastore's.
 */
final class GlueStorages
{
    private GlueStorages() {}

    /**
     * A descriptor, or a part of one, that is not there comes out as a storage without format or location: views and
     * the tables of other table formats are written so.
     *
     * @param owner the table or partition the descriptor is of
     */
    static Storage toStorage(String owner, @Nullable StorageDescriptor descriptor)
    {
        if (descriptor == null) {
            return Storage.builder()
                    .setStorageFormat(NULL_STORAGE_FORMAT)
                    .build();
        }
        Optional<SerDeInfo> serde = Optional.ofNullable(descriptor.serdeInfo());
        return Storage.builder()
                .setStorageFormat(StorageFormat.createNullable(
                        serde.map(SerDeInfo::serializationLibrary).map(text -> emptyToNull(text)).orElse(null),
                        emptyToNull(descriptor.inputFormat()),
                        emptyToNull(descriptor.outputFormat())))
                .setLocation(Optional.ofNullable(emptyToNull(descriptor.location())))
                .setBucketProperty(toBucketProperty(owner, descriptor))
                .setSkewed(isSkewed(descriptor))
                .setSerdeParameters(withoutNulls(serde.map(SerDeInfo::parameters).orElse(null)))
                .build();
    }

    /**
     * Whether what was written is what is found: the place and the columns are. An answer may leave out, or fill in, what
     * else a descriptor or a column has.
     */
    static boolean isSame(@Nullable StorageDescriptor written, @Nullable StorageDescriptor found)
    {
        return Objects.equals(location(written), location(found)) && columns(written).equals(columns(found));
    }

    private static String location(@Nullable StorageDescriptor descriptor)
    {
        return descriptor == null ? null : descriptor.location();
    }

    private static List<String> columns(@Nullable StorageDescriptor descriptor)
    {
        return descriptor == null ? List.of() : descriptor.columns().stream()
                                                .map(column -> column.name() + " " + column.type())
                                                .toList();
    }

    private static boolean isSkewed(StorageDescriptor descriptor)
    {
        SkewedInfo skewed = descriptor.skewedInfo();
        return skewed != null && !skewed.skewedColumnNames().isEmpty();
    }

    private static Optional<HiveBucketProperty> toBucketProperty(String owner, StorageDescriptor descriptor)
    {
        // crawlers write -1 or 0 buckets, and some tools a count without columns: neither says where a row is
        if (descriptor.numberOfBuckets() == null || descriptor.numberOfBuckets() <= 0 || descriptor.bucketColumns().isEmpty()) {
            return Optional.empty();
        }
        List<SortingColumn> sortedBy = descriptor.sortColumns().stream()
                .map(order -> new SortingColumn(order.column(), toOrder(owner, order)))
                .collect(toImmutableList());
        return Optional.of(new HiveBucketProperty(descriptor.bucketColumns(), descriptor.numberOfBuckets(), sortedBy));
    }

    private static SortingColumn.Order toOrder(String owner, Order order)
    {
        for (SortingColumn.Order candidate : SortingColumn.Order.values()) {
            if (order.sortOrder() != null && order.sortOrder() == candidate.getHiveOrder()) {
                return candidate;
            }
        }
        throw new TrinoException(
                TARN_INVALID_METADATA,
                "Table %s is sorted by %s in the order %s: it must be 1 (ascending) or 0 (descending). Correct SortColumns in the catalogue".formatted(owner, order.column(), order.sortOrder()));
    }

    /**
     * @param existing what is replaced: of it stays what the metastore's form has no word for
     * @throws TrinoException {@code NOT_SUPPORTED} for a skewed storage whose skew nothing tells
     */
    static StorageDescriptor toStorageDescriptor(String owner, Storage storage, List<Column> columns, Optional<StorageDescriptor> existing)
    {
        if (storage.isSkewed() && existing.filter(GlueStorages::isSkewed).isEmpty()) {
            throw new TrinoException(NOT_SUPPORTED, "Table %s is skewed: writing a skewed table or partition is not supported".formatted(owner));
        }
        StorageFormat format = storage.getStorageFormat();
        SerDeInfo.Builder serde = existing
                .map(StorageDescriptor::serdeInfo)
                .map(SerDeInfo::toBuilder)
                .orElseGet(SerDeInfo::builder);
        StorageDescriptor.Builder builder = existing
                .map(StorageDescriptor::toBuilder)
                .orElseGet(StorageDescriptor::builder)
                .columns(toGlueColumns(columns, existing.map(StorageDescriptor::columns).orElse(ImmutableList.of())))
                .location(storage.getOptionalLocation().orElse(null))
                .inputFormat(format.getInputFormatNullable())
                .outputFormat(format.getOutputFormatNullable())
                .serdeInfo(serde
                        .serializationLibrary(format.getSerDeNullable())
                        .parameters(storage.getSerdeParameters())
                        .build());
        if (!storage.isSkewed()) {
            builder.skewedInfo((SkewedInfo) null);
        }
        Optional<HiveBucketProperty> bucket = storage.getBucketProperty();
        builder.numberOfBuckets(bucket.map(HiveBucketProperty::bucketCount).orElse(null));
        builder.bucketColumns(bucket.map(HiveBucketProperty::bucketedBy).orElse(ImmutableList.of()));
        builder.sortColumns(bucket.map(HiveBucketProperty::sortedBy).orElse(ImmutableList.of()).stream()
                .map(sorted -> Order.builder()
                        .column(sorted.columnName())
                        .sortOrder(sorted.order().getHiveOrder())
                        .build())
                .collect(toImmutableList()));
        return builder.build();
    }
}
