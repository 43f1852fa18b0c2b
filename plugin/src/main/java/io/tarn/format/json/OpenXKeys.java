package io.tarn.format.json;

import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.trino.hive.formats.line.openxjson.OpenXJsonOptions;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

/**
 * Which keys of an object are columns', as the OpenX SerDe compares them.
 */
final class OpenXKeys
        implements Predicate<String>
{
    private final OpenXJsonOptions options;
    private final Set<String> keys = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    OpenXKeys(FileSchema schema, OpenXJsonOptions options)
    {
        this.options = requireNonNull(options, "options is null");
        Map<String, String> mappings = options.getFieldNameMappings();
        for (FileField field : schema.fields()) {
            String name = field.name().toLowerCase(ROOT);
            keys.add(normalized(mappings.getOrDefault(name, name)));
            names.add(name);
        }
    }

    @Override
    public boolean test(String key)
    {
        if (keys.contains(normalized(key))) {
            return true;
        }
        // a key with dots is compared with the column's own name, whatever it is mapped to
        return options.isDotsInFieldNames() && key.indexOf('.') >= 0 && names.contains(normalized(key.replace('.', '_')));
    }

    private String normalized(String key)
    {
        return options.isCaseInsensitive() ? key.toLowerCase(ROOT) : key;
    }
}
