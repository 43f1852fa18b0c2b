package io.tarn.server.dialect;

import com.google.common.collect.ImmutableMap;
import io.tarn.athena.dialect.DialectMode;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.dialect.DialectMode.AUTO;
import static java.util.Objects.requireNonNull;

/**
 * A catalogue of Tarn's, as the engine is configured.
 *
 * @param properties of its file, with the variables resolved
 */
public record DialectCatalog(String name, Map<String, String> properties)
{
    private static final String CONNECTOR = "connector.name";
    private static final String DIALECT = "tarn.dialect";
    private static final String ICEBERG = "tarn.iceberg-catalog-name";

    public DialectCatalog
    {
        name = requireNonNull(name, "name is null").toLowerCase(Locale.ENGLISH);
        properties = ImmutableMap.copyOf(properties);
    }

    /**
     * @param properties of any catalogue's file
     */
    public static boolean isTarn(Map<String, String> properties)
    {
        return "tarn".equals(properties.get(CONNECTOR));
    }

    Optional<String> icebergCatalog()
    {
        return Optional.ofNullable(properties.get(ICEBERG));
    }

    /**
     * Whose reading wins where the session does not say.
     */
    DialectMode defaultMode()
    {
        return Optional.ofNullable(properties.get(DIALECT)).flatMap(DialectMode::of).orElse(AUTO);
    }
}
