package io.tarn.format.parquet.write;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileSchema;
import io.tarn.format.WrittenFields;
import io.trino.spi.TrinoException;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Set;

import static io.tarn.error.TarnErrorCode.TARN_CANNOT_WRITE;
import static io.trino.parquet.writer.ParquetWriter.SUPPORTED_BLOOM_FILTER_TYPES;

/**
 * The columns for which Bloom filters are asked, in the table's property {@code parquet.bloom.filter.columns}: names
 * with commas between, letter case aside. The key is that of Trino's Hive connector.
 */
final class BloomFilterColumns
{
    private static final String PROPERTY = "parquet.bloom.filter.columns";

    private BloomFilterColumns() {}

    /**
     * The columns' names as they are declared.
     *
     * @throws TrinoException {@code TARN_CANNOT_WRITE} where one is not there, or has a type for which there are no
     *         Bloom filters
     */
    static Set<String> of(FileSchema schema)
    {
        List<Type> types = WrittenFields.types(schema, ParquetFormatWriter.NAME);
        ImmutableSet.Builder<String> columns = ImmutableSet.builder();
        for (String name : Splitter.on(',').trimResults().omitEmptyStrings().split(schema.properties().getOrDefault(PROPERTY, ""))) {
            int index = indexOf(schema, name);
            if (!SUPPORTED_BLOOM_FILTER_TYPES.contains(types.get(index))) {
                throw new TrinoException(TARN_CANNOT_WRITE, "Property '%s' names column '%s' of type '%s', but Bloom filters are written for int, bigint, float, double, string and binary only. Take the column out of the property."
                        .formatted(PROPERTY, name, schema.fields().get(index).type()));
            }
            columns.add(schema.fields().get(index).name());
        }
        return columns.build();
    }

    private static int indexOf(FileSchema schema, String name)
    {
        for (int index = 0; index < schema.fields().size(); index++) {
            if (schema.fields().get(index).name().equalsIgnoreCase(name)) {
                return index;
            }
        }
        throw new TrinoException(TARN_CANNOT_WRITE, "Property '%s' names column '%s', which the table does not have. Correct the property.".formatted(PROPERTY, name));
    }
}
