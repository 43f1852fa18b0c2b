package io.tarn.bucket;

import com.google.common.collect.ImmutableList;
import io.trino.metastore.Column;
import io.trino.metastore.HiveBucketProperty;
import io.trino.metastore.HiveType;
import io.trino.metastore.Partition;
import io.trino.metastore.SortingColumn;
import io.trino.metastore.Table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * How the rows of a table are distributed to the files of each of its folders: a row is in a file of the bucket that
 * the hash of its bucket columns says.
 *
 * @param count of buckets, at least 1
 * @param columns that the hash is taken of, in this order and in lower case
 * @param types of the columns
 * @param sortedBy how the rows of a file are sorted; empty where they are in no order
 */
public record Bucketing(BucketingVersion version, int count, List<String> columns, List<HiveType> types, List<SortingColumn> sortedBy)
{
    /**
     * What Trino's Hive connector takes, and what fits into the name of a file.
     */
    public static final int MAX_COUNT = 99_999;

    private static final String SPARK_PROVIDER = "spark.sql.sources.provider";
    private static final String SPARK_BUCKETS = "spark.sql.sources.schema.numBuckets";

    public Bucketing
    {
        requireNonNull(version, "version is null");
        columns = ImmutableList.copyOf(columns);
        types = ImmutableList.copyOf(types);
        sortedBy = ImmutableList.copyOf(sortedBy);
    }

    /**
     * The buckets of a table; empty where it has none, or where what the catalogue says of them does not tell where a
     * row is.
     */
    public static Optional<Bucketing> of(Table table)
    {
        Optional<HiveBucketProperty> property = table.getStorage().getBucketProperty();
        if (property.isEmpty() || obstacle(table).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Bucketing(
                BucketingVersion.of(table.getParameters()).orElseThrow(),
                property.get().bucketCount(),
                names(property.get()),
                property.get().bucketedBy().stream().map(name -> column(table.getDataColumns(), name).orElseThrow().getType()).toList(),
                property.get().sortedBy()));
    }

    /**
     * Why the declared buckets of a table can neither be made use of nor be written, as the end of a sentence; empty
     * where they can, or where it has none.
     */
    public static Optional<String> obstacle(Table table)
    {
        Map<String, String> parameters = table.getParameters();
        if (parameters.containsKey(SPARK_PROVIDER) && (parameters.containsKey(SPARK_BUCKETS) || table.getStorage().getBucketProperty().isPresent())) {
            return Optional.of("it was bucketed by Spark, which has a hash of its own");
        }
        Optional<HiveBucketProperty> property = table.getStorage().getBucketProperty();
        if (property.isEmpty()) {
            return Optional.empty();
        }
        if (property.get().bucketCount() < 1 || property.get().bucketCount() > MAX_COUNT) {
            return Optional.of("it has %s buckets, but 1 to %s are possible".formatted(property.get().bucketCount(), MAX_COUNT));
        }
        if (BucketingVersion.of(parameters).isEmpty()) {
            return Optional.of("its parameter %s is '%s', but Hive has the versions 1 and 2".formatted(BucketingVersion.KEY, parameters.get(BucketingVersion.KEY)));
        }
        for (String name : property.get().bucketedBy()) {
            Optional<Column> column = column(table.getDataColumns(), name);
            if (column.isEmpty()) {
                return Optional.of("it is bucketed by column '%s', which it does not have".formatted(name));
            }
            if (!RowHash.isSupported(column.get().getType())) {
                return Optional.of("it is bucketed by column '%s' of type %s, of which Hive's hash is not supported".formatted(name, column.get().getType()));
            }
        }
        return Optional.empty();
    }

    private static List<String> names(HiveBucketProperty property)
    {
        return property.bucketedBy().stream().map(name -> name.toLowerCase(ENGLISH)).collect(toImmutableList());
    }

    private static Optional<Column> column(List<Column> columns, String name)
    {
        return columns.stream().filter(column -> column.getName().equalsIgnoreCase(name)).findFirst();
    }

    /**
     * How many buckets the files of one partition are numbered by.
     *
     * @param partition empty for a table without partitions
     * @return empty where the partition is not bucketed as its table is, apart from the number, so that the names of
     *         its files tell nothing
     */
    public OptionalInt countOf(Optional<Partition> partition)
    {
        if (partition.isEmpty()) {
            return OptionalInt.of(count);
        }
        Optional<HiveBucketProperty> own = partition.get().getStorage().getBucketProperty();
        if (own.isEmpty() || own.get().bucketCount() < 1 || !names(own.get()).equals(columns)) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < columns.size(); i++) {
            Optional<Column> column = column(partition.get().getColumns(), columns.get(i));
            // values of another type have another hash; a partition without columns of its own has the table's
            if (!partition.get().getColumns().isEmpty() && !column.map(Column::getType).equals(Optional.of(types.get(i)))) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(own.get().bucketCount());
    }

    /**
     * Whether what is declared of a partition puts rows into the same buckets.
     */
    public boolean isSame(HiveBucketProperty other)
    {
        return other.bucketCount() == count && names(other).equals(columns);
    }

    /**
     * The bucket of the table that a file's rows are in.
     *
     * @param fileCount of buckets that the file's name is numbered by
     * @return empty where its name does not tell it
     */
    public OptionalInt bucket(String fileName, int fileCount)
    {
        OptionalInt own = BucketFileName.bucket(fileName, fileCount);
        // where the number of buckets was made smaller, a bucket of old is in one of today; where larger, it is in several
        return fileCount % count == 0 && own.isPresent() ? OptionalInt.of(own.getAsInt() % count) : OptionalInt.empty();
    }

    public RowHash hash()
    {
        return new RowHash(version, types);
    }
}
