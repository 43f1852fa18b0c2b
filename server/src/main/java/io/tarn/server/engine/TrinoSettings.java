package io.tarn.server.engine;

import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * What Trino's launcher hands to the server beside config.properties: the node's and the log's properties, and the
 * absolute places of what Trino otherwise looks for below the working folder.
 */
final class TrinoSettings
{
    private TrinoSettings() {}

    /**
     * The system properties to set; what the configuration says for itself stays as it is.
     */
    static Map<String, String> systemProperties(EffectiveEtc etc, Installation installation, DataFolder folder)
            throws IOException
    {
        Map<String, String> config = etc.properties("config.properties");
        ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
        settings.put("config", etc.file("config.properties").toString());
        settings.putAll(etc.properties("node.properties"));
        ImmutableMap.of(
                "plugin.dir", installation.plugins().toString(),
                "catalog.config-dir", etc.file("catalog").toString(),
                "log.path", folder.log().toString(),
                "log.enable-console", "false",
                "log.max-size", "16MB",
                "log.max-total-size", "128MB").forEach((key, value) -> {
            if (!config.containsKey(key)) {
                settings.put(key, value);
            }
        });
        ImmutableMap.of(
                "log.levels-file", "log.properties",
                "access-control.config-files", "access-control.properties",
                "event-listener.config-files", "event-listener.properties").forEach((key, name) -> {
            if (!config.containsKey(key) && Files.exists(etc.file(name))) {
                settings.put(key, etc.file(name).toString());
            }
        });
        return settings.buildKeepingLast();
    }
}
