package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;

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
}
