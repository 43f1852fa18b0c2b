package io.tarn.server.thrift.convert;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

/**
 * Parameters as clients send them, who leave maps out and keep nulls in them.
 */
public final class HiveMaps
{
    private HiveMaps() {}

    public static Map<String, String> withoutNulls(Map<String, String> map)
    {
        if (map == null) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<String, String> result = ImmutableMap.builder();
        map.forEach((key, value) -> {
            if (key != null && value != null) {
                result.put(key, value);
            }
        });
        return result.buildOrThrow();
    }
}
