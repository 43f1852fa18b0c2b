package io.tarn.metastore;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

/**
 * Maps as Glue gives them: not there, or with keys that have no value, as other tools write them.
 */
final class GlueMaps
{
    private GlueMaps() {}

    static Map<String, String> withoutNulls(Map<String, String> map)
    {
        if (map == null) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<String, String> present = ImmutableMap.builderWithExpectedSize(map.size());
        map.forEach((key, value) -> {
            if (key != null && value != null) {
                present.put(key, value);
            }
        });
        return present.buildOrThrow();
    }
}
