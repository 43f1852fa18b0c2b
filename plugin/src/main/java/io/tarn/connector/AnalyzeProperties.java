package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.ArrayType;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.metastore.Partitions.HIVE_DEFAULT_DYNAMIC_PARTITION;
import static io.trino.spi.StandardErrorCode.INVALID_ANALYZE_PROPERTY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNullElse;

/**
 * What can be said of an {@code ANALYZE}; the names are those of Trino's Hive connector.
 */
final class AnalyzeProperties
{
    static final String PARTITIONS = "partitions";
    static final String COLUMNS = "columns";

    static final List<PropertyMetadata<?>> PROPERTIES = ImmutableList.of(
            new PropertyMetadata<>(
                    PARTITIONS,
                    "The values of each partition to analyse, in the order of the partition keys",
                    new ArrayType(new ArrayType(VARCHAR)),
                    List.class,
                    null,
                    false,
                    AnalyzeProperties::decodePartitions,
                    value -> value),
            new PropertyMetadata<>(
                    COLUMNS,
                    "The columns to analyse",
                    new ArrayType(VARCHAR),
                    Set.class,
                    null,
                    false,
                    AnalyzeProperties::decodeColumns,
                    value -> value));

    private AnalyzeProperties() {}

    /**
     * Values of partitions as the catalogue has them; a null is {@code __HIVE_DEFAULT_PARTITION__}.
     */
    @SuppressWarnings("unchecked")
    static Optional<List<List<String>>> partitions(Map<String, Object> properties)
    {
        return Optional.ofNullable((List<List<String>>) properties.get(PARTITIONS));
    }

    /**
     * In lower case.
     */
    @SuppressWarnings("unchecked")
    static Optional<Set<String>> columns(Map<String, Object> properties)
    {
        return Optional.ofNullable((Set<String>) properties.get(COLUMNS));
    }

    private static List<List<String>> decodePartitions(Object value)
    {
        return ((Collection<?>) value).stream()
                .map(partition -> values(PARTITIONS, partition).stream()
                        .map(text -> requireNonNullElse((String) text, HIVE_DEFAULT_DYNAMIC_PARTITION))
                        .collect(toImmutableList()))
                .distinct()
                .collect(toImmutableList());
    }

    private static Set<String> decodeColumns(Object value)
    {
        return ((Collection<?>) value).stream()
                .map(column -> {
                    if (column == null) {
                        throw nullValue(COLUMNS);
                    }
                    return ((String) column).toLowerCase(ENGLISH);
                })
                .collect(toImmutableSet());
    }

    private static Collection<?> values(String property, Object value)
    {
        if (value == null) {
            throw nullValue(property);
        }
        return (Collection<?>) value;
    }

    private static TrinoException nullValue(String property)
    {
        return new TrinoException(INVALID_ANALYZE_PROPERTY, "The analyze property '%s' has an element that is null. Leave it out.".formatted(property));
    }
}
