package io.tarn.ddl;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableMetadata;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;

/**
 * Athena's {@code UNLOAD} in the words of {@code CREATE TABLE … WITH (…) AS}.
 */
public final class UnloadProperties
{
    private static final List<String> CODECS = List.of(TableProperty.WRITE_COMPRESSION, TableProperty.PARQUET_COMPRESSION, TableProperty.ORC_COMPRESSION);
    private static final List<String> DELIMITERS = List.of(TableProperty.FIELD_DELIMITER, TableProperty.TEXTFILE_FIELD_SEPARATOR);
    private static final List<String> OTHERS = List.of(
            TableProperty.EXTERNAL_LOCATION,
            TableProperty.IS_EXTERNAL,
            TableProperty.FORMAT,
            TableProperty.COMPRESSION_LEVEL,
            TableProperty.PARTITIONED_BY);

    private UnloadProperties() {}

    /**
     * @throws TrinoException {@code INVALID_TABLE_PROPERTY} where there is no location, or a property that is only a
     *         table's
     */
    public static UnloadRequest request(ConnectorTableMetadata metadata)
    {
        Map<String, Object> properties = metadata.getProperties();
        properties.forEach((name, value) -> {
            if (!CODECS.contains(name) && !DELIMITERS.contains(name) && !OTHERS.contains(name) && isSet(value)) {
                throw invalid("there is no property %s: leave it out".formatted(name));
            }
        });
        if (Boolean.FALSE.equals(properties.get(TableProperty.IS_EXTERNAL))) {
            throw invalid("is_external = false is for Iceberg tables: leave it out");
        }
        return new UnloadRequest(
                metadata.getColumns().stream().map(column -> new UnloadRequest.Column(Optional.of(column.getName()), column.getType())).toList(),
                TableDeclaration.externalLocation(metadata)
                        .filter(location -> !location.isBlank())
                        .orElseThrow(() -> invalid("it must be said where the files go: add the property external_location")),
                (String) properties.getOrDefault(TableProperty.FORMAT, "PARQUET"),
                one(properties, CODECS),
                Optional.ofNullable((Integer) properties.get(TableProperty.COMPRESSION_LEVEL)).map(Integer::longValue),
                one(properties, DELIMITERS),
                TableDeclaration.partitionedBy(properties));
    }

    private static boolean isSet(Object value)
    {
        // what the engine puts in for those that a statement leaves out
        return value != null && !value.equals(0) && !(value instanceof Collection<?> values && values.isEmpty());
    }

    private static Optional<String> one(Map<String, Object> properties, List<String> names)
    {
        List<String> values = names.stream().map(properties::get).filter(Objects::nonNull).map(String.class::cast).distinct().toList();
        if (values.size() > 1) {
            throw invalid("%s and %s are both given: leave one of them out".formatted(values.getFirst(), values.getLast()));
        }
        return values.stream().findFirst();
    }

    private static TrinoException invalid(String message)
    {
        return new TrinoException(INVALID_TABLE_PROPERTY, "UNLOAD: " + message);
    }
}
