package io.tarn.ddl;

import io.trino.metastore.Table;
import io.trino.spi.TrinoException;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

/**
 * {@code ALTER TABLE … SET PROPERTIES}: those that say how files are read, or how new ones are written. What says where
 * the files are, or of which format, stays as it is.
 */
public final class PropertyChanges
{
    private PropertyChanges() {}

    /**
     * @param properties to their new values; empty for {@code DEFAULT}
     * @return the table with the changes
     */
    public static Table apply(Table table, Map<String, Optional<Object>> properties, TableDeclaration declaration)
    {
        String format = (String) declaration.properties(table).getOrDefault(TableProperty.FORMAT, "");
        Map<String, String> parameters = new HashMap<>(table.getParameters());
        Map<String, String> serdeParameters = new HashMap<>(table.getStorage().getSerdeParameters());
        properties.forEach((name, value) -> change(name, value, format, parameters, serdeParameters));
        Table changed = Table.builder(table)
                .setParameters(parameters)
                .withStorage(storage -> storage.setSerdeParameters(serdeParameters))
                .build();
        declaration.requireWritable(changed);
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static void change(String name, Optional<Object> value, String format, Map<String, String> parameters, Map<String, String> serdeParameters)
    {
        switch (name) {
            case TableProperty.WRITE_COMPRESSION, TableProperty.PARQUET_COMPRESSION, TableProperty.ORC_COMPRESSION -> {
                parameters.remove(Codecs.WRITE_COMPRESSION);
                put(parameters, Codecs.key(format), value.map(codec -> codec.toString().toUpperCase(Locale.ENGLISH)));
            }
            case TableProperty.PARQUET_BLOOM_FILTER_COLUMNS -> put(parameters, TableDeclaration.PARQUET_BLOOM_FILTER_KEY, names(value));
            case TableProperty.ORC_BLOOM_FILTER_COLUMNS -> put(parameters, TableDeclaration.ORC_BLOOM_FILTER_KEY, names(value));
            case TableProperty.EXTRA_PROPERTIES -> value.ifPresent(entries -> ((Map<String, String>) entries).forEach((key, text) -> {
                TableDeclaration.requireExtraKey(key);
                put(parameters, key, Optional.ofNullable(text));
            }));
            default -> {
                StoredProperty property = StoredProperty.ALL.stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new TrinoException(NOT_SUPPORTED, "Table property '%s' cannot be changed: create a table with the other value from a query of this one".formatted(name)));
                Optional<String> stored = value.flatMap(given -> property.stored(Map.of(name, given), format));
                serdeParameters.remove(property.key());
                parameters.remove(property.key());
                put(property.inSerde() ? serdeParameters : parameters, property.key(), stored);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> names(Optional<Object> value)
    {
        return value.map(names -> String.join(",", (List<String>) names)).filter(text -> !text.isEmpty());
    }

    private static void put(Map<String, String> parameters, String key, Optional<String> value)
    {
        if (value.isPresent()) {
            parameters.put(key, value.get());
        }
        else {
            parameters.remove(key);
        }
    }
}
