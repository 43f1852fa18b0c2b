package io.tarn.server.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static java.util.stream.Collectors.joining;

/**
 * What Trino's launcher hands to the server beside config.properties: the node's properties and the log's, and the
 * absolute places of what Trino otherwise looks for below the working folder.
 */
final class TrinoSettings
{
    private static final String LOG_PREFIX = "log.";

    private TrinoSettings() {}

    /**
     * Where and how this process logs; read before anything is started, so from the configuration as it was written.
     */
    static Map<String, String> log(Installation installation, DataFolder folder)
            throws IOException
    {
        EffectiveEtc etc = EffectiveEtc.unresolved(installation.etc());
        ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
        settings.put("log.path", folder.log().toString());
        settings.put("log.enable-console", "false");
        settings.put("log.max-size", "16MB");
        settings.put("log.max-total-size", "128MB");
        if (Files.exists(etc.file("log.properties"))) {
            settings.put("log.levels-file", etc.file("log.properties").toString());
        }
        etc.properties("config.properties").forEach((key, value) -> {
            if (key.startsWith(LOG_PREFIX)) {
                settings.put(key, value);
            }
        });
        return settings.buildKeepingLast();
    }

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
                "catalog.config-dir", etc.file("catalog").toString()).forEach((key, value) -> {
            if (!config.containsKey(key)) {
                settings.put(key, value);
            }
        });
        ImmutableMap.of(
                // all of them must allow
                "access-control.config-files", ImmutableList.of("access-control.properties", "access-control-rules.properties"),
                "event-listener.config-files", ImmutableList.of("event-listener.properties")).forEach((key, names) -> {
            String files = names.stream().map(etc::file).filter(Files::exists).map(Path::toString).collect(joining(","));
            if (!config.containsKey(key) && !files.isEmpty()) {
                settings.put(key, files);
            }
        });
        return settings.buildKeepingLast();
    }
}
