package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static java.util.Objects.requireNonNull;

/**
 * What the catalogue says about the files of a table or of one partition. It travels to workers inside splits.
 *
 * @param serde the SerDe's class name as declared; empty where the catalogue has none
 * @param inputFormat the input format's class name as declared; empty where the catalogue has none
 * @param fields all data columns in declared order, partition columns left out
 * @param properties the table's parameters overlaid by the SerDe's parameters, keys as written
 */
public record FileSchema(String serde, String inputFormat, List<FileField> fields, Map<String, String> properties)
{
    public FileSchema
    {
        requireNonNull(serde, "serde is null");
        requireNonNull(inputFormat, "inputFormat is null");
        fields = ImmutableList.copyOf(fields);
        properties = ImmutableMap.copyOf(properties);
    }

    /**
     * A property that is true or false; empty where there is none.
     *
     * @throws TrinoException {@code TARN_INVALID_METADATA} where it is something else
     */
    public Optional<Boolean> flag(String name)
    {
        String value = properties.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new TrinoException(TARN_INVALID_METADATA, "Property %s is '%s'. Set it to true or false.".formatted(name, value));
        }
        return Optional.of(Boolean.parseBoolean(value));
    }
}
